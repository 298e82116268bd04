package io.relata.app.signin;

import com.nimbusds.common.contenttype.ContentType;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import io.relata.app.identity.InvalidTokenException;
import io.relata.app.wiring.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The realm as a sign-in needs it: the addresses of its pages, and the exchange of a code for an ID token.
final class Keycloak {

    static final String CALLBACK = "/auth/callback";

    private static final String PROTOCOL = "/protocol/openid-connect/";
    private static final int CONNECT_TIMEOUT_MS = 3_000;
    private static final int READ_TIMEOUT_MS = 10_000;

    private final Settings settings;

    Keycloak(Settings settings) {
        this.settings = settings;
    }

    /// Returns the page on which a person signs in.
    URI signInPage(PendingSignIn pending, String languages) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", settings.webClientId());
        query.put("response_type", "code");
        query.put("scope", "openid");
        query.put("redirect_uri", settings.page(CALLBACK));
        query.put("state", pending.state());
        query.put("nonce", pending.nonce());
        query.put(
                "code_challenge",
                CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier(pending.codeVerifier()))
                        .getValue());
        query.put("code_challenge_method", "S256");
        query.put("ui_locales", languages);
        return page("auth", query);
    }

    /// Returns the page that ends Keycloak's session and comes back to us.
    URI signOutPage(@Nullable String idToken) {
        return page("logout", signOut(idToken));
    }

    private Map<String, String> signOut(@Nullable String idToken) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", settings.webClientId());
        query.put("post_logout_redirect_uri", settings.page("/"));
        if (idToken != null) {
            query.put("id_token_hint", idToken);
        }
        return query;
    }

    /// Returns the ID token for the code.
    ///
    /// @throws IOException           when Keycloak does not answer
    /// @throws InvalidTokenException when it answers that the code is no good
    String exchange(String code, PendingSignIn pending) throws IOException, InvalidTokenException {
        TokenRequest request = new TokenRequest.Builder(
                        settings.realm(PROTOCOL + "token"),
                        new ClientSecretBasic(
                                new ClientID(settings.webClientId()),
                                new Secret(settings.webClientSecret().value())),
                        new AuthorizationCodeGrant(
                                new AuthorizationCode(code),
                                URI.create(settings.page(CALLBACK)),
                                new CodeVerifier(pending.codeVerifier())))
                .build();
        try {
            HTTPResponse answer = send(request.toHTTPRequest());
            if (answer.getStatusCode() >= HTTPResponse.SC_SERVER_ERROR) {
                throw new IOException("Keycloak answers " + answer.getStatusCode());
            }
            TokenResponse response = OIDCTokenResponseParser.parse(answer);
            if (response instanceof OIDCTokenResponse tokens) {
                return tokens.getOIDCTokens().getIDTokenString();
            }
            throw new InvalidTokenException("Code refused: "
                    + response.toErrorResponse().getErrorObject().getCode());
        } catch (ParseException notAnAnswer) {
            throw new IOException("Keycloak's answer is not a token answer", notAnAnswer);
        }
    }

    /// Ends the session that the ID token is of, without the browser that has it.
    ///
    /// @throws IOException when Keycloak does not answer, or not that it is ended
    void end(String idToken) throws IOException {
        HTTPRequest request = new HTTPRequest(HTTPRequest.Method.POST, settings.realm(PROTOCOL + "logout"));
        request.setEntityContentType(ContentType.APPLICATION_URLENCODED);
        request.setBody(form(signOut(idToken)));
        int status = send(request).getStatusCode();
        // It sends on to our page when it is done; whatever it would ask a person is a page of its own.
        if (status != HTTPResponse.SC_FOUND) {
            throw new IOException("Keycloak answers " + status);
        }
    }

    private static HTTPResponse send(HTTPRequest request) throws IOException {
        request.setConnectTimeout(CONNECT_TIMEOUT_MS);
        request.setReadTimeout(READ_TIMEOUT_MS);
        request.setFollowRedirects(false);
        return request.send();
    }

    private URI page(String name, Map<String, String> query) {
        return URI.create(settings.realmInBrowser(PROTOCOL + name) + "?" + form(query));
    }

    private static String form(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
