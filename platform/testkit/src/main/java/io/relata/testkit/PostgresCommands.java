package io.relata.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The command lines of PostgreSQL's programs, as they must be on this machine.
record PostgresCommands(PostgresBinaries binaries) {

    List<String> initdb(Path data, Path passwordFile, boolean durable) {
        List<String> command = asOrdinaryUser();
        command.addAll(List.of(
                binaries.program("initdb").toString(),
                "--pgdata=" + data,
                "--username=" + LocalPostgres.SUPERUSER,
                "--auth=scram-sha-256",
                "--pwfile=" + passwordFile,
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--no-instructions"));
        if (!durable) {
            command.add("--no-sync");
        }
        return command;
    }

    /// Out of reach of the terminal's Ctrl-C, so that whoever started it decides when it stops.
    List<String> inOwnSession(List<String> command) {
        boolean possible = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "setsid")));
        return possible ? Stream.concat(Stream.of("setsid"), command.stream()).toList() : command;
    }

    List<String> postgres(PostgresOptions options) {
        List<String> command = asOrdinaryUser();
        command.addAll(List.of(
                binaries.program("postgres").toString(), "-D", options.data().toString()));
        settings(options).forEach(setting -> command.addAll(List.of("-c", setting)));
        return command;
    }

    private static List<String> settings(PostgresOptions options) {
        Stream<String> always = Stream.of(
                "port=" + options.port(),
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "max_connections=200",
                "jit=off",
                "random_page_cost=1.1",
                "timezone=UTC",
                "log_timezone=UTC",
                "logging_collector=off",
                "log_line_prefix=%m [%p] %u@%d ");
        Stream<String> durability = options.durable()
                ? Stream.of("fsync=on", "synchronous_commit=on", "full_page_writes=on")
                : Stream.of("fsync=off", "synchronous_commit=off", "full_page_writes=off");
        return Stream.concat(always, durability).toList();
    }

    /// PostgreSQL refuses to run as root; in a user namespace of its own it is nobody, yet may read root's files.
    private static List<String> asOrdinaryUser() {
        return isRoot() ? new ArrayList<>(List.of("unshare", "-U")) : new ArrayList<>();
    }

    private static boolean isRoot() {
        try {
            Path self = Path.of("/proc/self");
            if (Files.exists(self)) {
                return Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"));
            }
        } catch (IOException | UnsupportedOperationException e) {
            return System.getProperty("user.name", "").equals("root");
        }
        return System.getProperty("user.name", "").equals("root");
    }
}
