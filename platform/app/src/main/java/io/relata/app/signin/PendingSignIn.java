package io.relata.app.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// A sign-in that has been begun and waits for Keycloak's answer. The browser keeps it, sealed, in a cookie of
/// its own for each, so that two tabs can sign in side by side.
record PendingSignIn(String state, String nonce, String codeVerifier, String returnPath, Instant begun) {

    /// How long a person may take.
    static final Duration LIFETIME = Duration.ofMinutes(30);

    static final String COOKIE_PREFIX = "relata_signin_";

    private static final int COOKIE_KEY_LENGTH = 8;
    private static final Pattern SEPARATOR = Pattern.compile("\n");
    private static final int PARTS = 5;

    /// The cookie in which the sign-in with this state waits.
    static String cookieName(String state) {
        return COOKIE_PREFIX + state.substring(0, Math.min(COOKIE_KEY_LENGTH, state.length()));
    }

    String seal(SealedText sealed) {
        return sealed.seal(
                COOKIE_PREFIX,
                String.join("\n", state, nonce, codeVerifier, returnPath, Long.toString(begun.getEpochSecond())));
    }

    /// Opens a cookie; empty when it is not ours, or too old, or for another state.
    static Optional<PendingSignIn> open(SealedText sealed, String cookie, String state, Clock clock) {
        return sealed.open(COOKIE_PREFIX, cookie)
                .map(SEPARATOR::split)
                .filter(parts -> parts.length == PARTS)
                .map(parts -> new PendingSignIn(
                        parts[0],
                        parts[1],
                        parts[2],
                        parts[3],
                        Instant.ofEpochSecond(Long.parseLong(parts[PARTS - 1]))))
                .filter(pending -> pending.state.equals(state))
                .filter(pending -> clock.instant().isBefore(pending.begun.plus(LIFETIME)));
    }
}
