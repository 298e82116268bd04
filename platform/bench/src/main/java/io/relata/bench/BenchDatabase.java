package io.relata.bench;

import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.postgresql.ds.PGSimpleDataSource;

/// A durable PostgreSQL in a folder of the benchmark's own, with the product's schema and a plugin of two entities.
record BenchDatabase(LocalPostgres postgres, String name, Path plugins) {

    static final String PASSWORD = "bench";

    private static final List<String> SETTINGS = List.of(
            "shared_buffers = '2GB'",
            "max_wal_size = '8GB'",
            "maintenance_work_mem = '1GB'",
            "effective_cache_size = '8GB'",
            "work_mem = '16MB'",
            "autovacuum = off");

    /// Starts the server in the folder and brings the database to the product's present shape.
    static BenchDatabase start(Path folder, String name) throws SQLException, IOException, InterruptedException {
        Files.createDirectories(folder);
        LocalPostgres postgres = postgres(folder);
        for (String role : List.of("relata_owner", "relata_app", "relata_tenant_admin")) {
            postgres.execute(
                    "postgres",
                    "do $$ begin if not exists (select from pg_roles where rolname = '" + role + "') then create role "
                            + role + " login password '" + PASSWORD + "'; end if; end $$");
        }
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        writePlugin(plugins.resolve("bench.jar"));
        BenchDatabase database = new BenchDatabase(postgres, name, plugins);
        if (!database.exists()) {
            postgres.createDatabase(name);
            postgres.execute("postgres", "alter database " + name + " owner to relata_owner");
        }
        database.migrate();
        return database;
    }

    private static LocalPostgres postgres(Path folder) throws SQLException, IOException {
        PostgresOptions options = new PostgresOptions(
                folder, folder.resolve("data"), folder.resolve("postgres.log"), freePort(), PASSWORD, true);
        LocalPostgres postgres = LocalPostgres.start(options);
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            for (String setting : SETTINGS) {
                statement.execute("alter system set " + setting);
            }
        }
        postgres.stop();
        return LocalPostgres.start(options);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean exists() throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select from pg_database where datname = '" + name + "'")) {
            return rows.next();
        }
    }

    private void migrate() throws IOException, InterruptedException {
        ProcessBuilder migrator = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.relata.core.migration.Migrator")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        migrator.environment()
                .putAll(Map.of(
                        "RELATA_DB_URL",
                        postgres.jdbcUrl(name),
                        "RELATA_DB_USER",
                        "relata_owner",
                        "RELATA_DB_PASSWORD",
                        PASSWORD,
                        "RELATA_PLUGINS_DIR",
                        plugins.toString()));
        if (migrator.start().waitFor() != 0) {
            throw new IllegalStateException("The migrator failed");
        }
    }

    PGSimpleDataSource application() {
        return postgres.dataSource(name, "relata_app", PASSWORD);
    }

    /// Opens a connection as the superuser.
    Connection connect() throws SQLException {
        return postgres.connect(name);
    }

    void execute(String sql) throws SQLException {
        postgres.execute(name, sql);
    }

    /// Returns the first column of all rows, as texts.
    List<String> column(String sql) throws SQLException {
        List<String> column = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                column.add(rows.getString(1));
            }
        }
        return column;
    }

    /// Creates tenant number n, with the plugin.
    void createTenant(UUID tenant, int number) throws SQLException {
        execute(
                "insert into control.tenant (id, slug, name, organization_id, status, locale, time_zone, currency, created_at)"
                        + " values ('%1$s', 't%2$d', 't%2$d', '%1$s', 'active', 'en', 'UTC', 'USD', now());"
                                .formatted(tenant, number)
                        + " insert into control.entitlement (tenant_id, plugin) values ('%s', 'bench')"
                                .formatted(tenant));
    }

    static String resource(String path) throws IOException {
        try (InputStream bytes = BenchDatabase.class.getResourceAsStream(path)) {
            if (bytes == null) {
                throw new IOException("Missing " + path);
            }
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void writePlugin(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Plugin-Id", "bench");
        attributes.putValue("Plugin-Version", "1.0.0");
        attributes.putValue("Plugin-Provider", "Bench");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out, manifest)) {
            for (String file : List.of("solution.json", "entities/account.json", "entities/opportunity.json")) {
                zip.putNextEntry(new ZipEntry("solution/" + file));
                zip.write(resource("/solution/" + file).getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
    }
}
