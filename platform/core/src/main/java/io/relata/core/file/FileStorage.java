package io.relata.core.file;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/// Where files' bytes are. Keys are ours and begin with the tenant; nothing that a caller says becomes a part of one.
/// Thread-safe.
public interface FileStorage {

    /// What has been taken in.
    ///
    /// @param hash SHA-256 in hexadecimal digits
    record Stored(UUID key, long size, String hash) {}

    /// Takes the bytes in for good, or leaves nothing behind.
    ///
    /// @param most how many there may be
    /// @throws TooLongException when there are more
    Stored store(UUID tenant, InputStream content, long most) throws IOException;

    /// Returns the bytes from a place on.
    ///
    /// @throws java.nio.file.NoSuchFileException when there are none under the key
    InputStream open(UUID tenant, UUID key, long from) throws IOException;

    /// Removes the bytes; does nothing when they are gone.
    void delete(UUID tenant, UUID key) throws IOException;

    /// Removes what is older than the moment and that nobody knows of: left by a crash.
    ///
    /// @param known which of some keys are needed
    void sweep(UUID tenant, Instant before, Known known) throws IOException;

    /// Says which of some keys are needed.
    @FunctionalInterface
    interface Known {
        Predicate<UUID> among(Set<UUID> keys);
    }

    /// There were more bytes than there may be.
    final class TooLongException extends IOException {
        private static final long serialVersionUID = 1;
    }
}
