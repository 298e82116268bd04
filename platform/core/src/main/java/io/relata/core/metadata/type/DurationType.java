package io.relata.core.metadata.type;

import io.relata.core.metadata.DisplayFormat;
import io.relata.core.metadata.FieldDefinition;
import io.relata.spi.CallContext;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How long something takes, in whole seconds.
final class DurationType extends IntegerType {

    private static final Pattern CLOCK = Pattern.compile("([0-9]{1,6}):([0-5][0-9])(?::([0-5][0-9]))?");
    private static final Pattern WORDS =
            Pattern.compile("(?:([0-9]{1,6})\\s*(?:d|days?|天))?\\s*(?:([0-9]{1,6})\\s*(?:h|hours?|hrs?|小时|时))?\\s*"
                    + "(?:([0-9]{1,6})\\s*(?:m|min|minutes?|分钟|分))?\\s*(?:([0-9]{1,6})\\s*(?:s|sec|seconds?|秒))?");

    DurationType() {
        super("duration");
    }

    /// Takes seconds, and texts such as `1:30`, `1h 30m`, `1小时30分` and `PT1H30M`.
    @Override
    public Parsed parse(FieldDefinition field, Object input, Form form) {
        Optional<Long> seconds = input instanceof String text ? seconds(text.strip()) : Optional.empty();
        return seconds.<Parsed>map(Parsed.Value::new).orElseGet(() -> super.parse(field, input, form));
    }

    private static Optional<Long> seconds(String text) {
        Matcher clock = CLOCK.matcher(text);
        if (clock.matches()) {
            return Optional.of(sum(null, clock.group(1), clock.group(2), clock.group(3)));
        }
        Matcher words = WORDS.matcher(text.toLowerCase(Locale.ROOT));
        if (!text.isEmpty() && words.matches()) {
            return Optional.of(sum(words.group(1), words.group(2), words.group(3), words.group(4)));
        }
        try {
            Duration duration = Duration.parse(text);
            return duration.getNano() == 0 ? Optional.of(duration.getSeconds()) : Optional.empty();
        } catch (DateTimeException | ArithmeticException exception) {
            return Optional.empty();
        }
    }

    private static long sum(
            @Nullable String days, @Nullable String hours, @Nullable String minutes, @Nullable String seconds) {
        return Duration.ofDays(number(days))
                .plusHours(number(hours))
                .plusMinutes(number(minutes))
                .plusSeconds(number(seconds))
                .toSeconds();
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : new BigDecimal(digits).longValue();
    }

    @Override
    public boolean canBeUnique() {
        return false;
    }

    @Override
    public String display(FieldDefinition field, Object value, CallContext context) {
        long seconds = Math.abs((Long) value);
        String sign = (Long) value < 0 ? "-" : "";
        String clock = "%s%d:%02d".formatted(sign, seconds / 3600, seconds / 60 % 60);
        return seconds % 60 == 0 ? clock : "%s:%02d".formatted(clock, seconds % 60);
    }

    @Override
    public DisplayFormat.Family displayed() {
        return DisplayFormat.Family.OTHER;
    }
}
