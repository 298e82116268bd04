package io.relata.core.job;

import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/// The files of one kind of jobs on disk, in a folder per tenant. Names are ours; nothing a caller says becomes a path.
public final class JobFiles {

    /// The largest file that is taken in.
    public static final long MAX_SIZE = 100L * 1024 * 1024;

    private static final int BUFFER = 1 << 16;

    private final Path root;
    private final String folder;

    /// @param root   the folder with a folder for each tenant
    /// @param folder the name of the kind's folder in it
    public JobFiles(Path root, String folder) {
        this.root = root;
        this.folder = folder;
    }

    /// Writes the stream to disk for good, or leaves nothing behind.
    public String store(UUID tenant, InputStream content) throws IOException {
        String key = UUID.randomUUID().toString();
        Path file = path(tenant, key);
        Files.createDirectories(file.getParent());
        boolean complete = false;
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            copy(content, out);
            out.force(true);
            complete = true;
        } finally {
            if (!complete) {
                Files.deleteIfExists(file);
            }
        }
        return key;
    }

    private static void copy(InputStream content, FileChannel out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
            size += count;
            if (size > MAX_SIZE) {
                throw ProblemException.of(ProblemCode.TOO_LARGE, "import.too-large", MAX_SIZE / (1024 * 1024));
            }
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        }
    }

    /// Returns where the file is or would be.
    public Path path(UUID tenant, String key) {
        return folder(tenant).resolve(UUID.fromString(key) + ".csv");
    }

    public void delete(UUID tenant, String key) {
        try {
            Files.deleteIfExists(path(tenant, key));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /// Removes the tenant's files that nobody needs: left by a crash between file and job, or between the job's
    /// end and its file's.
    public void sweep(UUID tenant, Set<String> needed, Instant before) {
        if (!Files.isDirectory(folder(tenant))) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(tenant), "*.csv")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                boolean open = needed.contains(name.substring(0, name.length() - ".csv".length()));
                if (!open && Files.getLastModifiedTime(file).compareTo(FileTime.from(before)) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private Path folder(UUID tenant) {
        return root.resolve(tenant.toString()).resolve(folder);
    }
}
