package io.relata.core.record;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.type.Form;
import io.relata.core.problem.Violation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Names a record by the value of a unique field.
///
/// @param value in the Java type of the field
public record AlternateKey(FieldDefinition field, Object value) {

    /// Returns the key that a caller wrote; empty when it cannot be one, and a violation added.
    ///
    /// @param property the field's property name in the API
    public static Optional<AlternateKey> read(
            EntityDefinition entity, String property, @Nullable Object input, Form form, List<Violation> violations) {
        FieldDefinition field = entity.byProperty().get(property);
        if (field == null || !field.unique()) {
            violations.add(Violation.of(property, "key-not-unique"));
            return Optional.empty();
        }
        int found = violations.size();
        Object value = FieldValues.parse(field, input, form, violations);
        FieldValues.check(field, value, violations);
        if (value == null && violations.size() == found) {
            violations.add(Violation.of(property, "required"));
        }
        return value == null || violations.size() > found
                ? Optional.empty()
                : Optional.of(new AlternateKey(field, value));
    }

    /// Returns the value as [UniqueValues] keeps it.
    String text() {
        return value.toString();
    }
}
