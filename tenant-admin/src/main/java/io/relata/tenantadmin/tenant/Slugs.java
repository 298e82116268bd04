package io.relata.tenantadmin.tenant;

import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The short name of a tenant, which is also the alias of its organization and stands in every token.
final class Slugs {
    private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9-]{0,38}[a-z0-9]");
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9]+( [A-Za-z0-9]+)*");
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int RANDOM_LENGTH = 6;

    private Slugs() {}

    static boolean isValid(String slug) {
        return SLUG.matcher(slug).matches();
    }

    /// Only for names that lose nothing on the way: 星河 and 银河 must not both become the same guess.
    static Optional<String> fromName(String name) {
        if (!PLAIN_NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        String slug = name.toLowerCase(Locale.ROOT).replace(' ', '-');
        return isValid(slug) ? Optional.of(slug) : Optional.empty();
    }

    static String random(RandomGenerator random) {
        StringBuilder slug = new StringBuilder("t-");
        for (int i = 0; i < RANDOM_LENGTH; i++) {
            slug.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return slug.toString();
    }
}
