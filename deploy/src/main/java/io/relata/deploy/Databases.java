package io.relata.deploy;

import io.relata.testkit.LocalPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/// The databases and roles that the parts expect; none of the roles is a superuser.
final class Databases {

    /// The database of tenants and their data.
    static final String RELATA = "relata";

    static final String KEYCLOAK = "keycloak";
    static final String OWNER = "relata_owner";
    static final String APP = "relata_app";
    static final String TENANT_ADMIN = "relata_tenant_admin";

    private Databases() {}

    static void createMissing(LocalPostgres server, Secrets secrets) throws SQLException {
        Map<String, String> roles = Map.of(
                KEYCLOAK, secrets.keycloakDatabase(),
                OWNER, secrets.relataOwner(),
                APP, secrets.relataApp(),
                TENANT_ADMIN, secrets.relataTenantAdmin());
        try (Connection connection = server.connect("postgres")) {
            for (Map.Entry<String, String> role : roles.entrySet()) {
                createRole(connection, role.getKey(), role.getValue());
            }
            createDatabase(connection, KEYCLOAK, KEYCLOAK);
            createDatabase(connection, RELATA, OWNER);
        }
    }

    private static void createRole(Connection connection, String role, String password) throws SQLException {
        if (exists(connection, "select 1 from pg_roles where rolname = ?", role)) {
            return;
        }
        execute(
                connection,
                "create role " + role + " login nosuperuser nobypassrls nocreatedb nocreaterole password '" + password
                        + "'");
    }

    private static void createDatabase(Connection connection, String database, String owner) throws SQLException {
        if (exists(connection, "select 1 from pg_database where datname = ?", database)) {
            return;
        }
        execute(connection, "create database " + database + " owner " + owner + " template template0");
        execute(connection, "revoke all on database " + database + " from public");
        if (database.equals(RELATA)) {
            execute(connection, "grant connect on database " + database + " to " + APP + ", " + TENANT_ADMIN);
        }
    }

    private static boolean exists(Connection connection, String sql, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
