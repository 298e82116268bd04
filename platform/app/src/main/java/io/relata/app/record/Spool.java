package io.relata.app.record;

import io.relata.app.json.LimitedInput;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/// A body that has come in whole before anything is done with it, so that no transaction waits for a slow sender: a
/// small one in memory, a large one in a file, which closing removes.
public final class Spool implements AutoCloseable {

    private static final int IN_MEMORY = 256 * 1024;

    private final byte[] head;
    private final @Nullable Path file;

    private Spool(byte[] head, @Nullable Path file) {
        this.head = head;
        this.file = file;
    }

    /// Takes a body in.
    ///
    /// @throws ProblemException TOO_LARGE
    public static Spool of(InputStream body, long maxBytes) {
        InputStream limited = new LimitedInput(body, maxBytes);
        try {
            byte[] head = limited.readNBytes(IN_MEMORY);
            return head.length < IN_MEMORY ? new Spool(head, null) : new Spool(head, rest(limited));
        } catch (IOException brokenOff) {
            throw ProblemException.of(ProblemCode.MALFORMED_JSON, "body-unreadable");
        }
    }

    private static Path rest(InputStream body) throws IOException {
        Path file = Files.createTempFile("relata-body", ".tmp");
        boolean complete = false;
        try {
            Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
            complete = true;
            return file;
        } finally {
            if (!complete) {
                Files.delete(file);
            }
        }
    }

    /// Returns the body from its beginning.
    public InputStream open() {
        InputStream beginning = new ByteArrayInputStream(head);
        try {
            return file == null ? beginning : new SequenceInputStream(beginning, Files.newInputStream(file));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    @Override
    public void close() {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
