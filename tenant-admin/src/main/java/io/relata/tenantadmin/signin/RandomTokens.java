package io.relata.tenantadmin.signin;

import java.security.SecureRandom;
import java.util.Base64;

/// Values nobody can guess.
final class RandomTokens {
    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();

    String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
