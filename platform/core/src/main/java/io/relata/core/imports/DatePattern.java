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
import org.jspecify.annotations.Nullable;

/// Dates as a file writes them, for example `dd.MM.yyyy`, `M/d/yyyy h:mm a`, or `epoch`: the seconds since 1970 in UTC,
/// or the milliseconds where there are more than eleven digits.
final class DatePattern {

    private static final String EPOCH = "epoch";
    private static final Pattern SECONDS = Pattern.compile("-?\\d{1,11}");
    private static final Pattern MILLISECONDS = Pattern.compile("-?\\d{12,15}");

    /// The year of an era, which a strict reader takes only with the era; everybody who writes it means the year.
    private static final Pattern YEARS = Pattern.compile("'[^']*'|y+");

    private final String pattern;
    private final @Nullable DateTimeFormatter formatter;

    private DatePattern(String pattern, @Nullable DateTimeFormatter formatter) {
        this.pattern = pattern;
        this.formatter = formatter;
    }

    /// Returns the pattern, or nothing when it is none or holds no full date.
    static Optional<DatePattern> of(String pattern) {
        return pattern.equals(EPOCH) ? Optional.of(new DatePattern(EPOCH, null)) : letters(pattern);
    }

    private static Optional<DatePattern> letters(String pattern) {
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

    /// Returns the day, whatever time follows it; of a count of seconds, the day that it is in the zone.
    Optional<LocalDate> date(String text, ZoneId zone) {
        if (formatter == null) {
            return counted(text).map(instant -> LocalDate.ofInstant(instant, zone));
        }
        try {
            return Optional.of(LocalDate.from(formatter.parse(text)));
        } catch (DateTimeException exception) {
            return Optional.empty();
        }
    }

    /// Returns the moment; a time without a zone is meant in the given one, a day alone means its beginning.
    Optional<Instant> instant(String text, ZoneId zone) {
        if (formatter == null) {
            return counted(text);
        }
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

    private static Optional<Instant> counted(String text) {
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
        }
        return MILLISECONDS.matcher(text).matches()
                ? Optional.of(Instant.ofEpochMilli(Long.parseLong(text)))
                : Optional.empty();
    }
}
