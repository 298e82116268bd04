package io.relata.core.metadata;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How people read a field's values; the values themselves stay as they are.
///
/// @param style    one of those that its family has; `null` for the usual one
/// @param decimals how many digits of a number are shown after the point; `null` for those that the type shows
/// @param mask     a `#` for each letter or digit of a text, with what is to stand between them
public record DisplayFormat(
        @Nullable String style,
        @Nullable Integer decimals,
        @Nullable String mask) {

    private static final int MOST_DECIMALS = 6;
    private static final int LONGEST_MASK = 60;

    /// What values look like, whatever their type.
    public enum Family {
        NUMBER,
        DAY,
        MOMENT,
        TEXT,
        /// Known only when the expression has been read.
        COMPUTED,
        /// Shown in a way of its own.
        OTHER;

        private List<String> styles() {
            return switch (this) {
                case NUMBER -> List.of("compact", "plain");
                case DAY -> List.of("short", "long", "month", "year");
                case MOMENT -> List.of("short", "long", "month", "year", "day", "relative");
                case COMPUTED -> List.of("compact", "plain", "short", "long", "month", "year", "day", "relative");
                case TEXT, OTHER -> List.of();
            };
        }
    }

    /// Reads the member `format` of a field's definition; `null` when there is none.
    static @Nullable DisplayFormat read(DefinitionInput definition, Family family) {
        if (!definition.has("format")) {
            return null;
        }
        if (family == Family.OTHER) {
            definition.reject("format", "not-for-type");
            return null;
        }
        DefinitionInput input = definition.object("format");
        DisplayFormat format = new DisplayFormat(
                input.optionalText("style"),
                input.has("decimals") ? Integer.valueOf(input.number("decimals", 0, 0, MOST_DECIMALS)) : null,
                input.optionalText("mask"));
        input.done();
        format.check(input, family);
        return format;
    }

    private void check(DefinitionInput input, Family family) {
        if (style != null && !family.styles().contains(style)) {
            input.reject("style", "format-style", String.join(", ", family.styles()));
        }
        if (decimals != null && family != Family.NUMBER && family != Family.COMPUTED) {
            input.reject("decimals", "not-for-type");
        }
        if (mask != null && family != Family.TEXT && family != Family.COMPUTED) {
            input.reject("mask", "not-for-type");
        } else if (mask != null && (mask.indexOf('#') < 0 || mask.length() > LONGEST_MASK)) {
            input.reject("mask", "format-mask", LONGEST_MASK);
        }
        if (style == null && decimals == null && mask == null) {
            input.reject("style", "required");
        }
    }

    /// Returns the format as definitions write it.
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        if (style != null) {
            members.put("style", style);
        }
        if (decimals != null) {
            members.put("decimals", decimals);
        }
        if (mask != null) {
            members.put("mask", mask);
        }
        return members;
    }
}
