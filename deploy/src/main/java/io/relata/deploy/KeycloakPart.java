package io.relata.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keycloak: who people are. Its data is in PostgreSQL; its program was optimised once and is kept.
public record KeycloakPart(Home home, Dist dist, Addresses addresses, Secrets secrets) implements Part {

    static final String ADMINISTRATOR = "admin";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// What Keycloak's own start script passes, and the quick compiler alone: it halves the work of a start, and
    /// signing in a few people needs no more.
    private static final List<String> JVM_OPTIONS = List.of(
            "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                    + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
            "-XX:MetaspaceSize=96M",
            "-XX:MaxMetaspaceSize=256m",
            "-Dfile.encoding=UTF-8",
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.security.egd=file:/dev/urandom",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xms64m",
            "-Xmx512m",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "-Duser.language=en",
            "-Duser.country=US",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Dpicocli.disable.closures=true");

    @Override
    public String name() {
        return "Keycloak";
    }

    @Override
    public List<Integer> ports() {
        return List.of(addresses.ports().keycloak(), addresses.ports().keycloakManagement());
    }

    @Override
    public Path log() {
        return home.logs().resolve("keycloak.log");
    }

    @Override
    public Optional<ProcessHandle> process() {
        return child().find();
    }

    @Override
    public boolean healthy() {
        return process().isPresent()
                && new Http()
                        .isHealthy("http://" + Addresses.LOOPBACK + ":"
                                + addresses.ports().keycloakManagement() + "/health/ready");
    }

    @Override
    public void start() throws IOException {
        Path program = Runtimes.keycloak(home, dist);
        boolean imported = RealmAddresses.known(home);
        if (!imported) {
            new Realm(dist, addresses, secrets).placeForImport(program);
        }
        List<String> command = command(program);
        command.addAll(List.of(
                "start",
                "--optimized",
                "--http-enabled=true",
                "--http-host=" + addresses.listen(),
                "--http-port=" + addresses.ports().keycloak(),
                "--http-management-host=" + Addresses.LOOPBACK,
                "--http-management-port=" + addresses.ports().keycloakManagement(),
                "--hostname=" + addresses.keycloak(),
                "--hostname-backchannel-dynamic=true",
                "--cache=local",
                // It would log every question that comes before it is ready.
                "--log-level=info,io.smallrye.health:off"));
        if (!imported) {
            command.add("--import-realm");
        }
        child().start(command, environment(), program, log());
    }

    @Override
    public void stop() {
        child().stop(PATIENCE);
    }

    /// Optimises the unpacked program for PostgreSQL; takes half a minute, once.
    static void build(Path program, Path log) throws IOException {
        List<String> command = command(program);
        command.addAll(List.of("build", "--db=postgres", "--health-enabled=true"));
        Files.createDirectories(log.getParent());
        Process process = new ProcessBuilder(command)
                .directory(program.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new LauncherException("Keycloak cannot be built; " + log + " says why.");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new LauncherException("Interrupted while Keycloak was being built.", e);
        }
    }

    private Map<String, String> environment() {
        return Map.of(
                "KC_DB_URL",
                "jdbc:postgresql://127.0.0.1:" + addresses.ports().postgres() + "/" + Databases.KEYCLOAK,
                "KC_DB_USERNAME",
                Databases.KEYCLOAK,
                "KC_DB_PASSWORD",
                secrets.keycloakDatabase(),
                // After a restart of the database, pooled connections are dead: look before using one that idled.
                "QUARKUS_DATASOURCE_JDBC_FOREGROUND_VALIDATION_INTERVAL",
                "1S",
                "KC_BOOTSTRAP_ADMIN_USERNAME",
                ADMINISTRATOR,
                "KC_BOOTSTRAP_ADMIN_PASSWORD",
                secrets.keycloakAdmin());
    }

    private static List<String> command(Path program) {
        List<String> command = new ArrayList<>(List.of(Java.command()));
        command.addAll(JVM_OPTIONS);
        command.addAll(List.of(
                "-Dkc.home.dir=" + program,
                "-Djboss.server.config.dir=" + program.resolve("conf"),
                "-cp",
                program.resolve("lib").resolve("quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
        return command;
    }

    private ChildProcess child() {
        return new ChildProcess(home, "keycloak");
    }
}
