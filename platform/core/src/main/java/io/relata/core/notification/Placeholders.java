package io.relata.core.notification;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Properties in braces that stand for a record's values in a text.
public final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_]*)}");

    private Placeholders() {}

    /// Returns the properties that a text names.
    public static Set<String> in(String text) {
        Set<String> found = new LinkedHashSet<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    /// Returns the text with what stands for each property.
    public static String fill(String text, UnaryOperator<String> value) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value.apply(match.group(1))));
    }

    /// Returns whether the entity has the property, and its value can stand in a text.
    public static boolean fillable(EntityDefinition entity, String property) {
        FieldDefinition field = entity.byProperty().get(property);
        return field != null && field.kind().isScalar() && field.kind() != ValueKind.UUID;
    }
}
