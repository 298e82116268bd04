package io.relata.core.metadata.type;

import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Parsed.Wrong;
import io.relata.spi.CallContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// A moment in time.
final class DateTimeType extends FieldType {

    private static final Instant EXAMPLE = Instant.parse("2026-01-31T09:30:00Z");

    DateTimeType() {
        super("datetime", ValueKind.INSTANT);
    }

    /// The database keeps microseconds; finer parts would make a stored value differ from the one sent.
    @Override
    public Parsed parse(FieldDefinition field, Object input, Form form) {
        try {
            Instant instant = input instanceof Instant given
                    ? given
                    : OffsetDateTime.parse(input instanceof String text ? text.strip() : "")
                            .toInstant();
            return DateType.inRange(instant.atOffset(ZoneOffset.UTC).getYear())
                    ? new Parsed.Value(instant.truncatedTo(ChronoUnit.MICROS))
                    : Wrong.of("date-out-of-range");
        } catch (DateTimeException exception) {
            return Wrong.of("expects-datetime");
        }
    }

    @Override
    public String format() {
        return "date-time";
    }

    @Override
    public Object example(FieldDefinition field, String text) {
        return EXAMPLE;
    }

    @Override
    public String display(FieldDefinition field, Object value, CallContext context) {
        return Shown.moment((Instant) value, context.zone(), context.locale());
    }
}
