package io.relata.core.metadata;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What becomes of a record when the one that its lookup points to is deleted.
public enum DeleteBehaviour {
    /// It keeps the other from being deleted.
    RESTRICT,
    /// It stays, and points to nothing.
    CLEAR,
    /// It is deleted, too.
    CASCADE;

    /// Returns the behaviour as definitions write it.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Returns the behaviour with the code.
    public static Optional<DeleteBehaviour> named(String code) {
        return Arrays.stream(values())
                .filter(behaviour -> behaviour.code().equals(code))
                .findFirst();
    }
}
