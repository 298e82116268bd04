package io.relata.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.core.migration.MigratorRunner;
import io.relata.testkit.LocalPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/// A database of one test class: made by the migrator as the owner, used as the application's role.
public record TestDatabase(LocalPostgres postgres, String name) {

    public static final String PASSWORD = "test-only";

    /// Creates the database with the record tables that the plugins in the folder name.
    public static TestDatabase create(LocalPostgres postgres, Path plugins) throws SQLException {
        TestDatabase database = empty(postgres);
        assertThat(MigratorRunner.run(database, plugins)).isEqualTo(MigratorRunner.SUCCESS);
        return database;
    }

    /// Creates the database with its roles and no schema.
    public static TestDatabase empty(LocalPostgres postgres) throws SQLException {
        for (String role : List.of("relata_owner", "relata_app", "relata_tenant_admin")) {
            postgres.execute(
                    "postgres",
                    "do $$ begin if not exists (select from pg_roles where rolname = '" + role + "') then create role "
                            + role + " login password '" + PASSWORD + "'; end if; end $$");
        }
        TestDatabase database = new TestDatabase(postgres, postgres.createDatabase());
        postgres.execute("postgres", "alter database " + database.name + " owner to relata_owner");
        return database;
    }

    /// Returns the source of connections that the platform gets.
    public DataSource application() {
        return new GuardedDataSource(postgres.dataSource(name, "relata_app", PASSWORD), new TenantGuard(this));
    }

    public DataSource owner() {
        return postgres.dataSource(name, "relata_owner", PASSWORD);
    }

    /// Creates a tenant that has the plugins.
    public UUID tenant(String slug, String... plugins) throws SQLException {
        UUID tenant = UUID.randomUUID();
        update(
                "insert into control.tenant (id, slug, name, organization_id, status, locale, time_zone, currency, created_at)"
                        + " values (?, ?, ?, ?, 'active', 'en', 'America/New_York', 'USD', now())",
                tenant,
                slug + tenant,
                slug,
                tenant.toString());
        for (String plugin : plugins) {
            update("insert into control.entitlement (tenant_id, plugin) values (?, ?)", tenant, plugin);
        }
        return tenant;
    }

    /// Runs a statement as the superuser, whom row-level security does not bind.
    public void update(String sql, Object... arguments) throws SQLException {
        try (Connection connection = postgres.connect(name);
                PreparedStatement statement = prepared(connection, sql, arguments)) {
            statement.execute();
        }
    }

    /// Returns the first column of all rows, read as the superuser.
    public List<Object> all(String sql, Object... arguments) throws SQLException {
        try (Connection connection = postgres.connect(name);
                PreparedStatement statement = prepared(connection, sql, arguments);
                ResultSet rows = statement.executeQuery()) {
            List<Object> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getObject(1));
            }
            return values;
        }
    }

    public long count(String sql, Object... arguments) throws SQLException {
        return ((Number) all(sql, arguments).getFirst()).longValue();
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... arguments)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }
}
