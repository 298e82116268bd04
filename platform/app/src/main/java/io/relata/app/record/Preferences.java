package io.relata.app.record;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the client would like, by the header `Prefer` (RFC 7240). What is not understood is ignored, as it should be.
public record Preferences(Set<String> wishes) {

    public static final String HEADER = "Prefer";
    static final String APPLIED = "Preference-Applied";

    /// The client needs no body.
    static final String MINIMAL = "return=minimal";

    /// How many records to show on a page.
    static final String PAGE_SIZE = "odata.maxpagesize";

    private static final Pattern SIZE = Pattern.compile("(?:odata\\.)?maxpagesize=\"?0*([1-9][0-9]{0,8})\"?");

    private static final String CONTINUE = "continue-on-error";

    public static Preferences of(@Nullable String header) {
        if (header == null) {
            return new Preferences(Set.of());
        }
        return new Preferences(Arrays.stream(header.split("[,;]", -1))
                .map(wish -> wish.strip().toLowerCase(Locale.ROOT).replaceAll("\\s*=\\s*", "="))
                .collect(Collectors.toUnmodifiableSet()));
    }

    boolean minimal() {
        return wishes.contains(MINIMAL);
    }

    /// Returns how many records a page should hold; the server may show fewer.
    Optional<Integer> pageSize() {
        return wishes.stream()
                .map(SIZE::matcher)
                .filter(Matcher::matches)
                .map(size -> Integer.valueOf(size.group(1)))
                .findFirst();
    }

    /// Returns whether what can be done is wanted although something else is refused.
    public boolean continuesOnError() {
        return wishes.stream()
                .map(wish -> wish.startsWith("odata.") ? wish.substring("odata.".length()) : wish)
                .anyMatch(wish -> wish.equals(CONTINUE) || wish.equals(CONTINUE + "=true"));
    }
}
