package io.relata.core.metadata;

/// What a text may consist of.
public final class Characters {

    private Characters() {}

    /// Returns whether the text has characters that PostgreSQL cannot keep: NUL, or half of a surrogate pair.
    public static boolean unstorable(String text) {
        return text.codePoints().anyMatch(point -> point == 0 || (point >= 0xD800 && point <= 0xDFFF));
    }
}
