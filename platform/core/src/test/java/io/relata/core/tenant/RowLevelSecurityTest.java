package io.relata.core.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.relata.core.TestCalls;
import io.relata.core.TestDatabase;
import io.relata.core.plugin.TestSolution;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The database keeps tenants apart even where a statement forgets to.
@ExtendWith(PostgresExtension.class)
class RowLevelSecurityTest {

    private static final UUID ENTITY = UUID.randomUUID();

    private final LocalPostgres postgres;

    @TempDir
    private Path plugins;

    private TestDatabase database;

    RowLevelSecurityTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeEach
    void create() throws IOException, SQLException {
        TestSolution.writeTo(plugins);
        database = TestDatabase.create(postgres, plugins);
    }

    /// The application's role, whose statements may forget the tenant here: that is what is tried.
    private DataSource unguarded() {
        return postgres.dataSource(database.name(), "relata_app", TestDatabase.PASSWORD);
    }

    @Test
    void protectsEveryTable() throws SQLException {
        assertThat(tables()).hasSizeGreaterThan(8).contains("record_deal", "record_shared", "audit", "outbox");
        assertThat(unprotected()).isEmpty();
    }

    @Test
    void wouldSeeATableWithoutProtection() throws SQLException {
        database.update("create table relata.bare (tenant_id uuid, id uuid, primary key (tenant_id, id))");
        database.update("create table relata.tenantless (id uuid primary key)");
        database.update("create table relata.forced (tenant_id uuid primary key)");
        database.update("call relata.protect('forced')");
        database.update("alter table relata.forced force row level security");
        database.update("create table relata.open (tenant_id uuid primary key)");
        database.update("call relata.protect('open')");
        database.update("create policy everybody on relata.open using (true)");

        assertThat(unprotected())
                .contains("bare: row-level security is off", "bare: no policy")
                .contains("tenantless: no tenant_id", "tenantless: the primary key does not begin with tenant_id")
                .contains("forced: row-level security is forced")
                .contains("open: a policy that lets others in");
    }

    @Test
    void givesTheApplicationARoleThatProtectionBinds() throws SQLException {
        assertThat(database.all("select rolname from pg_roles where rolname in ('relata_app', 'relata_tenant_admin')"
                        + " and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)"))
                .isEmpty();
        assertThat(database.all("select relname from pg_class where relnamespace in ('relata'::regnamespace,"
                        + " 'control'::regnamespace) and relowner <> 'relata_owner'::regrole"))
                .isEmpty();
        assertThat(database.all("select roleid::regrole::text from pg_auth_members"
                        + " where member in ('relata_app'::regrole, 'relata_tenant_admin'::regrole)"))
                .isEmpty();
        assertThat(database.all("select relname from pg_class where relnamespace = 'relata'::regnamespace"
                        + " and relkind in ('r', 'p') and has_table_privilege('relata_tenant_admin', oid, 'select')"))
                .isEmpty();
    }

    @Test
    void showsAForgetfulStatementItsOwnTenantsRowsOnly() throws SQLException {
        UUID acme = database.tenant("acme");
        UUID other = database.tenant("other");
        TenantTransaction transactions = new TenantTransaction(unguarded());
        transactions.call(acme, sql -> insert(sql, acme));
        transactions.call(other, sql -> insert(sql, other));

        assertThat(transactions.call(acme, RowLevelSecurityTest::tenantsSeen)).containsExactly(acme);
        assertThat(transactions.call(UUID.randomUUID(), RowLevelSecurityTest::tenantsSeen))
                .isEmpty();
        transactions.call(acme, sql -> sql.execute("update relata.record_shared set version = 99"));
        transactions.call(acme, sql -> sql.execute("delete from relata.record_shared"));
        assertThat(database.all("select version from relata.record_shared")).containsExactly(1L);
    }

    @Test
    void letsNobodyWriteIntoAnotherTenant() throws SQLException {
        UUID acme = database.tenant("acme");
        UUID other = database.tenant("other");
        TenantTransaction transactions = new TenantTransaction(unguarded());

        assertThatThrownBy(() -> transactions.call(acme, sql -> insert(sql, other)))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("row-level security");
        assertThat(database.count("select count(*) from relata.record_shared")).isZero();
    }

