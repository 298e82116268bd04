package io.relata.core.metadata.type;

import io.relata.core.metadata.DefinitionInput;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.PicklistOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The options of a field that lets people choose.
final class Options {

    private static final int VALUE_LENGTH = 100;
    private static final Set<String> COLORS =
            Set.of("gray", "red", "orange", "yellow", "green", "teal", "blue", "indigo", "purple", "pink");

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
                option.reject("color", "color-unknown", color);
            }
            options.add(new PicklistOption(
                    value, option.label("label", everyLanguage), color, option.flag("active", true)));
            option.done();
        }
        if (options.isEmpty()) {
            input.reject(Setting.OPTIONS.name(), "required");
        }
        return List.copyOf(options);
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
