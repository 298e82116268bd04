package io.relata.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Brings up one server: prepares its data directory, deals with what an earlier one left, starts it, checks it.
record PostgresStarter(PostgresOptions options, PostgresCommands commands) {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    /// Prepares the data directory if it is new; refuses one of another PostgreSQL version.
    static PostgresStarter of(PostgresOptions options) {
        PostgresBinaries binaries = PostgresBinaries.in(options.home());
        Integer found = PostgresBinaries.majorVersionOf(options.data());
        if (found != null && found != binaries.majorVersion()) {
            throw new PostgresException("The data in " + options.data() + " was written by PostgreSQL " + found
                    + ", but this is PostgreSQL " + binaries.majorVersion() + ".");
        }
        PostgresStarter starter = new PostgresStarter(options, new PostgresCommands(binaries));
        if (found == null) {
            starter.initialise();
        }
        return starter;
    }

    LocalPostgres adoptOrLaunch() {
        Optional<Postmaster> orphan = Postmaster.of(options.data());
        if (orphan.isPresent() && orphan.get().port() == options.port()) {
            return awaitReady(orphan.get().process());
        }
        orphan.ifPresent(Postmaster::stop);
        ProcessBuilder builder = new ProcessBuilder(commands.inOwnSession(commands.postgres(options)))
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(options.log().toFile()));
        return awaitReady(launch(builder).toHandle());
    }

    /// Starts the process; its output goes where the builder says.
    Process launch(ProcessBuilder builder) {
        try {
            // Whatever it names is dead or not ours, and a pid in use by another program would stop PostgreSQL.
            Files.deleteIfExists(options.data().resolve("postmaster.pid"));
            return builder.directory(options.data().toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new PostgresException("PostgreSQL cannot be started: " + e.getMessage(), e);
        }
    }

    /// Waits until the server accepts connections and proves to be ours.
    LocalPostgres awaitReady(ProcessHandle started) {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            Optional<Postmaster> postmaster = Postmaster.of(options.data()).filter(Postmaster::ready);
            if (postmaster.isPresent()) {
                LocalPostgres server = new LocalPostgres(options, postmaster.get());
                verifyIsOurs(server);
                return server;
            }
            if (!started.isAlive()) {
                throw new PostgresException("PostgreSQL ended while starting; " + options.log() + " says why.");
            }
            if (System.nanoTime() > deadline) {
                started.destroyForcibly();
                throw new PostgresException("PostgreSQL was not ready in time; " + options.log() + " may say why.");
            }
            Postmaster.pause();
        }
    }

    /// No SQL before this check: on the same port could listen somebody else's server.
    private void verifyIsOurs(LocalPostgres server) {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show data_directory")) {
            row.next();
            Path served = Path.of(row.getString(1)).toRealPath();
            if (!served.equals(options.data().toRealPath())) {
                throw new PostgresException(
                        "Port " + server.port() + " belongs to another PostgreSQL, which serves " + served + ".");
            }
        } catch (SQLException | IOException e) {
            throw new PostgresException(
                    "PostgreSQL runs on port " + server.port() + " but does not let us in: " + e.getMessage(), e);
        }
    }

    /// Initialises beside the real place and moves, so that a crash never leaves half a data directory.
    private void initialise() {
        Path data = options.data();
        Path unfinished = data.resolveSibling(data.getFileName() + ".initdb");
        Path passwordFile = data.resolveSibling(data.getFileName() + ".password");
        try {
            if (Files.isDirectory(data) && !Folders.isEmpty(data)) {
                throw new PostgresException(data + " holds other files, so PostgreSQL cannot keep its data there.");
            }
            Folders.delete(unfinished);
            Files.createDirectories(data.getParent());
            Files.createDirectories(options.log().getParent());
            Files.deleteIfExists(passwordFile);
            Files.createFile(
                    passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.writeString(passwordFile, options.password());
                run(commands.initdb(unfinished, passwordFile, options.durable()));
            } finally {
                Files.deleteIfExists(passwordFile);
            }
            Files.move(unfinished, data, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new PostgresException(
                    "PostgreSQL's data directory " + data + " cannot be made: " + e.getMessage(), e);
        }
    }

    private void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(options.log().toFile()))
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new PostgresException("PostgreSQL's initdb failed; " + options.log() + " says why.");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new PostgresException("Interrupted while PostgreSQL was being prepared.", e);
        }
    }
}
