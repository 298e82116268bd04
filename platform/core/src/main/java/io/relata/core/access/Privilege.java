package io.relata.core.access;

import java.util.Locale;

/// What a role may allow on an entity's records.
public enum Privilege {
    CREATE,
    READ,
    UPDATE,
    DELETE,
    /// Give a record another owner.
    ASSIGN,
    /// Show a record to others.
    SHARE,
    EXPORT;

    /// Returns the privilege as the API writes it.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
