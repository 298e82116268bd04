package io.relata.core.metadata.type;

import java.util.List;

/// What came of reading a value: the value in the Java type of its field, or what is wrong with it.
public sealed interface Parsed {

    /// A value in the Java type of its field.
    record Value(Object value) implements Parsed {}

    /// What is wrong with a value: the code of a message and its arguments.
    record Wrong(String code, List<Object> arguments) implements Parsed {

        public static Wrong of(String code, Object... arguments) {
            return new Wrong(code, List.of(arguments));
        }
    }
}
