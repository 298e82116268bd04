package io.relata.core.record;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.HiddenField;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Form;
import io.relata.core.problem.Violation;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Turns values of a field into values of the same field as another type, by what a person would read and write.
public final class Conversion {

    private Conversion() {}

    /// Returns the value as the other definition has it; `null` when it is empty, or cannot be and a violation is
    /// added.
    public static @Nullable Object convert(
            FieldDefinition from, FieldDefinition to, @Nullable Object value, List<Violation> violations) {
        if (value == null) {
            return null;
        }
        if (from.kind() == to.kind() && to.kind() == ValueKind.UUID) {
            return value;
        }
        List<Violation> found = new ArrayList<>();
        Object converted = FieldValues.parse(to, text(to, value), Form.TEXT, found);
        FieldValues.check(to, converted, found);
        violations.addAll(found);
        return found.isEmpty() ? converted : null;
    }

    private static String text(FieldDefinition to, Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
        }
        if (value instanceof LocalDate day && to.kind() == ValueKind.INSTANT) {
            return day.atStartOfDay(ZoneOffset.UTC).toInstant().toString();
        }
        if (value instanceof Instant instant && to.kind() == ValueKind.DATE) {
            return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
        }
        return value.toString();
    }

    /// Returns what the second place of a field holds when the first holds the value.
    ///
    /// @param kept what it held so far; kept if it stands for the same, so that nothing is lost there and back
    public static @Nullable Object carry(
            FieldDefinition from, FieldDefinition to, @Nullable Object value, @Nullable Object kept) {
        if (kept != null && Objects.equals(convert(to, from, kept, new ArrayList<>()), value)) {
            return kept;
        }
        return convert(from, to, value, new ArrayList<>());
    }

    /// Returns the values with those of the places that are being filled.
    static Map<String, @Nullable Object> carry(EntityDefinition entity, Map<String, @Nullable Object> values) {
        if (entity.hidden().stream().noneMatch(HiddenField::filling)) {
            return values;
        }
        Map<String, @Nullable Object> all = new LinkedHashMap<>(values);
        for (HiddenField place : entity.hidden()) {
            FieldDefinition field = entity.field(place.of()).orElse(null);
            if (place.filling() && field != null && place.formula().isEmpty()) {
                String name = place.field().name();
                all.put(name, carry(field, place.field(), values.get(field.name()), values.get(name)));
            }
        }
        return all;
    }
}
