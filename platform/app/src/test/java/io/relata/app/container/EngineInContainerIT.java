package io.relata.app.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.app.health.Readiness;
import io.relata.core.Relata;
import io.relata.core.odata.ODataService;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.RecordData;
import io.relata.core.tenant.DatabaseRole;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import io.relata.spi.Origin;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.io.File;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The engine as the server runs it: on the server's pool, put together by the application's own wiring.
@ExtendWith(ArquillianExtension.class)
public class EngineInContainerIT {

    private static final int THREADS = 50;
    private static final int TENANTS = 200;
    private static final int ROUNDS = 60;

    @Inject
    Relata relata;

    @Inject
    ODataService odata;

    @Resource(lookup = "jdbc/relata")
    DataSource pool;

    @Resource(lookup = "jdbc/single")
    DataSource single;

    @Resource(lookup = "jdbc/owner")
    DataSource owner;

    @Resource(lookup = "jdbc/superuser")
    DataSource superuser;

    /// The product's own archive, without the doorman, who would not let the test runner in.
    @Deployment
    static WebArchive product() {
        File assertj = new File(Assertions.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        return ShrinkWrap.create(ZipImporter.class, "relata-it.war")
                .importFrom(new File(System.getProperty("relata.it.war")))
                .as(WebArchive.class)
                .addAsLibrary(assertj)
                .deleteClass("io.relata.app.ui.Doorman");
    }

    @Test
    void leavesNoTenantOnThePooledConnection() throws SQLException {
        TenantTransaction transaction = new TenantTransaction(single);
        UUID tenant = UUID.randomUUID();
        transaction.call(tenant, sql -> assertThat(tenantOf(sql)).isEqualTo(tenant.toString()));
        assertThat(tenantOn(single)).isEmpty();
        assertThatThrownBy(() -> transaction.call(tenant, sql -> {
                    throw new IllegalStateException("midway");
                }))
                .hasMessage("midway");
        assertThat(tenantOn(single)).isEmpty();
        assertThatThrownBy(() -> transaction.call(tenant, sql -> sql.execute("select 1/0")))
                .hasMessageContaining("division by zero");
        assertThat(tenantOn(single)).isEmpty();
    }

    @Test
    void givesEachTransactionItsOwnConnection() {
        TenantTransaction transaction = new TenantTransaction(pool);
        UUID outer = UUID.randomUUID();
        UUID inner = UUID.randomUUID();
        transaction.call(outer, sql -> {
            transaction.call(inner, other -> assertThat(tenantOf(other)).isEqualTo(inner.toString()));
            return assertThat(tenantOf(sql)).isEqualTo(outer.toString());
        });
    }

    @Test
    void neverShowsForeignRowsOnASharedConnection() throws Exception {
        assertThat(foreignRows(new TenantTransaction(single), ROUNDS / 3)).isZero();
    }

    @Test
    void neverShowsForeignRowsUnderLoad() throws Exception {
        assertThat(foreignRows(new TenantTransaction(pool), ROUNDS)).isZero();
    }

    /// Whom row-level security does not bind sees them all: so the tests above are not blind.
    @Test
    void wouldNoticeForeignRows() throws Exception {
        assertThat(foreignRows(new TenantTransaction(superuser), 1)).isPositive();
    }

    @Test
    void seesNothingWithoutTenant() throws SQLException {
        rowOf(new TenantTransaction(pool), UUID.randomUUID());
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from relata.user_preference")) {
            rows.next();
            assertThat(rows.getInt(1)).isZero();
        }
    }

    @Test
    void writesAndReadsRecordsForTheirTenantAlone() throws Exception {
        CallContext acme = context(tenant());
        CallContext other = context(tenant());
        relata.metadata().createEntity(acme, JsonMapper.builder().build().readTree("""
                {"name": "c_thing", "label": {"en": "Thing", "zh-CN": "东西"}, "pluralLabel": {"en": "Things", "zh-CN": "东西"},
                 "fields": [{"name": "c_title", "type": "text", "label": {"en": "Title", "zh-CN": "标题"}, "required": true}]}"""));
        RecordData record = relata.writer().create(acme, "c_thing", Map.of("c_title", "星河"));
        String set = relata.metadata()
                .snapshot(acme.tenant())
                .entity("c_thing")
                .orElseThrow()
                .setName();
        assertThat(odata.get(acme, set, record.id(), null).record().values()).containsEntry("c_title", "星河");
        assertThat(relata.history().of(acme, "c_thing", record.id())).hasSize(1);
        refused(ProblemCode.UNKNOWN_ENTITY, () -> odata.get(other, set, record.id(), null));
        refused(ProblemCode.VALIDATION, () -> relata.writer().create(acme, "c_thing", Map.of("c_nope", 1)));
        assertThat(odata.count(acme, set, null)).isOne();
    }

