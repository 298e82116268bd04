package io.relata.core.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.relata.core.metadata.type.Setting;
import org.jspecify.annotations.Nullable;

/// What is shown of a text to whom only its end may be shown: the last four characters; of a short one nothing, so that
/// never more is shown than is left out. What has been masked already stays as it is.
public final class Mask {

    public static final String HIDDEN = "••••";
    public static final int SHOWN = 4;
    public static final int SHORTEST = 8;

    private Mask() {}

    /// Returns the value as it may be shown.
    public static @Nullable Object shown(FieldDefinition field, @Nullable Object value) {
        return value instanceof String text && field.masked() ? shown(text) : value;
    }

    /// Returns the value in its JSON form as it may be shown.
    public static JsonNode json(FieldDefinition field, JsonNode value) {
        return field.masked() && value.isTextual() ? TextNode.valueOf(shown(value.textValue())) : value;
    }

    static String shown(String text) {
        int length = text.codePointCount(0, text.length());
        return length < SHORTEST ? HIDDEN : HIDDEN + text.substring(text.offsetByCodePoints(text.length(), -SHOWN));
    }

    /// Returns whether the field holds texts of one line that somebody writes.
    static boolean fits(FieldDefinition field) {
        return field.kind() == ValueKind.STRING
                && field.type().canBeSearched()
                && !field.type().isLong()
                && field.rollUp() == null
                && field.settings().get(Setting.EXPRESSION) == null
                && field.formula() == null;
    }
}
