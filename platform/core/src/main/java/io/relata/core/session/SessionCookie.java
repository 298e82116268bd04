package io.relata.core.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The two parts of a session cookie: the tenant, so that the session can be looked up behind row-level
/// security, and a secret.
record SessionCookie(UUID tenant, String secret) {

    private static final Pattern FORM = Pattern.compile("([0-9a-f-]{36})\\.([A-Za-z0-9_-]{43})");

    static Optional<SessionCookie> parse(String value) {
        Matcher matcher = FORM.matcher(value);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SessionCookie(UUID.fromString(matcher.group(1)), matcher.group(2)));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    String value() {
        return tenant + "." + secret;
    }

    /// What is stored: whoever reads the table cannot make a cookie from it.
    byte[] secretHash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException(exception);
        }
    }
}
