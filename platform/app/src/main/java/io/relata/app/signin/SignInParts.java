package io.relata.app.signin;

import io.relata.app.identity.Admission;
import io.relata.app.identity.SameSite;
import io.relata.app.identity.TokenVerifier;
import io.relata.app.wiring.Settings;
import io.relata.core.session.WebSessions;
import io.relata.core.tenant.TenantDirectory;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The parts of sign-in, put together once.
public final class SignInParts {

    private final SealedText sealed;
    private final SignIn signIn;
    private final SignOut signOut;
    private final OwnSessions ownSessions;
    private final RefusedPage page = new RefusedPage();

    public SignInParts(
            Settings settings,
            TokenVerifier idTokens,
            TokenVerifier logoutTokens,
            Admission admission,
            SameSite sameSite,
            WebSessions sessions,
            TenantDirectory directory,
            SignInTrail trail,
            Clock clock) {
        sealed = new SealedText(settings.webClientSecret());
        signIn = new SignIn(settings, sealed, idTokens, admission, sessions, trail, clock);
        signOut = new SignOut(settings, sealed, logoutTokens, sameSite, sessions, directory, trail);
        ownSessions = new OwnSessions(settings, sessions, trail);
    }

    SignIn signIn() {
        return signIn;
    }

    SignOut signOut() {
        return signOut;
    }

    OwnSessions ownSessions() {
        return ownSessions;
    }

    String refusedPage(Refusal refusal, Map<String, String> sent, Locale language) {
        String username = Optional.ofNullable(sent.get(RefusedUser.COOKIE))
                .flatMap(cookie -> RefusedUser.open(sealed, cookie))
                .map(RefusedUser::username)
                .orElse("");
        return page.render(refusal, username, language);
    }
}
