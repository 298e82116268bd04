package io.relata.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The one throw-away server of a JVM: fast, in a temporary folder, never left behind.
///
/// @param postgres the server
/// @param guard    the shell that ends the server when this JVM ends, because then its input ends; held here because
///                 a collected Process would close that input
record TestServer(LocalPostgres postgres, Process guard) {

    static final TestServer SHARED = start();

    private static final int PORT_TRIES = 5;

    private static final String GUARD = """
            trap '' INT
            folder=$1; log=$2; shift 2
            exec 3<&0
            "$@" >>"$log" 2>&1 </dev/null 3<&- &
            server=$!
            (read -r _ <&3; touch "$folder/unwanted"; kill -INT "$server") 2>/dev/null &
            reader=$!
            wait "$server"
            if [ -e "$folder/unwanted" ]; then rm -rf "$folder"; else kill "$reader"; fi
            """;

    private static TestServer start() {
        try {
            Path folder = Files.createTempDirectory("relata-postgres-");
            PostgresOptions options = new PostgresOptions(
                    cache(),
                    folder.resolve("data"),
                    folder.resolve("postgres.log"),
                    PostgresOptions.ANY_PORT,
                    UUID.randomUUID().toString(),
                    false);
            return onFreePort(PostgresStarter.of(options), folder);
        } catch (IOException e) {
            throw new PostgresException("No temporary folder for PostgreSQL: " + e.getMessage(), e);
        }
    }

    /// Another program may take the free port before PostgreSQL does: then the next one is tried.
    private static TestServer onFreePort(PostgresStarter prepared, Path folder) throws IOException {
        for (int left = PORT_TRIES; ; left--) {
            PostgresOptions options = prepared.options().withPort(freePort());
            PostgresStarter starter = new PostgresStarter(options, prepared.commands());
            Process guard = starter.launch(
                    new ProcessBuilder(guarded(prepared.commands().postgres(options), folder, options.log()))
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD));
            try {
                return new TestServer(starter.awaitReady(guard.toHandle()), guard);
            } catch (PostgresException e) {
                if (left == 1) {
                    throw e;
                }
            }
        }
    }

    private static List<String> guarded(List<String> command, Path folder, Path log) {
        List<String> guarded = new ArrayList<>(List.of("sh", "-c", GUARD, "guard", folder.toString(), log.toString()));
        guarded.addAll(command);
        return guarded;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Path cache() {
        String configured = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        Path base = configured.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(configured);
        try {
            return Files.createDirectories(base.resolve("relata"));
        } catch (IOException e) {
            return Path.of(System.getProperty("java.io.tmpdir"), "relata-" + System.getProperty("user.name"));
        }
    }
}
