package io.relata.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/// PostgreSQL's programs, unpacked once from the jar on the class path.
///
/// @param directory the folder that holds `bin`, `lib` and `share`
/// @param version   PostgreSQL's version, for example 18.6
record PostgresBinaries(Path directory, String version) {

    private static final int EXECUTABLE = 0100;

    /// Unpacks into a folder below `home` that is named by version and checksum, unless it is there already.
    static PostgresBinaries in(Path home) {
        String version = packagedVersion();
        String archive = archiveName();
        try {
            Path target = home.resolve("postgresql-" + version + "-" + checksum(archive));
            if (!Files.isDirectory(target)) {
                Files.createDirectories(home);
                unpackAtomically(archive, target);
            }
            return new PostgresBinaries(target, version);
        } catch (IOException e) {
            throw new PostgresException("PostgreSQL cannot be unpacked below " + home + ": " + e.getMessage(), e);
        }
    }

    Path program(String name) {
        return directory.resolve("bin").resolve(name);
    }

    int majorVersion() {
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }

    /// A half unpacked folder must never be taken for a whole one, not even after a crash or with two starting at once.
    private static void unpackAtomically(String archive, Path target) throws IOException {
        Path parent = target.toAbsolutePath().getParent();
        Path unfinished = Files.createTempDirectory(parent, "postgresql-unpacking-");
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (InputStream in = open(archive);
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(in)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, unfinished);
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
            if (!Files.isDirectory(target)) {
                throw e;
            }
        } finally {
            Folders.delete(unfinished);
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path root) throws IOException {
        Path file = root.resolve(entry.getName()).normalize();
        if (!file.startsWith(root)) {
            throw new IOException("unexpected path in the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, file);
            boolean executable = (entry.getMode() & EXECUTABLE) != 0;
            Files.setPosixFilePermissions(
                    file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static String archiveName() {
        String system =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String machine = switch (architecture) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> architecture;
        };
        return "/postgres-" + system + "-" + machine + ".txz";
    }

    private static InputStream open(String archive) {
        @Nullable InputStream in = PostgresBinaries.class.getResourceAsStream(archive);
        if (in == null) {
            throw new PostgresException("PostgreSQL for this machine (" + System.getProperty("os.name") + ", "
                    + System.getProperty("os.arch") + ") is not on the class path: " + archive + " is missing.");
        }
        return in;
    }

    private static String packagedVersion() {
        Properties properties = new Properties();
        try (InputStream in = open("/io/relata/testkit/postgres.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "");
    }

    private static String checksum(String archive) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(open(archive), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /// Whether the data directory was ever initialised, and by which major version.
    static @Nullable Integer majorVersionOf(Path data) {
        Path file = data.resolve("PG_VERSION");
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        try {
            return Integer.valueOf(Files.readString(file).strip());
        } catch (IOException | NumberFormatException e) {
            throw new PostgresException(
                    file + " cannot be read; is " + data + " really a PostgreSQL data directory?", e);
        }
    }
}
