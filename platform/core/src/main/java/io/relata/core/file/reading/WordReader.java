package io.relata.core.file.reading;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.logging.LogFactory;
import org.apache.fontbox.FontBoxFont;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.RandomAccessRead;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the words in files. Plain text is read here; all else by a process of its own ([Reading]), which has
/// [little memory][#MEMORY] and [little time][#PATIENCE], knows nothing of ours, and is ended when it takes more: what
/// was made to exhaust its reader exhausts that process alone. Thread-safe.
public final class WordReader {

    /// Of words that are read.
    public static final int MOST_CHARACTERS = 200_000;

    /// Larger files are not read.
    static final long MOST_BYTES = 50L << 20;

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String MEMORY = "-Xmx256m";
    private static final Logger LOG = LoggerFactory.getLogger(WordReader.class);

    private static final List<Class<?>> NEEDED =
            List.of(Reading.class, Loader.class, RandomAccessRead.class, FontBoxFont.class, LogFactory.class);

    private final Duration patience;
    private final String classes;

    public WordReader() {
        this(PATIENCE);
    }

    WordReader(Duration patience) {
        this.patience = patience;
        this.classes = NEEDED.stream()
                .map(WordReader::place)
                .flatMap(Stream::ofNullable)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    /// Returns the words in a file; empty when there are none, and when it cannot be read.
    ///
    /// @throws IOException when its bytes cannot be had
    public String read(String contentType, long size, InputStream content) throws IOException {
        if (Formats.plain(contentType)) {
            return words(content);
        }
        return Formats.formatted(contentType) && size <= MOST_BYTES ? apart(contentType, content) : "";
    }

    private static String words(InputStream content) throws IOException {
        StringWriter out = new StringWriter();
        Words words = new Words(out, MOST_CHARACTERS);
        try (Reader reader = new InputStreamReader(content, StandardCharsets.UTF_8)) {
            reader.transferTo(words);
        } catch (Words.EnoughException enough) {
            // As much as is wanted is there.
        }
        return storable(out.toString());
    }

    private String apart(String contentType, InputStream content) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                MEMORY,
                "-Xss1m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ActiveProcessorCount=1",
                "-Djava.awt.headless=true",
                "-cp",
                classes,
                Reading.class.getName(),
                contentType,
                String.valueOf(MOST_CHARACTERS));
        builder.environment().clear();
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        try {
            Thread.startVirtualThread(() -> limit(process));
            Thread sending = Thread.startVirtualThread(() -> send(content, process));
            String words = new String(process.getInputStream().readNBytes(MOST_CHARACTERS * 4), StandardCharsets.UTF_8);
            sending.join();
            boolean read = process.waitFor() == 0;
            if (!read) {
                LOG.info("A file of type {} could not be read for the search", contentType);
            }
            return read ? storable(words) : "";
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IOException(exception);
        } finally {
            process.destroyForcibly();
        }
    }

    /// Ends the process by its handle, which leaves its streams open: who reads its words finds their end.
    private void limit(Process process) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.toHandle().destroyForcibly();
            }
        } catch (InterruptedException exception) {
            process.toHandle().destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /// Whoever has read enough need not take the rest.
    private static void send(InputStream content, Process process) {
        try (OutputStream out = process.getOutputStream()) {
            content.transferTo(out);
        } catch (IOException exception) {
            LOG.debug("A file was not read to its end", exception);
        }
    }

    /// The database takes neither a zero nor half a character.
    private static String storable(String words) {
        int end = words.length();
        boolean half = end > 0 && Character.isHighSurrogate(words.charAt(end - 1));
        return words.substring(0, half ? end - 1 : end).replace("\0", "").strip();
    }

    /// Returns the jar or folder that the class is in.
    private static @Nullable String place(Class<?> needed) {
        try {
            URI place =
                    needed.getProtectionDomain().getCodeSource().getLocation().toURI();
            return Path.of(place).toString();
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException exception) {
            LOG.warn("Files other than plain texts are not read for the search: {} is in no file", needed.getName());
            return null;
        }
    }
}
