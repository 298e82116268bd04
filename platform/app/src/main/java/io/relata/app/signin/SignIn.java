package io.relata.app.signin;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import io.relata.app.identity.Admission;
import io.relata.app.identity.AuthenticationFilter;
import io.relata.app.identity.Caller;
import io.relata.app.identity.InvalidTokenException;
import io.relata.app.identity.KeysUnavailableException;
import io.relata.app.identity.TokenVerifier;
import io.relata.app.identity.VerifiedToken;
import io.relata.app.wiring.Settings;
import io.relata.core.problem.ProblemException;
import io.relata.core.session.WebSessions;
import io.relata.spi.Origin;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way in for a browser: to Keycloak's page, and back with a code that becomes a session of ours.
final class SignIn {

    private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);

    /// More sign-ins than this at a time are nobody's tabs.
    private static final int MAX_PENDING = 6;

    private static final String COOKIE_PATH = "/auth";

    private final Settings settings;
    private final Keycloak keycloak;
    private final SealedText sealed;
    private final Cookies cookies;
    private final TokenVerifier idTokens;
    private final Admission admission;
    private final WebSessions sessions;
    private final SignInTrail trail;
    private final Clock clock;

    /// Keycloak's answer, as the browser brings it.
    record Answer(
            @Nullable String code,
            @Nullable String state,
            @Nullable String error,
            @Nullable String description) {}

    SignIn(
            Settings settings,
            SealedText sealed,
            TokenVerifier idTokens,
            Admission admission,
            WebSessions sessions,
            SignInTrail trail,
            Clock clock) {
        this.settings = settings;
        this.keycloak = new Keycloak(settings);
        this.sealed = sealed;
        this.cookies = new Cookies(settings);
        this.idTokens = idTokens;
        this.admission = admission;
        this.sessions = sessions;
        this.trail = trail;
        this.clock = clock;
    }

    /// Sends the browser to Keycloak.
    Redirect begin(@Nullable String returnPath, Locale language, Map<String, String> sent) {
        PendingSignIn pending = new PendingSignIn(
                new State().getValue(),
                new Nonce().getValue(),
                new CodeVerifier().getValue(),
                ReturnPath.safe(returnPath),
                clock.instant());
        List<String> set = new ArrayList<>();
        List<String> waiting = sent.keySet().stream()
                .filter(name -> name.startsWith(PendingSignIn.COOKIE_PREFIX))
                .toList();
        if (waiting.size() >= MAX_PENDING) {
            waiting.forEach(name -> set.add(cookies.remove(name, COOKIE_PATH)));
        }
        set.add(cookies.set(
                PendingSignIn.cookieName(pending.state()), pending.seal(sealed), COOKIE_PATH, PendingSignIn.LIFETIME));
        return new Redirect(keycloak.signInPage(pending, language.toLanguageTag()), set);
    }

    /// Takes Keycloak's answer and opens a session, or says why not.
    Redirect finish(Answer answer, Admission.Request request, SignInTrail.Client client, Map<String, String> sent) {
        Optional<PendingSignIn> waiting = pending(answer.state(), sent);
        if (waiting.isEmpty()) {
            boolean signedIn = Optional.ofNullable(sent.get(AuthenticationFilter.SESSION_COOKIE))
                    .flatMap(sessions::find)
                    .isPresent();
            return Redirect.to(settings.page(signedIn ? ReturnPath.HOME : Refusal.EXPIRED.page()));
        }
        PendingSignIn pending = waiting.get();
        String done = cookies.remove(PendingSignIn.cookieName(pending.state()), COOKIE_PATH);
        if ("authentication_expired".equals(answer.description())) {
            // The person signed in meanwhile in another tab: now it needs no page.
            return Redirect.to(settings.page("/auth/login?return=" + encoded(pending.returnPath())), done);
        }
        if (answer.code() == null || answer.error() != null) {
            return Redirect.to(settings.page(Refusal.FAILED.page()), done);
        }
        try {
            return open(keycloak.exchange(answer.code(), pending), pending, new Asking(request, client), sent, done);
        } catch (InvalidTokenException refused) {
            LOG.warn("Sign-in failed, request {}: {}", request.id(), refused.getMessage());
            return Redirect.to(settings.page(Refusal.FAILED.page()), done);
        } catch (IOException | KeysUnavailableException away) {
            LOG.error("Sign-in failed, request {}: Keycloak does not answer", request.id(), away);
            return Redirect.to(settings.page(Refusal.UNAVAILABLE.page()), done);
        }
    }

    /// Who asks to be let in, as far as it is known before.
    private record Asking(Admission.Request request, SignInTrail.Client client) {}

    private Redirect open(String idToken, PendingSignIn pending, Asking asking, Map<String, String> sent, String done)
            throws InvalidTokenException {
        VerifiedToken token = idTokens.verify(idToken, pending.nonce());
        Caller caller;
        try {
            caller = admission.token(token, asking.request(), language -> {});
        } catch (ProblemException refused) {
            String name = token.username() == null ? "" : token.username();
            return Redirect.to(
                    settings.page(Refusal.of(refused.code()).page()),
                    done,
                    new RefusedUser(name, idToken).cookie(cookies, sealed));
        }
        Optional.ofNullable(sent.get(AuthenticationFilter.SESSION_COOKIE)).ifPresent(sessions::end);
        WebSessions.Opened opened = sessions.open(
                caller.tenant().id(),
                caller.member().id(),
                idToken,
                token.sessionId(),
                asking.client().device());
        trail.signedIn(caller.context().withOrigin(Origin.SCREEN), asking.client());
        return Redirect.to(
                settings.page(pending.returnPath()),
                done,
                cookies.remove(RefusedUser.COOKIE, RefusedUser.PATH),
                cookies.set(AuthenticationFilter.SESSION_COOKIE, opened.cookie(), "/"));
    }

    private Optional<PendingSignIn> pending(@Nullable String state, Map<String, String> sent) {
        if (state == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(sent.get(PendingSignIn.cookieName(state)))
                .flatMap(cookie -> PendingSignIn.open(sealed, cookie, state, clock));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
