package io.relata.core.metadata.type;

import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Parsed.Wrong;
import io.relata.spi.CallContext;
import java.time.DateTimeException;
import java.time.LocalDate;

/// A day of the calendar.
final class DateType extends FieldType {

    private static final LocalDate EXAMPLE = LocalDate.of(2026, 1, 31);
    private static final int LAST_YEAR = 9999;

    DateType() {
        super("date", ValueKind.DATE);
    }

    @Override
    public Parsed parse(FieldDefinition field, Object input, Form form) {
        try {
            LocalDate date = input instanceof LocalDate given
                    ? given
                    : LocalDate.parse(input instanceof String text ? text.strip() : "");
            return inRange(date.getYear()) ? new Parsed.Value(date) : Wrong.of("date-out-of-range");
        } catch (DateTimeException exception) {
            return Wrong.of("expects-date");
        }
    }

    /// Returns whether every client can write the year.
    static boolean inRange(int year) {
        return year >= 1 && year <= LAST_YEAR;
    }

    @Override
    public String format() {
        return "date";
    }

    @Override
    public Object example(FieldDefinition field, String text) {
        return EXAMPLE;
    }

    @Override
    public String display(FieldDefinition field, Object value, CallContext context) {
        return Shown.day((LocalDate) value, context.locale());
    }
}
