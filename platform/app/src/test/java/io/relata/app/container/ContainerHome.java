package io.relata.app.container;

import io.relata.testkit.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.postgresql.ds.PGSimpleDataSource;

/// Prepares, before the first test in the container, what the server needs: a migrated database with its roles,
/// and a server folder with the product's own server.xml. Does nothing in a run without the container.
public final class ContainerHome implements LauncherSessionListener {

    private static final String PASSWORD = "container-tests";
    private static final String DATABASE = "relata_container";
    private static final int MIGRATION_SECONDS = 120;

    private static final String DATA_SOURCE = """
                <dataSource jndiName="jdbc/%s" transactional="false" type="javax.sql.DataSource">
                    <jdbcDriver libraryRef="postgresql" javax.sql.DataSource="org.postgresql.ds.PGSimpleDataSource"/>
                    <connectionManager minPoolSize="0" maxPoolSize="%d" connectionTimeout="60s" enableSharingForDirectLookups="false"/>
                    <properties URL="%s" user="%s" password="%s"/>
                </dataSource>
            """;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (System.getProperty("relata.it.liberty") == null) {
            return;
        }
        try {
            Files.createDirectories(Path.of(System.getenv("RELATA_PLUGINS_DIR")));
            LocalPostgres postgres = LocalPostgres.forTests();
            prepareDatabase(postgres);
            prepareServer(postgres);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        } catch (SQLException | InterruptedException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private static void prepareDatabase(LocalPostgres postgres) throws SQLException, IOException, InterruptedException {
        for (String role : List.of("relata_owner", "relata_app", "relata_tenant_admin")) {
            postgres.execute("postgres", "create role " + role + " login password '" + PASSWORD + "'");
        }
        postgres.createDatabase(DATABASE);
        postgres.execute("postgres", "alter database " + DATABASE + " owner to relata_owner");
        ProcessBuilder migrator = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.relata.core.migration.Migrator")
                .inheritIO();
        migrator.environment()
                .putAll(Map.of(
                        "RELATA_DB_URL",
                        postgres.jdbcUrl(DATABASE),
                        "RELATA_DB_USER",
                        "relata_owner",
                        "RELATA_DB_PASSWORD",
                        PASSWORD,
                        "RELATA_PLUGINS_DIR",
                        System.getenv("RELATA_PLUGINS_DIR")));
        Process process = migrator.start();
        if (!process.waitFor(MIGRATION_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("The migrator failed");
        }
    }

    private static void prepareServer(LocalPostgres postgres) throws IOException {
        Path userDir = Files.createDirectories(
                Path.of(System.getProperty("relata.it.liberty")).resolveSibling("it-user"));
        Path server = Files.createDirectories(userDir.resolve("servers/it"));
        Files.createDirectories(server.resolve("dropins"));
        Path driver = Path.of(PGSimpleDataSource.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        Files.createDirectories(server.resolve("lib"));
        Files.copy(driver, server.resolve("lib/postgresql.jar"), StandardCopyOption.REPLACE_EXISTING);
        int port = freePort();
        Files.writeString(server.resolve("server.xml"), serverXml(postgres, port));
        System.setProperty("relata.it.user.dir", userDir.toString());
        System.setProperty("relata.it.http.port", Integer.toString(port));
    }

    /// The product's server.xml, less the application, and with what the tests need besides: deployment through
    /// JMX, and data sources that the product must refuse or that leave no room for mistakes.
    private static String serverXml(LocalPostgres postgres, int port) throws IOException {
        String product = Files.readString(Path.of(System.getProperty("relata.it.server.xml")))
                .replaceFirst("(?s)<webApplication.*</webApplication>", "")
                .replaceFirst("<applicationMonitor[^>]*/>", "")
                .replaceFirst("<config [^>]*/>", "");
        String url = postgres.jdbcUrl(DATABASE);
        String sources = DATA_SOURCE.formatted("single", 1, url, "relata_app", PASSWORD)
                + DATA_SOURCE.formatted("owner", 1, url, "relata_owner", PASSWORD)
                + DATA_SOURCE.formatted("superuser", 2, url, LocalPostgres.SUPERUSER, postgres.password());
        return product.substring(0, product.lastIndexOf("</server>"))
                + """
                    <featureManager><feature>localConnector-1.0</feature></featureManager>
                    <applicationMonitor updateTrigger="mbean" dropinsEnabled="true"/>
                    <config updateTrigger="mbean"/>
                    <variable name="RELATA_HTTP_PORT" value="%d"/>
                    <variable name="RELATA_DB_PORT" value="%d"/>
                    <variable name="RELATA_DB_NAME" value="%s"/>
                    <variable name="RELATA_DB_PASSWORD" value="%s"/>
                    %s
                </server>
                """.formatted(port, postgres.port(), DATABASE, PASSWORD, sources);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
