package io.relata.core.metadata.type;

import io.relata.core.metadata.DefinitionInput;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.PicklistOption;
import io.relata.core.metadata.ValueKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The options of a field that lets people choose.
final class Options {

    private static final int VALUE_LENGTH = 100;
    private static final List<String> COLORS =
            List.of("gray", "red", "orange", "yellow", "green", "teal", "blue", "indigo", "purple", "pink");

    private Options() {}

    static List<PicklistOption> read(DefinitionInput input, boolean everyLanguage) {
        List<PicklistOption> options = new ArrayList<>();
        Set<String> values = new HashSet<>();
        for (DefinitionInput option : input.objects(Setting.OPTIONS.name())) {
            String value = option.text("value");
            if (Texts.length(value) > VALUE_LENGTH) {
                option.reject("value", "too-long", VALUE_LENGTH);
            } else if (!value.isEmpty() && !values.add(value)) {
                option.reject("value", "name-duplicate", value);
            }
            String color = option.optionalText("color");
            if (color != null && !COLORS.contains(color)) {
                option.reject("color", "color-unknown", color, String.join(", ", COLORS));
            }
            options.add(new PicklistOption(
                    value,
                    option.label("label", everyLanguage),
                    color,
                    option.flag("active", true),
                    option.texts("under")));
            option.done();
        }
        if (options.isEmpty()) {
            input.reject(Setting.OPTIONS.name(), "required");
        }
        return List.copyOf(options);
    }

    /// Reads the options and the field that they depend on.
    static FieldSettings readSettings(DefinitionInput input, boolean everyLanguage) {
        return FieldSettings.NONE
                .with(Setting.OPTIONS, read(input, everyLanguage))
                .with(Setting.DEPENDS_ON, input.optionalText(Setting.DEPENDS_ON.name()));
    }

    static List<String> neighbours(FieldDefinition field) {
        String parent = field.settings().get(Setting.DEPENDS_ON);
        return parent == null ? List.of() : List.of(parent);
    }

    /// Returns whether the value can be chosen beside the one it depends on.
    static boolean goesWith(FieldDefinition field, Object value, Function<String, @Nullable Object> values) {
        String parent = field.settings().get(Setting.DEPENDS_ON);
        if (parent == null) {
            return true;
        }
        Object above = values.apply(parent);
        return field.options().stream()
                .filter(option -> option.value().equals(value))
                .allMatch(option -> option.under().isEmpty()
                        || (above != null && option.under().contains(above.toString())));
    }

    /// A chain of fields that leads back to its beginning could never be filled in.
    static void checkDefinition(DefinitionInput input, FieldDefinition field, Map<String, FieldDefinition> fields) {
        String parent = field.settings().get(Setting.DEPENDS_ON);
        if (parent == null) {
            if (field.options().stream().anyMatch(option -> !option.under().isEmpty())) {
                input.reject(Setting.DEPENDS_ON.name(), "required");
            }
            return;
        }
        FieldDefinition above = fields.get(parent);
        Set<String> seen = new HashSet<>(Set.of(field.name()));
        for (FieldDefinition next = above; next != null; next = above(next, fields)) {
            if (!seen.add(next.name())) {
                input.reject(Setting.DEPENDS_ON.name(), "depends-in-circle");
                return;
            }
        }
        if (above == null || !above.type().has(Setting.OPTIONS) || above.kind() != ValueKind.STRING) {
            input.reject(Setting.DEPENDS_ON.name(), "depends-on-picklist");
            return;
        }
        field.options().stream()
                .flatMap(option -> option.under().stream())
                .distinct()
                .filter(value -> !isOne(above, value))
                .forEach(value -> input.reject(Setting.OPTIONS.name(), "under-unknown", value));
    }

    private static @Nullable FieldDefinition above(FieldDefinition field, Map<String, FieldDefinition> fields) {
        String parent = field.settings().get(Setting.DEPENDS_ON);
        return parent == null ? null : fields.get(parent);
    }

    /// Returns the value of the option that the text means: people's files say a label as often as the value.
    static String meant(FieldDefinition field, String text) {
        if (isOne(field, text)) {
            return text;
        }
        return field.options().stream()
                .filter(option -> means(option, text))
                .map(PicklistOption::value)
                .findFirst()
                .orElse(text);
    }

    static String label(FieldDefinition field, Object value, Locale locale) {
        return field.options().stream()
                .filter(option -> option.value().equals(value))
                .findFirst()
                .map(option -> option.label().in(locale))
                .orElseGet(value::toString);
    }

    static boolean isOne(FieldDefinition field, Object value) {
        return field.options().stream().anyMatch(option -> option.value().equals(value));
    }

    /// Returns whether new values may choose the option.
    static boolean isOffered(FieldDefinition field, Object value) {
        return field.options().stream()
                .anyMatch(option -> option.active() && option.value().equals(value));
    }

    private static boolean means(PicklistOption option, String text) {
        return option.value().equalsIgnoreCase(text)
                || option.label().texts().values().stream().anyMatch(label -> label.equalsIgnoreCase(text));
    }
}
