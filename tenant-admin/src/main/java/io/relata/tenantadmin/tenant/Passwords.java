package io.relata.tenantadmin.tenant;

import io.relata.tenantadmin.directory.Directory.Password;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// First passwords: the given one, or a temporary one that is easy to read out and hard to guess.
final class Passwords {
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int GROUPS = 4;
    private static final int GROUP_LENGTH = 5;

    private Passwords() {}

    /// The fixed end adds nothing but what password policies ask for: a capital, a small letter, a digit, a sign.
    static Password first(@Nullable String given, RandomGenerator random) {
        if (given != null) {
            return new Password(given, false);
        }
        StringBuilder password = new StringBuilder();
        for (int group = 0; group < GROUPS; group++) {
            for (int i = 0; i < GROUP_LENGTH; i++) {
                password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            password.append('-');
        }
        return new Password(password.append("Aa1").toString(), true);
    }
}
