package io.relata.deploy;

import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresException;
import io.relata.testkit.PostgresOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The database server: durable, with its own password, on loopback only.
public record PostgresPart(Home home, Addresses addresses, Secrets secrets) implements Part {

    private static final int SECONDS = 3;

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public List<Integer> ports() {
        return List.of(addresses.ports().postgres());
    }

    @Override
    public Path log() {
        return home.logs().resolve("postgres.log");
    }

    @Override
    public Optional<ProcessHandle> process() {
        return LocalPostgres.running(home.postgresData());
    }

    @Override
    public boolean healthy() {
        if (process().isEmpty()) {
            return false;
        }
        try (Connection connection = superuser()) {
            return connection.isValid(SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void start() {
        LocalPostgres server = server();
        try {
            Databases.createMissing(server, secrets);
        } catch (SQLException e) {
            throw new LauncherException("The databases cannot be created: " + e.getMessage(), e);
        }
    }

    @Override
    public void stop() {
        LocalPostgres.stop(home.postgresData());
    }

    private LocalPostgres server() {
        try {
            return LocalPostgres.start(new PostgresOptions(
                    home.runtime(),
                    home.postgresData(),
                    log(),
                    addresses.ports().postgres(),
                    secrets.postgres(),
                    true));
        } catch (PostgresException e) {
            throw new LauncherException(String.valueOf(e.getMessage()), e);
        }
    }

    private Connection superuser() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + addresses.ports().postgres() + "/postgres?connectTimeout=" + SECONDS,
                LocalPostgres.SUPERUSER,
                secrets.postgres());
    }
}
