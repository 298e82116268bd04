package io.relata.core.metadata.type;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What automatic numbers look like: `INV-{yyyy}-{00000}`. They begin at 1 again whenever what stands in the pattern
/// for the date changes.
///
/// @param text the pattern, its parts for the date perhaps filled in
public record NumberPattern(String text) {

    private static final Pattern DATE = Pattern.compile("\\{(yyyy|yy|MM|dd)}");
    private static final Pattern DIGITS = Pattern.compile("\\{(0{1,18})}");
    private static final int LONGEST = 60;

    /// Returns the pattern unless the text is none: there is one place for the number, and nothing else in braces.
    static Optional<NumberPattern> of(String text) {
        String rest = DIGITS.matcher(DATE.matcher(text).replaceAll("")).replaceFirst("");
        boolean numbered = DIGITS.matcher(text).find();
        return numbered && text.length() <= LONGEST && rest.chars().noneMatch(c -> c == '{' || c == '}')
                ? Optional.of(new NumberPattern(text))
                : Optional.empty();
    }

    /// Returns the pattern with the date filled in.
    NumberPattern at(ZonedDateTime now) {
        return new NumberPattern(DATE.matcher(text)
                .replaceAll(part ->
                        DateTimeFormatter.ofPattern(part.group(1), Locale.ROOT).format(now)));
    }

    /// Returns the n-th number; more digits than there are places make it longer.
    public String number(long n) {
        Matcher digits = DIGITS.matcher(text);
        return digits.replaceFirst(
                place -> String.format(Locale.ROOT, "%0" + place.group(1).length() + "d", n));
    }
}
