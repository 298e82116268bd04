package io.relata.core.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/// Files in a folder: `<tenant>/files/<last two digits of the key>/<key>`.
public final class DiskStorage implements FileStorage {

    private static final int BUFFER = 1 << 16;
    private static final int DIGITS = 2;

    private final Path root;

    public DiskStorage(Path root) {
        this.root = root;
    }

    @Override
    public Stored store(UUID tenant, InputStream content, long most) throws IOException {
        UUID key = UUID.randomUUID();
        Path file = path(tenant, key);
        Files.createDirectories(file.getParent());
        boolean complete = false;
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            MessageDigest digest = sha256();
            long size = copy(content, out, digest, most);
            out.force(true);
            complete = true;
            return new Stored(key, size, HexFormat.of().formatHex(digest.digest()));
        } finally {
            if (!complete) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static long copy(InputStream content, FileChannel out, MessageDigest digest, long most) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
            size += count;
            if (size > most) {
                throw new TooLongException();
            }
            digest.update(buffer, 0, count);
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        }
        return size;
    }

    @Override
    public InputStream open(UUID tenant, UUID key, long from) throws IOException {
        FileChannel channel = FileChannel.open(path(tenant, key), StandardOpenOption.READ);
        channel.position(from);
        return Channels.newInputStream(channel);
    }

    @Override
    public void delete(UUID tenant, UUID key) throws IOException {
        Files.deleteIfExists(path(tenant, key));
    }

    @Override
    public void sweep(UUID tenant, Instant before, Known known) throws IOException {
        if (!Files.isDirectory(folder(tenant))) {
            return;
        }
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder(tenant))) {
            for (Path part : parts) {
                Set<UUID> old = old(part, FileTime.from(before));
                Predicate<UUID> needed = known.among(old);
                for (UUID key : old) {
                    if (!needed.test(key)) {
                        delete(tenant, key);
                    }
                }
            }
        }
    }

    private static Set<UUID> old(Path part, FileTime before) throws IOException {
        Set<UUID> old = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(part)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).compareTo(before) < 0) {
                    old.add(UUID.fromString(file.getFileName().toString()));
                }
            }
        }
        return old;
    }

    private Path path(UUID tenant, UUID key) {
        String name = key.toString();
        return folder(tenant).resolve(name.substring(name.length() - DIGITS)).resolve(name);
    }

    private Path folder(UUID tenant) {
        return root.resolve(tenant.toString()).resolve("files");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("Every Java has SHA-256", exception);
        }
    }
}
