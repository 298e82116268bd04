package io.relata.app.identity;

import io.relata.app.wiring.Settings;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.session.WebSession;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// Tells our own pages' requests from those another site makes the browser send along with our cookie.
public final class SameSite {

    /// The header that repeats the session's token; another site can neither read nor send it.
    public static final String HEADER = "X-Relata-CSRF";

    private final String origin;

    public SameSite(Settings settings) {
        origin = settings.origin();
    }

    /// Checks an unsafe request that comes with a session cookie.
    ///
    /// @param token     what the request repeats
    /// @param otherSite the page's origin, as the browser tells it
    public void check(WebSession session, @Nullable String token, @Nullable String otherSite) {
        boolean repeated = token != null && MessageDigest.isEqual(bytes(token), bytes(session.csrfToken()));
        if (!repeated || foreign(otherSite)) {
            throw ProblemException.of(ProblemCode.CSRF, "csrf");
        }
    }

    /// Returns whether the browser says that a page of another site made the request.
    public boolean foreign(@Nullable String otherSite) {
        return otherSite != null && !otherSite.equals(origin);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
