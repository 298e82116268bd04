package io.relata.core.access;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// For which records a privilege holds, from the fewest to all of them.
public enum Level {
    NONE,
    /// Records that the user owns.
    OWN,
    /// Also those that the user's teams, and users and teams of the same unit own.
    UNIT,
    /// Also those of the units below.
    TREE,
    /// All records of the tenant.
    TENANT;

    /// Returns the level as the API writes it.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Level> of(String code) {
        return Stream.of(values()).filter(level -> level.code().equals(code)).findFirst();
    }

    Level orHigher(Level other) {
        return compareTo(other) < 0 ? other : this;
    }
}
