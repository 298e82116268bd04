package io.relata.core.privacy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Packages on disk, one for a request, until they expire. Names are ours.
final class PersonFiles {

    /// How long a package can be fetched.
    static final Duration KEPT = Duration.ofDays(3);

    private final Path root;

    /// @param root the folder with a folder for each tenant
    PersonFiles(Path root) {
        this.root = root;
    }

    /// Returns where the package is or would be.
    Path packed(UUID tenant, UUID request) {
        return folder(tenant).resolve(request + ".zip");
    }

    /// Returns where what goes into the package is collected.
    Path collected(UUID tenant, UUID request) {
        return folder(tenant).resolve(request + ".part");
    }

    /// Returns until when the package can be fetched; empty when there is none.
    Optional<Instant> expires(UUID tenant, UUID request, Instant now) {
        try {
            Path file = packed(tenant, request);
            return Files.exists(file)
                    ? Optional.of(Files.getLastModifiedTime(file).toInstant().plus(KEPT))
                            .filter(now::isBefore)
                    : Optional.empty();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    void delete(UUID tenant, UUID request) {
        try {
            Files.deleteIfExists(packed(tenant, request));
            Files.deleteIfExists(collected(tenant, request));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /// Removes the tenant's packages that have expired.
    void sweep(UUID tenant, Instant now) {
        if (!Files.isDirectory(folder(tenant))) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(tenant))) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).compareTo(FileTime.from(now.minus(KEPT))) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private Path folder(UUID tenant) {
        return root.resolve(tenant.toString()).resolve("persons");
    }
}
