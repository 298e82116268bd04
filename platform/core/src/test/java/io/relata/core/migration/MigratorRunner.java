package io.relata.core.migration;

import io.relata.core.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// Runs the migrator as the launcher does, in this process.
public final class MigratorRunner {

    /// Done, and nothing to complain of.
    public static final Outcome SUCCESS = new Outcome(Migrator.DONE, "");

    private MigratorRunner() {}

    /// How a run ended.
    public record Outcome(int code, String errors) {}

    public static Outcome run(TestDatabase database, Path plugins) {
        return run(Map.of(
                "RELATA_DB_URL",
                database.postgres().jdbcUrl(database.name()),
                "RELATA_DB_USER",
                "relata_owner",
                "RELATA_DB_PASSWORD",
                TestDatabase.PASSWORD,
                "RELATA_PLUGINS_DIR",
                plugins.toString()));
    }

    public static Outcome run(Map<String, String> environment) {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int code = Migrator.run(
                environment,
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8));
        return new Outcome(code, errors.toString(StandardCharsets.UTF_8));
    }
}
