package io.relata.core.migration;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.SlotIndex;
import io.relata.core.metadata.Solution;
import io.relata.core.metadata.SolutionException;
import io.relata.core.metadata.SolutionReader;
import io.relata.core.metadata.TableIndex;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// Brings the database to this version's shape, as its owner; then ends. Safe to run again.
///
/// First the schemas, then a record table for every family that the plugins' solution files name, then the indexes
/// that these want. Settings come
/// from the environment: `RELATA_DB_URL`, `RELATA_DB_USER`, `RELATA_DB_PASSWORD`, `RELATA_PLUGINS_DIR`.
public final class Migrator {

    static final int DONE = 0;
    static final int SETTINGS_MISSING = 2;
    static final int UNREACHABLE = 3;
    static final int FAILED = 4;
    static final int NEWER_DATABASE = 5;
    static final int PLUGIN_WRONG = 6;

    /// Keeps the history out of the schemas that it makes.
    private static final String HISTORY_SCHEMA = "migration";

    private final PGSimpleDataSource dataSource;
    private final Path plugins;
    private final PrintStream out;
    private final PrintStream errors;

    Migrator(PGSimpleDataSource dataSource, Path plugins, PrintStream out, PrintStream errors) {
        this.dataSource = dataSource;
        this.plugins = plugins;
        this.out = out;
        this.errors = errors;
    }

    public static void main(String[] arguments) {
        System.exit(run(System.getenv(), System.out, System.err));
    }

    static int run(Map<String, String> environment, PrintStream out, PrintStream errors) {
        for (String name : List.of("RELATA_DB_URL", "RELATA_DB_USER", "RELATA_DB_PASSWORD", "RELATA_PLUGINS_DIR")) {
            if (setting(environment, name) == null) {
                errors.println("The environment variable " + name + " is not set.");
                return SETTINGS_MISSING;
            }
        }
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        try {
            dataSource.setUrl(environment.get("RELATA_DB_URL"));
        } catch (IllegalArgumentException exception) {
            errors.println("RELATA_DB_URL is no PostgreSQL address: it must begin with jdbc:postgresql://");
            return SETTINGS_MISSING;
        }
        dataSource.setUser(environment.get("RELATA_DB_USER"));
        dataSource.setPassword(environment.get("RELATA_DB_PASSWORD"));
        return new Migrator(dataSource, Path.of(environment.getOrDefault("RELATA_PLUGINS_DIR", "")), out, errors)
                .migrate();
    }

    int migrate() {
        try {
            List<Solution> solutions = solutions();
            NavigableSet<String> families = new TreeSet<>();
            solutions.forEach(solution -> families.addAll(solution.families()));
            Flyway flyway = flyway();
            if (writtenByNewer(flyway)) {
                return NEWER_DATABASE;
            }
            out.println("Migrations applied: " + flyway.migrate().migrationsExecuted);
            createFamilies(families);
            createIndexes(solutions, families);
            out.println("Record tables: " + String.join(" ", families));
            return DONE;
        } catch (SolutionException exception) {
            errors.println("A plugin's solution is wrong: " + exception.getMessage());
            return PLUGIN_WRONG;
        } catch (IOException exception) {
            errors.println("The plugin directory cannot be read: " + exception.getMessage());
            return PLUGIN_WRONG;
        } catch (FlywayException exception) {
            errors.println("The migration failed: " + exception.getMessage());
            return FAILED;
        } catch (SQLException exception) {
            errors.println("The database failed: " + exception.getMessage());
            return unreachable(exception) ? UNREACHABLE : FAILED;
        }
    }

    private Flyway flyway() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            out.println("Database: " + connection.getMetaData().getDatabaseProductVersion());
        }
        return Flyway.configure(Migrator.class.getClassLoader())
                .dataSource(dataSource)
                .defaultSchema(HISTORY_SCHEMA)
                .createSchemas(true)
                .locations("classpath:db/migration")
                .load();
    }

    private boolean writtenByNewer(Flyway flyway) {
        List<String> unknown = Arrays.stream(flyway.info().applied())
                .filter(migration -> migration.getState().isApplied()
                        && !migration.getState().isResolved())
                .filter(migration -> migration.getVersion() != null)
                .map(MigrationInfo::getScript)
                .toList();
        if (!unknown.isEmpty()) {
            errors.println("The database was written by a newer version of Relata (it has " + unknown.getLast()
                    + "). Start that version, or use another database.");
        }
        return !unknown.isEmpty();
    }

    private List<Solution> solutions() throws IOException {
        List<Solution> solutions = new ArrayList<>();
        SolutionReader reader = new SolutionReader();
        try (Stream<Path> files = Files.list(plugins)) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                reader.read(jar).ifPresent(solutions::add);
            }
        }
        return solutions;
    }

    private void createFamilies(NavigableSet<String> families) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement call = connection.prepareStatement("call relata.create_record_family(?)")) {
            for (String family : families) {
                call.setString(1, family);
                call.execute();
            }
        }
    }

    private void createIndexes(List<Solution> solutions, Set<String> families) throws SQLException {
        Set<String> all = new TreeSet<>(families);
        all.add(EntityDefinition.SHARED_FAMILY);
        List<TableIndex> wanted = new ArrayList<>(SlotIndex.of(all, solutions));
        solutions.forEach(solution -> wanted.addAll(solution.indexes()));
        Set<String> tables = new HashSet<>();
        all.forEach(family -> tables.add("record_" + family));
        try (Connection connection = dataSource.getConnection()) {
            new RecordIndexes(connection).bringTo(wanted, tables);
        }
    }

    /// Connection trouble, a wrong password, or no such database.
    private static boolean unreachable(SQLException exception) {
        String state = exception.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("28") || state.startsWith("3D"));
    }

    private static @Nullable String setting(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }
}
