package io.relata.core.metadata.type;

import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Parsed.Wrong;
import io.relata.spi.CallContext;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// A time of day, whatever the day and the zone. Held as `hh:mm:ss`, which is ordered as the times are.
final class TimeType extends FieldType {

    private static final DateTimeFormatter HELD = DateTimeFormatter.ofPattern("HH:mm:ss");

    TimeType() {
        super("time", ValueKind.STRING);
    }

    @Override
    public Parsed parse(FieldDefinition field, Object input, Form form) {
        return held(input instanceof String text ? text.strip() : "")
                .<Parsed>map(Parsed.Value::new)
                .orElseGet(() -> Wrong.of("expects-time"));
    }

    /// Hours of one digit are common in people's files.
    private static Optional<String> held(String text) {
        try {
            LocalTime time = LocalTime.parse(text.length() > 1 && text.charAt(1) == ':' ? "0" + text : text);
            return time.equals(time.truncatedTo(ChronoUnit.SECONDS))
                    ? Optional.of(HELD.format(time))
                    : Optional.empty();
        } catch (DateTimeException exception) {
            return Optional.empty();
        }
    }

    /// A plugin sets what it likes.
    @Override
    public Optional<Wrong> check(FieldDefinition field, Object value) {
        return held((String) value).filter(value::equals).isPresent()
                ? Optional.empty()
                : Optional.of(Wrong.of("expects-time"));
    }

    @Override
    public String edmType() {
        return "TimeOfDay";
    }

    @Override
    public String format() {
        return "partial-time";
    }

    @Override
    public Object example(FieldDefinition field, String text) {
        return "09:30:00";
    }

    @Override
    public String display(FieldDefinition field, Object value, CallContext context) {
        String text = (String) value;
        return text.endsWith(":00") ? text.substring(0, text.length() - 3) : text;
    }
}
