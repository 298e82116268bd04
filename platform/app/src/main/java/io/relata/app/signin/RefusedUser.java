package io.relata.app.signin;

import java.time.Duration;
import java.util.Optional;

/// Somebody Keycloak knows and we do not let in. The browser keeps, sealed, what it takes to sign out there.
record RefusedUser(String username, String idToken) {

    static final String COOKIE = "relata_refused";
    static final String PATH = "/auth";

    private static final Duration LIFETIME = Duration.ofHours(1);

    String cookie(Cookies cookies, SealedText sealed) {
        return cookies.set(COOKIE, sealed.seal(COOKIE, username + "\n" + idToken), PATH, LIFETIME);
    }

    static Optional<RefusedUser> open(SealedText sealed, String cookie) {
        return sealed.open(COOKIE, cookie).map(text -> {
            int end = text.lastIndexOf('\n');
            return new RefusedUser(text.substring(0, end), text.substring(end + 1));
        });
    }
}
