package io.relata.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A living postgres process that serves a data directory, found through the directory's `postmaster.pid`.
///
/// @param process the process
/// @param port    the port it says it listens on
/// @param ready   whether it says that it accepts connections
record Postmaster(ProcessHandle process, int port, boolean ready) {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;

    /// Finds the server of this data directory; empty when the pid file is missing, stale, or names another program.
    static Optional<Postmaster> of(Path data) {
        List<String> lines;
        try {
            lines = Files.readAllLines(data.resolve("postmaster.pid"));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new PostgresException("The pid file in " + data + " cannot be read: " + e.getMessage(), e);
        }
        if (lines.size() <= PORT_LINE) {
            return Optional.empty();
        }
        boolean ready =
                lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(ProcessHandle::isAlive)
                .filter(process -> serves(process, data))
                .map(process -> new Postmaster(
                        process, Integer.parseInt(lines.get(PORT_LINE).strip()), ready));
    }

    /// A pid may have been given to someone else since: only a postgres started with this very directory is ours.
    private static boolean serves(ProcessHandle process, Path data) {
        List<String> command = commandLine(process);
        return command.stream().anyMatch(word -> word.endsWith("postgres"))
                && command.contains(data.toAbsolutePath().normalize().toString());
    }

    private static List<String> commandLine(ProcessHandle process) {
        Path proc = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        try {
            if (Files.exists(proc)) {
                return Arrays.asList(
                        Files.readString(proc, StandardCharsets.ISO_8859_1).split("\0"));
            }
        } catch (IOException e) {
            return List.of();
        }
        return Arrays.asList(process.info().commandLine().orElse("").split(" "));
    }

    /// Stops the server: politely first (sessions are ended, the data is written), at once when that takes too long.
    void stop() {
        for (String signal : List.of("INT", "QUIT", "KILL")) {
            Signals.send(signal, process.pid());
            if (ended(PATIENCE)) {
                return;
            }
        }
        throw new PostgresException("PostgreSQL (process " + process.pid() + ") does not stop.");
    }

    private boolean ended(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (process.isAlive()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            pause();
        }
        return true;
    }

    static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(25);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresException("Interrupted while waiting for PostgreSQL.", e);
        }
    }
}
