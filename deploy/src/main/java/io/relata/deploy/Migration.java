package io.relata.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Brings the database's schemas to this version, with the one role that owns them.
record Migration(Home home, Dist dist, Addresses addresses, Secrets secrets) {

    private static final String MAIN = "io.relata.core.migration.Migrator";

    void run() throws IOException {
        Path log = home.logs().resolve("migration.log");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Java.command(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        dist.libraries().resolve("*").toString(),
                        MAIN))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()));
        builder.environment()
                .putAll(Map.of(
                        "RELATA_DB_URL",
                        "jdbc:postgresql://127.0.0.1:" + addresses.ports().postgres() + "/" + Databases.RELATA,
                        "RELATA_DB_USER",
                        Databases.OWNER,
                        "RELATA_DB_PASSWORD",
                        secrets.relataOwner(),
                        "RELATA_PLUGINS_DIR",
                        home.plugins().toString()));
        Files.createDirectories(log.getParent());
        Process process = builder.start();
        try {
            if (process.waitFor() != 0) {
                throw new LauncherException("The database cannot be migrated; " + log + " says why.");
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new LauncherException("Interrupted while the database was being migrated.", e);
        }
    }
}
