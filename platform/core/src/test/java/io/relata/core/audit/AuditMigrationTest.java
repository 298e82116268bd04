package io.relata.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.core.TestDatabase;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.sql.SQLException;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A trail that was written and sealed before values could be erased holds afterwards; a seal that was broken stays so.
@ExtendWith(PostgresExtension.class)
class AuditMigrationTest {

    private static final String BEFORE = "108";

    private final LocalPostgres postgres;

    AuditMigrationTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @Test
    void sealsOfBeforeHoldAndBrokenOnesStayBroken() throws SQLException {
        TestDatabase database = TestDatabase.empty(postgres);
        migrate(database, BEFORE);
        UUID whole = UUID.randomUUID();
        UUID broken = UUID.randomUUID();
        for (UUID tenant : new UUID[] {whole, broken}) {
            write(database, tenant, 10);
            seal(database, tenant, 1, 1, 11);
            write(database, tenant, 20);
            seal(database, tenant, 2, 11, 21);
        }
        database.update("update relata.audit set changes = '[1]' where tenant_id = ? and tx = 10", broken);
        migrate(database, "latest");

        assertThat(fits(database, whole, 1, 1, 11)).isTrue();
        assertThat(fits(database, whole, 2, 11, 21)).isTrue();
        assertThat(fits(database, broken, 1, 1, 11)).isFalse();
        assertThat(fits(database, broken, 2, 11, 21)).isTrue();
        assertThat(database.count("select count(*) from relata.audit_seal where former is null"))
                .isZero();
        assertThat(database.count("select count(*) from relata.audit where salt is null"))
                .isZero();
    }

    private static void migrate(TestDatabase database, String version) {
        Flyway.configure(AuditMigrationTest.class.getClassLoader())
                .dataSource(database.owner())
                .locations("classpath:db/migration")
                .defaultSchema("public")
                .target(version)
                .load()
                .migrate();
    }

    private static void write(TestDatabase database, UUID tenant, long tx) throws SQLException {
        database.update(
                "insert into relata.audit (tenant_id, id, at, actor, origin, request_id, entity_id, record_id, action,"
                        + " changes, tx) values (?, gen_random_uuid(), now(), gen_random_uuid(), 'api', 'r',"
                        + " gen_random_uuid(), gen_random_uuid(), 'create', '[{\"field\": \"name\", \"new\": \"x\"}]', ?)",
                tenant,
                tx);
    }

    private static void seal(TestDatabase database, UUID tenant, long number, long after, long upTo)
            throws SQLException {
        database.update(
                "insert into relata.audit_seal (tenant_id, number, upto, entries, hash, at) select ?, ?, ?, entries, hash,"
                        + " now() from relata.audit_digest(?, ?, ?, coalesce((select hash from relata.audit_seal"
                        + " where tenant_id = ? and number = ?), ''))",
                tenant,
                number,
                upTo,
                tenant,
                after,
                upTo,
                tenant,
                number - 1);
    }

    private static boolean fits(TestDatabase database, UUID tenant, long number, long after, long upTo)
            throws SQLException {
        return database.count(
                        "select count(*) from relata.audit_seal seal, relata.audit_digest(?, ?, ?, coalesce("
                                + "(select hash from relata.audit_seal where tenant_id = ? and number = ?), '')) now"
                                + " where seal.tenant_id = ? and seal.number = ? and seal.hash = now.hash"
                                + " and seal.entries = now.entries",
                        tenant,
                        after,
                        upTo,
                        tenant,
                        number - 1,
                        tenant,
                        number)
                == 1;
    }
}
