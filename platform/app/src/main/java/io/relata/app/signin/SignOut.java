package io.relata.app.signin;

import io.relata.app.identity.AuthenticationFilter;
import io.relata.app.identity.InvalidTokenException;
import io.relata.app.identity.SameSite;
import io.relata.app.identity.TokenVerifier;
import io.relata.app.identity.VerifiedToken;
import io.relata.app.wiring.Settings;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.session.WebSession;
import io.relata.core.session.WebSessions;
import io.relata.core.tenant.TenantDirectory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The ways out: from our page, from the page that refused somebody, and from Keycloak.
final class SignOut {

    private final Keycloak keycloak;
    private final SealedText sealed;
    private final Cookies cookies;
    private final TokenVerifier logoutTokens;
    private final SameSite sameSite;
    private final WebSessions sessions;
    private final TenantDirectory directory;
    private final SignInTrail trail;

    SignOut(
            Settings settings,
            SealedText sealed,
            TokenVerifier logoutTokens,
            SameSite sameSite,
            WebSessions sessions,
            TenantDirectory directory,
            SignInTrail trail) {
        this.keycloak = new Keycloak(settings);
        this.sealed = sealed;
        this.cookies = new Cookies(settings);
        this.logoutTokens = logoutTokens;
        this.sameSite = sameSite;
        this.sessions = sessions;
        this.directory = directory;
        this.trail = trail;
    }

    /// Ends the browser's session here and names the page that ends it at Keycloak.
    Redirect signOut(
            Map<String, String> sent, @Nullable String csrf, @Nullable String origin, SignInTrail.Client client) {
        String cookie = sent.getOrDefault(AuthenticationFilter.SESSION_COOKIE, "");
        Optional<WebSession> session = sessions.find(cookie);
        session.ifPresent(found -> {
            sameSite.check(found, csrf, origin);
            sessions.end(cookie);
            trail.signedOut(found, client);
        });
        return leave(session.map(WebSession::idToken).orElse(null));
    }

    /// Ends whatever session there is, so that somebody else can sign in.
    Redirect switchAccount(Map<String, String> sent, @Nullable String origin, SignInTrail.Client client) {
        if (sameSite.foreign(origin)) {
            throw ProblemException.of(ProblemCode.CSRF, "csrf");
        }
        String cookie = sent.getOrDefault(AuthenticationFilter.SESSION_COOKIE, "");
        Optional<WebSession> session = sessions.find(cookie);
        session.ifPresent(found -> {
            sessions.end(cookie);
            trail.signedOut(found, client);
        });
        return leave(session.map(WebSession::idToken)
                .or(() -> Optional.ofNullable(sent.get(RefusedUser.COOKIE))
                        .flatMap(refused -> RefusedUser.open(sealed, refused))
                        .map(RefusedUser::idToken))
                .orElse(null));
    }

    /// Keycloak ended a session: end those of ours that came from it.
    void byKeycloak(String logoutToken) throws InvalidTokenException {
        VerifiedToken token = logoutTokens.verify(logoutToken);
        for (UUID tenant : directory.tenantsOf(token.subject())) {
            sessions.endAll(tenant, token.subject(), token.sessionId());
        }
    }

    private Redirect leave(@Nullable String idToken) {
        return new Redirect(
                keycloak.signOutPage(idToken),
                List.of(
                        cookies.remove(AuthenticationFilter.SESSION_COOKIE, "/"),
                        cookies.remove(RefusedUser.COOKIE, RefusedUser.PATH)));
    }
}
