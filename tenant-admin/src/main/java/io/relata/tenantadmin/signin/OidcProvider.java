package io.relata.tenantadmin.signin;

import com.nimbusds.jwt.JWTParser;
import com.nimbusds.langtag.LangTag;
import com.nimbusds.langtag.LangTagException;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The realm's OpenID Connect endpoints, as our client uses them.
public final class OidcProvider {
    private static final int TIMEOUT_MILLIS = 5000;

    /// Browsers use `issuer`; this server may reach the same realm at `backchannel`.
    public record Registration(URI issuer, URI backchannel, String clientId, String clientSecret, URI publicUrl) {
        /// Without the secret, which must not reach a log.
        @Override
        public String toString() {
            return "Registration[" + issuer + ", " + clientId + "]";
        }
    }

    /// What the browser is sent away with.
    record Challenge(String state, String nonce, CodeVerifier verifier) {
        /// Without the secrets, which must not reach a log.
        @Override
        public String toString() {
            return "Challenge";
        }
    }

    /// What came back for it.
    record Grant(String accessToken, String idToken, String refreshToken, Instant expiresAt) {
        /// Without tokens, which must not reach a log.
        @Override
        public String toString() {
            return "Grant[until " + expiresAt + "]";
        }
    }

    private final Registration registration;
    private final Clock clock;

    public OidcProvider(Registration registration, Clock clock) {
        this.registration = registration;
        this.clock = clock;
    }

    URI signIn(Challenge challenge, String language) {
        AuthenticationRequest.Builder request = new AuthenticationRequest.Builder(
                        ResponseType.CODE, new Scope("openid", "profile"), clientId(), callback())
                .endpointURI(endpoint(registration.issuer(), "auth"))
                .state(new State(challenge.state()))
                .nonce(new Nonce(challenge.nonce()))
                .codeChallenge(challenge.verifier(), CodeChallengeMethod.S256);
        try {
            request.uiLocales(List.of(LangTag.parse(language)));
        } catch (LangTagException notALanguage) {
            return request.build().toURI();
        }
        return request.build().toURI();
    }

    Optional<Grant> redeem(String code, CodeVerifier verifier) {
        return ask(new AuthorizationCodeGrant(new AuthorizationCode(code), callback(), verifier));
    }

    Optional<Grant> refresh(String refreshToken) {
        return ask(new RefreshTokenGrant(new RefreshToken(refreshToken)));
    }

    /// Ends the session at Keycloak too. Without an ID token, Keycloak asks the person to confirm.
    URI signOut(@Nullable String idToken) {
        try {
            return new LogoutRequest(
                            endpoint(registration.issuer(), "logout"),
                            idToken == null ? null : JWTParser.parse(idToken),
                            null,
                            clientId(),
                            registration.publicUrl().resolve("/"),
                            null,
                            null)
                    .toURI();
        } catch (java.text.ParseException impossible) {
            throw new IllegalStateException("A verified token does not parse", impossible);
        }
    }

    private Optional<Grant> ask(AuthorizationGrant grant) {
        TokenRequest request = new TokenRequest.Builder(
                        endpoint(registration.backchannel(), "token"),
                        new ClientSecretBasic(clientId(), new Secret(registration.clientSecret())),
                        grant)
                .build();
        try {
            HTTPRequest http = request.toHTTPRequest();
            http.setConnectTimeout(TIMEOUT_MILLIS);
            http.setReadTimeout(TIMEOUT_MILLIS);
            TokenResponse response = OIDCTokenResponseParser.parse(http.send());
            return response instanceof OIDCTokenResponse success ? Optional.of(grant(success)) : Optional.empty();
        } catch (IOException | ParseException failure) {
            throw new SignInUnavailableException("The token endpoint did not answer as expected", failure);
        }
    }

    private Grant grant(OIDCTokenResponse response) {
        var tokens = response.getOIDCTokens();
        RefreshToken refresh = tokens.getRefreshToken();
        return new Grant(
                tokens.getAccessToken().getValue(),
                tokens.getIDTokenString() == null ? "" : tokens.getIDTokenString(),
                refresh == null ? "" : refresh.getValue(),
                clock.instant().plusSeconds(tokens.getAccessToken().getLifetime()));
    }

    private ClientID clientId() {
        return new ClientID(registration.clientId());
    }

    private URI callback() {
        return registration.publicUrl().resolve("/auth/callback");
    }

    private static URI endpoint(URI realm, String name) {
        return URI.create(realm + "/protocol/openid-connect/" + name);
    }
}
