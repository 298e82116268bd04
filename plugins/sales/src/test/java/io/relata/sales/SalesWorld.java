package io.relata.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.BackgroundWork;
import io.relata.core.Relata;
import io.relata.core.imports.ImportJob;
import io.relata.core.imports.ImportService;
import io.relata.core.imports.ImportUpload;
import io.relata.core.odata.ODataService;
import io.relata.spi.CallContext;
import io.relata.spi.Origin;
import io.relata.testkit.LocalPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// The platform's engine with the plugin's own jar, on a migrated database.
final class SalesWorld implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Path DEMO = Path.of(System.getProperty("sales.demo"));

    private final LocalPostgres postgres;
    private final String database;
    private final Path plugins;
    private final Path files;
    private final Relata relata;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BackgroundWork background;
    private final ImportService imports;
    private final ODataService odata;

    private SalesWorld(LocalPostgres postgres, String database, Path plugins, Path files) {
        this.postgres = postgres;
        this.database = database;
        this.plugins = plugins;
        this.files = files;
        this.relata = Relata.start(new Relata.Settings(
                postgres.dataSource(database, "relata_app", JobProcess.PASSWORD), Clock.systemUTC(), plugins, files));
        this.odata = JobProcess.odata(relata);
        this.background = BackgroundWork.of(relata, odata, threads);
        this.imports = background.imports();
    }

    static SalesWorld create(LocalPostgres postgres, Path folder)
            throws IOException, SQLException, InterruptedException {
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        Path files = Files.createDirectory(folder.resolve("files"));
        Files.copy(Path.of(System.getProperty("sales.jar")), plugins.resolve("relata-sales.jar"));
        for (String role : List.of("relata_owner", "relata_app", "relata_tenant_admin")) {
            postgres.execute("postgres", """
                    do $$ begin if not exists (select from pg_roles where rolname = '%s') then
                    create role %s login password '%s'; end if; end $$""".formatted(role, role, JobProcess.PASSWORD));
        }
        String database = postgres.createDatabase();
        postgres.execute("postgres", "alter database " + database + " owner to relata_owner");
        migrate(postgres.jdbcUrl(database), plugins, folder);
        return new SalesWorld(postgres, database, plugins, files);
    }

    private static void migrate(String url, Path plugins, Path folder) throws IOException, InterruptedException {
        ProcessBuilder migrator = java("io.relata.core.migration.Migrator", folder);
        migrator.environment().put("RELATA_DB_URL", url);
        migrator.environment().put("RELATA_DB_USER", "relata_owner");
        migrator.environment().put("RELATA_DB_PASSWORD", JobProcess.PASSWORD);
        migrator.environment().put("RELATA_PLUGINS_DIR", plugins.toString());
        assertThat(migrator.start().waitFor()).as("migrator").isZero();
    }

    /// Begins to work on jobs in this process.
    void start() {
        background.start();
    }

    /// Begins to work on jobs in a process of its own.
    Process startElsewhere() throws IOException {
        return startElsewhere(Map.of());
    }

    /// Begins a process of its own.
    ///
    /// @param environment says what it is to do before it works on jobs
    Process startElsewhere(Map<String, String> environment) throws IOException {
        ProcessBuilder process = java("io.relata.sales.JobProcess", files);
        process.environment().putAll(environment);
        process.environment().put("URL", postgres.jdbcUrl(database));
        process.environment().put("PLUGINS", plugins.toString());
        process.environment().put("FILES", files.toString());
        return process.start();
    }

    private static ProcessBuilder java(String main, Path folder) {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        main)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(main + ".log").toFile());
    }

    /// Returns the administrator of a new tenant as the demo describes it.
    CallContext tenant(String slug) throws IOException, SQLException {
        JsonNode tenant =
                JSON.readTree(DEMO.resolve(slug).resolve("demo.json").toFile()).path("tenant");
        UUID id = UUID.randomUUID();
        UUID user = UUID.randomUUID();
        update(
                "insert into control.tenant (id, slug, name, organization_id, status, locale, time_zone, currency, created_at)"
                        + " values (?, ?, ?, ?, 'active', ?, ?, ?, now())",
                id,
                slug + id,
                tenant.path("name").textValue(),
                id.toString(),
                tenant.path("locale").textValue(),
                tenant.path("timeZone").textValue(),
                tenant.path("currency").textValue());
        update("insert into control.entitlement (tenant_id, plugin) values (?, 'sales')", id);
        update(
                "insert into control.membership (tenant_id, user_id, kind, role, status, username, display_name, created_at)"
                        + " values (?, ?, 'service', 'administrator', 'active', 'demo', 'Demo', now())",
                id,
                user);
        return new CallContext(
                id,
                user,
                Set.of(CallContext.ADMINISTRATOR),
                Locale.forLanguageTag(tenant.path("locale").textValue()),
                ZoneId.of(tenant.path("timeZone").textValue()),
                Currency.getInstance(tenant.path("currency").textValue()),
                "demo",
                Origin.API);
    }

    /// Hands in the demo's files, in order.
    List<UUID> submitDemo(CallContext context, String slug) throws IOException {
        Path folder = DEMO.resolve(slug);
        List<UUID> jobs = new ArrayList<>();
        for (JsonNode step : JSON.readTree(folder.resolve("demo.json").toFile()).path("imports")) {
            String file = step.path("file").textValue();
            JsonNode mapping = JSON.readTree(
                    folder.resolve(step.path("mapping").textValue()).toFile());
            try (InputStream content = Files.newInputStream(folder.resolve(file));
                    ImportUpload upload = imports.receive(context, content)) {
                ImportService.Checked checked = imports.check(context, upload, file, mapping);
                jobs.add(relata.writer()
                        .transaction(context, tx -> imports.submit(tx, checked))
                        .id());
            }
            imports.wake(context);
        }
        return jobs;
    }

    /// Returns the jobs when all have ended.
    List<ImportJob> await(CallContext context, List<UUID> jobs) throws InterruptedException {
        while (jobs.stream().anyMatch(id -> imports.find(context, id).finishedAt() == null)) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return jobs.stream().map(id -> imports.find(context, id)).toList();
    }

    Relata relata() {
        return relata;
    }

    BackgroundWork background() {
        return background;
    }

    Path files() {
        return files;
    }

    ImportJob job(CallContext context, UUID id) {
        return imports.find(context, id);
    }

    /// Asks as the API's callers do.
    JsonNode query(CallContext context, String set, String query) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        odata.list(context, set, query).writeTo(out);
        return JSON.readTree(out.toByteArray());
    }

    long count(CallContext context, String set) {
        return odata.count(context, set, null);
    }

    private void update(String sql, Object... arguments) throws SQLException {
        try (Connection connection = postgres.connect(database);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int index = 0; index < arguments.length; index++) {
                statement.setObject(index + 1, arguments[index]);
            }
            statement.execute();
        }
    }

    @Override
    public void close() {
        background.close();
        threads.shutdownNow();
        relata.close();
    }
}
