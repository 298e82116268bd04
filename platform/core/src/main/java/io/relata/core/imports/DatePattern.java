package io.relata.core.imports;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Dates as a file writes them, for example `dd.MM.yyyy` or `M/d/yyyy h:mm a`.
final class DatePattern {

    /// The year of an era, which a strict reader takes only with the era; everybody who writes it means the year.
    private static final Pattern YEARS = Pattern.compile("'[^']*'|y+");

    private final String pattern;
    private final DateTimeFormatter formatter;

    private DatePattern(String pattern, DateTimeFormatter formatter) {
        this.pattern = pattern;
        this.formatter = formatter;
    }

    /// Returns the pattern, or nothing when it is none or holds no full date.
    static Optional<DatePattern> of(String pattern) {
        try {
            String strict = YEARS.matcher(pattern)
                    .replaceAll(match -> Matcher.quoteReplacement(
                            match.group().startsWith("'")
                                    ? match.group()
                                    : match.group().replace('y', 'u')));
            DateTimeFormatter formatter = new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(strict)
                    .toFormatter(Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT);
            LocalDate probe = LocalDate.of(2026, 11, 21);
            String written = formatter.format(probe.atTime(10, 20, 30).atZone(ZoneId.of("UTC")));
            boolean whole = probe.equals(LocalDate.from(formatter.parse(written)));
            return whole ? Optional.of(new DatePattern(pattern, formatter)) : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException exception) {
            return Optional.empty();
        }
    }

    String pattern() {
        return pattern;
    }

    /// Returns the day, whatever time follows it.
    Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.from(formatter.parse(text)));
        } catch (DateTimeException exception) {
            return Optional.empty();
        }
    }

    /// Returns the moment; a time without a zone is meant in the given one, a day alone means its beginning.
    Optional<Instant> instant(String text, ZoneId zone) {
        try {
            TemporalAccessor parsed =
                    formatter.parseBest(text, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
            return Optional.of(
                    switch (parsed) {
                        case ZonedDateTime zoned -> zoned.toInstant();
                        case LocalDateTime local -> local.atZone(zone).toInstant();
                        default -> LocalDate.from(parsed).atStartOfDay(zone).toInstant();
                    });
        } catch (DateTimeException exception) {
            return Optional.empty();
        }
    }
}
