package io.relata.deploy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// Unpacks the runtimes' archives.
final class Archives {

    private static final int EXECUTABLE = 0100;
    private static final int BUFFER = 1 << 16;

    private Archives() {}

    static void unzip(Path archive, Path target) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(archive), BUFFER))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                unpack(zip, entry.isDirectory(), inside(target, entry.getName()));
            }
        }
    }

    static void untar(Path archive, Path target) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), BUFFER);
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file, BUFFER))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = inside(target, entry.getName());
                unpack(tar, entry.isDirectory(), path);
                if (!entry.isDirectory() && (entry.getMode() & EXECUTABLE) != 0) {
                    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
            }
        }
    }

    private static void unpack(InputStream in, boolean directory, Path path) throws IOException {
        if (directory) {
            Files.createDirectories(path);
        } else {
            Files.createDirectories(path.getParent());
            Files.copy(in, path);
        }
    }

    private static Path inside(Path target, String name) throws IOException {
        Path path = target.resolve(name).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("unexpected path in the archive: " + name);
        }
        return path;
    }
}
