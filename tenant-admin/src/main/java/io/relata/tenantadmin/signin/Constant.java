package io.relata.tenantadmin.signin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// Compares secrets in a time that does not tell where they differ.
final class Constant {
    private Constant() {}

    static boolean equal(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
