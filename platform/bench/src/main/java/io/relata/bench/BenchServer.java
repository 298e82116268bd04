package io.relata.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;

/// The product's server with its own configuration and application, and the hand-written endpoint beside it on the same
/// pool of connections.
record BenchServer(Process process, int port) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long STOPPING_SECONDS = 60;

    private static final String HAND = """
                <webApplication id="hand" location="hand.war" contextRoot="/hand">
                    <classloader commonLibraryRef="postgresql"/>
                </webApplication>
            </server>
            """;

    /// Where the parts lie.
    ///
    /// @param liberty       the server's installation
    /// @param war           the application
    /// @param configuration its server.xml
    /// @param options       what the server's JVM is started with besides
    record Parts(Path liberty, Path war, Path configuration, List<String> options) {

        /// Reads the places from the system's properties, as the build sets them.
        static Parts ofProperties() {
            return new Parts(
                    Path.of(System.getProperty("bench.liberty")),
                    Path.of(System.getProperty("bench.war")),
                    Path.of(System.getProperty("bench.server.xml")),
                    Arrays.stream(System.getProperty("bench.server.options", "").split(" ", -1))
                            .filter(option -> !option.isEmpty())
                            .toList());
        }
    }

    /// Starts the server and waits until both sides answer.
    static BenchServer start(Path folder, Parts parts, BenchDatabase database, Issuer issuer)
            throws IOException, InterruptedException {
        Path server = Files.createDirectories(folder.resolve("servers/bench"));
        Path applications = Files.createDirectories(server.resolve("apps"));
        Files.copy(parts.war(), applications.resolve("relata-app.war"), StandardCopyOption.REPLACE_EXISTING);
        HandArchive.write(applications.resolve("hand.war"));
        Files.createDirectories(server.resolve("lib"));
        Files.copy(
                HandArchive.origin(PGSimpleDataSource.class),
                server.resolve("lib/postgresql.jar"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(
                server.resolve("server.xml"),
                Files.readString(parts.configuration()).replace("</server>", HAND));
        int port = BenchDatabase.freePort();
        ProcessBuilder builder = new ProcessBuilder(command(parts))
                .directory(server.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile());
        builder.environment().putAll(environment(folder, database, issuer, port));
        BenchServer running = new BenchServer(builder.start(), port);
        running.await("/health");
        running.await("/hand/api/opportunities");
        return running;
    }

    private static List<String> command(Parts parts) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-Djdk.attach.allowAttachSelf=true",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xms64m",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "@" + parts.liberty().resolve("lib/platform/java/java24.options")));
        command.addAll(parts.options());
        command.addAll(List.of(
                "-jar", parts.liberty().resolve("bin/tools/ws-server.jar").toString(), "bench"));
        return command;
    }

    private static Map<String, String> environment(Path folder, BenchDatabase database, Issuer issuer, int port) {
        Map<String, String> environment = new HashMap<>();
        environment.put("WLP_USER_DIR", folder.toString());
        environment.put("WLP_OUTPUT_DIR", folder.resolve("output").toString());
        environment.put("RELATA_HTTP_PORT", Integer.toString(port));
        environment.put("RELATA_DB_PORT", Integer.toString(database.postgres().port()));
        environment.put("RELATA_DB_NAME", database.name());
        environment.put("RELATA_DB_PASSWORD", BenchDatabase.PASSWORD);
        environment.put("RELATA_PROFILE", "dev");
        environment.put("RELATA_PUBLIC_URL", "http://127.0.0.1:" + port);
        environment.put("RELATA_ISSUER", issuer.name());
        environment.put("RELATA_KEYCLOAK_URL", issuer.address());
        environment.put("RELATA_WEB_CLIENT_ID", "relata-web");
        environment.put("RELATA_WEB_CLIENT_SECRET", BenchDatabase.PASSWORD);
        environment.put("RELATA_PLUGINS_DIR", database.plugins().toString());
        environment.put(
                "RELATA_FILES_DIR", database.plugins().resolveSibling("files").toString());
        return environment;
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    /// Waits until the path is answered, were it with a refusal.
    private void await(String path) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            if (!process.isAlive()) {
                throw new IOException("The server has ended: see server.log");
            }
            try {
                HttpURLConnection connection =
                        (HttpURLConnection) URI.create(address() + path).toURL().openConnection();
                int status = connection.getResponseCode();
                if (status < 404) {
                    return;
                }
            } catch (IOException notYet) {
                // Asked again below.
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
        throw new IOException("No answer from " + path + ": see server.log");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOPPING_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
