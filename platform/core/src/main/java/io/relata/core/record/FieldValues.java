package io.relata.core.record;

import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.type.Form;
import io.relata.core.metadata.type.Parsed;
import io.relata.core.metadata.type.Parsed.Wrong;
import io.relata.core.problem.Violation;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes field values out of what callers send: first the type ([#parse]), then the field's rules ([#check]).
public final class FieldValues {

    private FieldValues() {}

    /// Returns the value in the Java type of the field; `null` when it is empty, or wrong and a violation added.
    public static @Nullable Object parse(
            FieldDefinition field, @Nullable Object input, Form form, List<Violation> violations) {
        if (input == null
                || "".equals(input)
                || (form == Form.TEXT && input.toString().isBlank())) {
            return null;
        }
        return switch (field.type().parse(field, input, form)) {
            case Parsed.Value value -> isEmpty(value.value()) ? null : value.value();
            case Wrong wrong -> {
                violations.add(violation(field, wrong));
                yield null;
            }
        };
    }

    /// Adds a violation for every rule of the field that the value breaks. An empty value breaks none here.
    public static void check(FieldDefinition field, @Nullable Object value, List<Violation> violations) {
        if (value != null) {
            field.type().check(field, value).ifPresent(wrong -> violations.add(violation(field, wrong)));
        }
    }

    /// Adds a violation when the value does not go with others of the same record.
    static void checkBeside(
            FieldDefinition field,
            @Nullable Object value,
            Function<String, @Nullable Object> values,
            List<Violation> violations) {
        if (value != null) {
            field.type().checkBeside(field, value, values).ifPresent(wrong -> violations.add(violation(field, wrong)));
        }
    }

    private static boolean isEmpty(Object value) {
        return value.equals("") || value.equals(List.of()) || value.equals(Map.of());
    }

    private static Violation violation(FieldDefinition field, Wrong wrong) {
        return new Violation(field.property(), wrong.code(), wrong.arguments());
    }
}
