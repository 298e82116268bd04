package io.relata.deploy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Held while the product is being started or stopped, so that two commands never do so at once.
///
/// The system releases it when its holder dies, however it dies.
final class HomeLock implements AutoCloseable {

    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    static HomeLock acquire(Home home) {
        Path file = home.run().resolve("lock");
        try {
            Files.createDirectories(home.run());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new LauncherException("Another command is just starting or stopping Relata in " + home.root()
                        + "; wait until it is done.");
            }
            return new HomeLock(channel);
        } catch (IOException e) {
            throw new LauncherException("The lock file " + file + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new LauncherException("The lock file cannot be closed: " + e.getMessage() + ".", e);
        }
    }
}
