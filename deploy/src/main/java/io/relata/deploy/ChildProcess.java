package io.relata.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// A server process that may outlive the launcher, remembered in a file below the home's run folder.
///
/// @param home whose process it is
/// @param name names the file
record ChildProcess(Home home, String name) {

    /// The start time that the system reports may wander a little when its clock is set.
    private static final Duration SAME_START = Duration.ofSeconds(5);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
    private static final int MOST_LOOKS = 200;

    /// Starts the command with no terminal, in a session of its own, and remembers it.
    ProcessHandle start(List<String> command, Map<String, String> environment, Path directory, Path log)
            throws IOException {
        Files.createDirectories(directory);
        Files.createDirectories(log.getParent());
        ProcessBuilder builder = new ProcessBuilder(inOwnSession(command))
                .directory(directory.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()));
        builder.environment().putAll(environment);
        ProcessHandle process = builder.start().toHandle();
        PrivateFiles.writeJson(
                file(), Map.of("pid", process.pid(), "started", started(process).toString()));
        return process;
    }

    /// The process, if it lives and is the one that was started: a pid alone may belong to someone else by now.
    Optional<ProcessHandle> find() {
        try {
            if (!Files.exists(file())) {
                return Optional.empty();
            }
            JsonNode remembered = PrivateFiles.JSON.readTree(file().toFile());
            Instant started = Instant.parse(remembered.path("started").asText());
            return ProcessHandle.of(remembered.path("pid").asLong())
                    .filter(ProcessHandle::isAlive)
                    .filter(process ->
                            Duration.between(started, started(process)).abs().compareTo(SAME_START) < 0)
                    .filter(this::isOfThisHome);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /// Asks the process to end, and ends it when it does not within the given time.
    ///
    /// @return whether it ended by itself
    boolean stop(Duration patience) {
        boolean orderly = find().map(process -> stop(process, patience)).orElse(false);
        try {
            Files.deleteIfExists(file());
        } catch (IOException e) {
            throw new LauncherException(file() + " cannot be deleted: " + e.getMessage() + ".", e);
        }
        return orderly;
    }

    private boolean stop(ProcessHandle process, Duration patience) {
        process.destroy();
        if (ended(process, patience)) {
            return true;
        }
        List<ProcessHandle> family =
                Stream.concat(process.descendants(), Stream.of(process)).toList();
        family.forEach(ProcessHandle::destroyForcibly);
        if (!ended(process, patience)) {
            throw new LauncherException(name + " (process " + process.pid() + ") does not stop; end it by hand.");
        }
        return false;
    }

    static boolean ended(ProcessHandle process, Duration patience) {
        try {
            process.onExit()
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            return true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                return false;
            }
            throw e;
        }
    }

    private Path file() {
        return home.run().resolve(name + ".json");
    }

    private static Instant started(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    private boolean isOfThisHome(ProcessHandle process) {
        Path proc = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        if (!Files.exists(proc)) {
            return true;
        }
        try {
            return commandLine(process, proc)
                    .contains(new String(
                            home.root().toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return false;
        }
    }

    /// While a process replaces itself by another program, the system shows no command line: look again.
    private static String commandLine(ProcessHandle process, Path proc) throws IOException {
        String line = Files.readString(proc, StandardCharsets.ISO_8859_1);
        for (int look = 0; line.isEmpty() && look < MOST_LOOKS && process.isAlive(); look++) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            line = Files.readString(proc, StandardCharsets.ISO_8859_1);
        }
        return line;
    }

    /// Ctrl-C in the terminal then reaches the launcher alone, which stops the parts in order.
    private static List<String> inOwnSession(List<String> command) {
        boolean possible = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "setsid")));
        return possible ? Stream.concat(Stream.of("setsid"), command.stream()).toList() : command;
    }
}