    @Test
    void showsNothingWithoutATenant() throws SQLException {
        UUID acme = database.tenant("acme");
        new TenantTransaction(unguarded()).call(acme, sql -> insert(sql, acme));

        try (Connection connection = unguarded().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from relata.record_shared")) {
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void leavesNoTenantOnAPooledConnection() throws SQLException {
        UUID acme = database.tenant("acme");
        try (OneConnection pool = new OneConnection(unguarded())) {
            TenantTransaction transactions = new TenantTransaction(pool);
            transactions.call(acme, sql -> insert(sql, acme));
            assertThat(seenOutside(pool)).isEmpty();

            assertThatThrownBy(() -> transactions.call(acme, sql -> {
                        insert(sql, acme);
                        throw new IllegalStateException("half-way");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(seenOutside(pool)).isEmpty();

            assertThat(transactions.read(acme, RowLevelSecurityTest::tenantsSeen))
                    .containsExactly(acme);
            assertThat(seenOutside(pool)).isEmpty();

            assertThatThrownBy(() -> transactions.read(acme, sql -> sql.execute("select 1 / 0")))
                    .isInstanceOf(DataAccessException.class);
            assertThat(seenOutside(pool)).isEmpty();
        }
        assertThat(database.count("select count(*) from relata.record_shared")).isEqualTo(1);
    }

    /// Fifty threads take turns on one connection for two hundred tenants, and one in three ends badly: by an
    /// exception,
    /// by a statement that fails, by one that takes too long.
    @Test
    void mixesNoTenantsUpOnOneConnection() throws Exception {
        List<UUID> tenants = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            tenants.add(database.tenant("t" + i));
        }
        try (OneConnection pool = new OneConnection(unguarded());
                ExecutorService threads = Executors.newFixedThreadPool(50)) {
            TenantTransaction transactions = new TenantTransaction(pool);
            Semaphore free = new Semaphore(1);
            tenants.forEach(tenant -> transactions.call(tenant, sql -> insert(sql, tenant)));
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int thread = 0; thread < 50; thread++) {
                Random random = new Random(thread);
                work.add(() -> {
                    for (int i = 0; i < 40; i++) {
                        UUID tenant = tenants.get(random.nextInt(tenants.size()));
                        free.acquire();
                        try {
                            visit(transactions, tenant, random.nextInt(9));
                        } finally {
                            free.release();
                        }
                    }
                    return true;
                });
            }
            for (Future<Boolean> done : threads.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
        }
    }

    private static void visit(TenantTransaction transactions, UUID tenant, int fate) {
        TenantTransaction.Work<Integer> work = sql -> {
            assertThat(tenantsSeen(sql)).containsExactly(tenant);
            return switch (fate) {
                case 0 -> sql.execute("select 1 / 0");
                case 1 -> sql.execute("select pg_sleep(1)");
                case 2 -> throw new IllegalStateException("half-way");
                default -> 0;
            };
        };
        try {
            if (fate == 1) {
                transactions.query(TestCalls.administrator(tenant), Duration.ofMillis(5), work);
            } else if (fate % 2 == 0) {
                transactions.read(tenant, work);
            } else {
                transactions.call(tenant, work);
            }
            assertThat(fate).isGreaterThan(2);
        } catch (DataAccessException | IllegalStateException expected) {
            assertThat(fate).isLessThan(3);
        }
    }

    private List<Object> tables() throws SQLException {
        return database.all("select relname::text from pg_class"
                + " where relnamespace = 'relata'::regnamespace and relkind in ('r', 'p') order by 1");
    }

    /// Returns a line for everything that is missing from the protection of any table of the tenants' schema.
    private List<Object> unprotected() throws SQLException {
        return database.all("""
                with t as (
                    select oid, relname, relrowsecurity, relforcerowsecurity from pg_class
                    where relnamespace = 'relata'::regnamespace and relkind in ('r', 'p'))
                select relname || ': no tenant_id' from t
                where not exists (select from pg_attribute a
                    where a.attrelid = t.oid and a.attname = 'tenant_id' and a.atttypid = 'uuid'::regtype)
                union all
                select relname || ': row-level security is off' from t where not relrowsecurity
                union all
                select relname || ': row-level security is forced' from t where relforcerowsecurity
                union all
                select relname || ': no policy' from t where not exists (
                    select from pg_policy p where p.polrelid = t.oid and p.polcmd = '*')
                union all
                select relname || ': a policy that lets others in' from t join pg_policy p on p.polrelid = t.oid
                where p.polpermissive and (
                    coalesce(pg_get_expr(p.polqual, p.polrelid), '') not like '(tenant_id = %app.tenant%'
                    or coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') not like '(tenant_id = %app.tenant%')
                union all
                select relname || ': the primary key does not begin with tenant_id' from t
                where not exists (select from pg_index i join pg_attribute a
                    on a.attrelid = t.oid and a.attnum = i.indkey[0]
                    where i.indrelid = t.oid and i.indisprimary and a.attname = 'tenant_id')
                """);
    }

    private static int insert(DSLContext sql, UUID tenant) {
        return sql.execute(
                "insert into relata.record_shared (tenant_id, entity_id, id, created_at, created_by, updated_at,"
                        + " updated_by, version) values (?, ?, ?, now(), ?, now(), ?, 1)",
                tenant,
                ENTITY,
                UUID.randomUUID(),
                tenant,
                tenant);
    }

    private static List<UUID> tenantsSeen(DSLContext sql) {
        return sql.fetch("select tenant_id from relata.record_shared").getValues(0, UUID.class);
    }

    private static List<UUID> seenOutside(OneConnection pool) {
        return tenantsSeen(DSL.using(pool.getConnection()));
    }
}