    @Test
    void refusesToServeAsARoleThatRowLevelSecurityDoesNotBind() {
        assertThat(new DatabaseRole(pool).faults()).isEmpty();
        assertThat(new DatabaseRole(owner).faults()).anyMatch(fault -> fault.contains("owns tables"));
        assertThat(new DatabaseRole(superuser).faults()).anyMatch(fault -> fault.contains("is a superuser"));
        assertThat(readiness(pool).allowed()).isTrue();
        assertThat(readiness(owner).allowed()).isFalse();
        assertThat(readiness(superuser).allowed()).isFalse();
    }

    private static Readiness readiness(DataSource source) {
        return new Readiness(System.getenv(), new DatabaseRole(source), List::of, () -> {}, Clock.systemUTC());
    }

    /// Lets many threads work for many tenants, some of them failing, and counts rows that were another's.
    private static int foreignRows(TenantTransaction transaction, int rounds) throws Exception {
        List<UUID> tenants = new ArrayList<>();
        for (int i = 0; i < TENANTS; i++) {
            UUID tenant = UUID.randomUUID();
            rowOf(transaction, tenant);
            tenants.add(tenant);
        }
        AtomicInteger foreign = new AtomicInteger();
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(() -> {
                    for (int round = 0; round < rounds; round++) {
                        UUID tenant = tenants.get(ThreadLocalRandom.current().nextInt(TENANTS));
                        foreign.addAndGet(foreignRowsSeen(transaction, tenant, round % 3));
                    }
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }
        return foreign.get();
    }

    private static int foreignRowsSeen(TenantTransaction transaction, UUID tenant, int ending) {
        AtomicInteger foreign = new AtomicInteger();
        try {
            transaction.call(tenant, sql -> {
                // No predicate on purpose: what a forgotten one would show.
                List<UUID> seen = sql.fetch("select tenant_id from relata.user_preference")
                        .map(row -> row.get(0, UUID.class));
                foreign.addAndGet(
                        (int) seen.stream().filter(id -> !id.equals(tenant)).count());
                if (!seen.contains(tenant)) {
                    foreign.incrementAndGet();
                }
                return switch (ending) {
                    case 1 -> throw new IllegalStateException("rolled back on purpose");
                    case 2 -> sql.execute("set local statement_timeout = 1; select pg_sleep(1)");
                    default -> seen.size();
                };
            });
        } catch (RuntimeException expected) {
            assertThat(ending).isPositive();
        }
        return foreign.get();
    }

    private static void rowOf(TenantTransaction transaction, UUID tenant) {
        transaction.call(
                tenant,
                sql -> sql.execute(
                        "insert into relata.user_preference values (?, ?, 'en')", tenant, UUID.randomUUID()));
    }

    private static String tenantOf(DSLContext sql) {
        return sql.fetchSingle("select current_setting('app.tenant', true)").get(0, String.class);
    }

    private static String tenantOn(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select coalesce(current_setting('app.tenant', true), '')")) {
            row.next();
            return row.getString(1);
        }
    }

    private UUID tenant() throws SQLException {
        UUID tenant = UUID.randomUUID();
        try (Connection connection = superuser.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into control.tenant values ('%s', '%s', 'Test', '%s', 'active', null, 'en', 'UTC', 'USD', now())"
                            .formatted(tenant, tenant, tenant));
        }
        return tenant;
    }

    private static CallContext context(UUID tenant) {
        return new CallContext(
                tenant,
                UUID.randomUUID(),
                Set.of(CallContext.ADMINISTRATOR),
                Locale.ENGLISH,
                ZoneOffset.UTC,
                Currency.getInstance("USD"),
                "request",
                Origin.API);
    }

    private static void refused(ProblemCode code, Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
