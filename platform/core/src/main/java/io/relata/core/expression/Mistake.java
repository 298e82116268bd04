package io.relata.core.expression;

import java.util.ArrayList;
import java.util.List;

/// Something wrong with an expression.
///
/// @param position the character (code point) where it begins, counted from 1
/// @param code     the key of a message; its `{0}` is the position
public record Mistake(int position, String code, List<Object> arguments) {

    public Mistake {
        arguments = List.copyOf(arguments);
    }

    static Mistake at(int position, String code, Object... arguments) {
        List<Object> all = new ArrayList<>();
        all.add(position);
        all.addAll(List.of(arguments));
        return new Mistake(position, code, all);
    }

    /// Ends the reading of an expression, or of a part of it.
    static final class Found extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Mistake mistake;

        Found(Mistake mistake) {
            super(mistake.code(), null, false, false);
            this.mistake = mistake;
        }

        static Found at(int position, String code, Object... arguments) {
            return new Found(Mistake.at(position, code, arguments));
        }

        Mistake mistake() {
            return mistake;
        }
    }
}
