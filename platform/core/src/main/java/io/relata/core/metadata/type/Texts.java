package io.relata.core.metadata.type;

import io.relata.core.metadata.Characters;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.type.Parsed.Wrong;
import java.util.Optional;

/// What all texts have in common.
final class Texts {

    private Texts() {}

    /// Returns the text as it came.
    static Parsed parse(Object input) {
        if (!(input instanceof String text)) {
            return Wrong.of("expects-text");
        }
        return Characters.unstorable(text) ? Wrong.of("bad-characters") : new Parsed.Value(text);
    }

    /// Returns the text without the blanks around it.
    static Parsed parseStripped(Object input) {
        Parsed parsed = parse(input);
        return parsed instanceof Parsed.Value text ? new Parsed.Value(((String) text.value()).strip()) : parsed;
    }

    static Optional<Wrong> check(FieldDefinition field, String text) {
        if (Characters.unstorable(text)) {
            return Optional.of(Wrong.of("bad-characters"));
        }
        return length(text) > field.maxLength()
                ? Optional.of(Wrong.of("too-long", field.maxLength()))
                : Optional.empty();
    }

    /// Returns as much of the text as the field takes.
    static String shortened(String text, FieldDefinition field) {
        return text.substring(0, text.offsetByCodePoints(0, Math.min(length(text), field.maxLength())));
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
