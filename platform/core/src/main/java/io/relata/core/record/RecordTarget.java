package io.relata.core.record;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which record is meant, and what the caller believes of it.
///
/// @param id              the record; `null` when it is new or named by its key
/// @param key             names the record; `null` when it is new or named by its id
/// @param existence       whether it may or must be there
/// @param expectedVersion the version the caller saw; `null` when any will do
public record RecordTarget(
        @Nullable UUID id,
        @Nullable AlternateKey key,
        Existence existence,
        @Nullable Long expectedVersion) {

    /// A record that is to be made.
    public static final RecordTarget NEW = new RecordTarget(null, null, Existence.FORBIDDEN, null);

    /// Whether the record is there.
    public enum Existence {
        /// It is; else it is not found.
        REQUIRED,
        /// It is, or it is made.
        OPEN,
        /// It is not; else the caller is told of it.
        FORBIDDEN
    }

    /// Returns the existing record with the id.
    public static RecordTarget of(UUID id, @Nullable Long expectedVersion) {
        return new RecordTarget(id, null, Existence.REQUIRED, expectedVersion);
    }

    /// Returns the record with the key.
    public static RecordTarget of(AlternateKey key, Existence existence, @Nullable Long expectedVersion) {
        return new RecordTarget(null, key, existence, expectedVersion);
    }
}
