package io.relata.core.metadata;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;

/// Checks the default value in a field's definition.
final class DefaultValue {

    private DefaultValue() {}

    /// Returns the code of what is wrong with the field's default.
    static Optional<String> check(FieldDefinition field) {
        String text = field.defaultValue();
        if (text == null) {
            return Optional.empty();
        }
        return switch (field.kind()) {
            case STRING -> checkText(field, text);
            case INTEGER, DECIMAL -> checkNumber(field, text);
            case BOOLEAN ->
                text.equals("true") || text.equals("false") ? Optional.empty() : Optional.of("expects-boolean");
            case DATE -> parses(() -> LocalDate.parse(text)) ? Optional.empty() : Optional.of("expects-date");
            case INSTANT ->
                parses(() -> OffsetDateTime.parse(text)) ? Optional.empty() : Optional.of("expects-datetime");
            case UUID -> Optional.of("not-for-type");
        };
    }

    private static Optional<String> checkText(FieldDefinition field, String text) {
        if (field.type() == FieldType.PICKLIST) {
            boolean offered = field.options().stream()
                    .anyMatch(option -> option.active() && option.value().equals(text));
            return offered ? Optional.empty() : Optional.of("not-an-option");
        }
        boolean tooLong = text.codePointCount(0, text.length()) > field.maxLength();
        return tooLong || Characters.unstorable(text) ? Optional.of("default-unfit") : Optional.empty();
    }

    private static Optional<String> checkNumber(FieldDefinition field, String text) {
        if (!text.matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?")) {
            return Optional.of("expects-number");
        }
        BigDecimal value = new BigDecimal(text);
        boolean fits = value.stripTrailingZeros().scale() <= field.scale()
                && value.setScale(field.scale()).unscaledValue().bitLength() < Long.SIZE
                && (field.min() == null || value.compareTo(field.min()) >= 0)
                && (field.max() == null || value.compareTo(field.max()) <= 0);
        return fits ? Optional.empty() : Optional.of("default-unfit");
    }

    private static boolean parses(Runnable parse) {
        try {
            parse.run();
            return true;
        } catch (DateTimeException exception) {
            return false;
        }
    }
}
