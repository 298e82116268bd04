package io.relata.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.jooq.impl.DSL.val;

import io.relata.core.TestEngine;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.PastRecord;
import io.relata.core.record.RecordHistory;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What a tenant has kept of its trail long enough goes, nothing else does, and what is left can still be verified.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditRetentionTest {

    private final LocalPostgres postgres;
    private TestEngine engine;
    private CallContext call;
    private UUID old;

    AuditRetentionTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException {
        engine = TestEngine.start(postgres, folder);
    }

    @AfterAll
    void stop() {
        engine.close();
    }

    /// Two seals: one of a year ago, and one of now.
    @BeforeEach
    void tenant() throws SQLException {
        call = engine.tenant("r" + UUID.randomUUID());
        old = sealedAYearAgo(call);
        engine.update(call, "company", old, "name", "Later");
        engine.relata().seals().seal(call.tenant());
    }

    private UUID sealedAYearAgo(CallContext of) throws SQLException {
        UUID record = engine.create(of, "company", "name", "Old").id();
        engine.relata().seals().seal(of.tenant());
        engine.database()
                .update(
                        "update relata.audit_seal set at = now() - interval '12 months 1 day' where tenant_id = ?",
                        of.tenant());
        return record;
    }

    @Test
    void whatIsOlderThanThePolicyGoesAndTheRestIsStillWhole() throws SQLException {
        CallContext other = engine.tenant("r" + UUID.randomUUID());
        sealedAYearAgo(other);
        long before = entries(call);
        engine.relata().retention().keep(call, 12);
        engine.relata().retention().expireAll();
        assertThat(engine.relata().history().of(call, "company", old))
                .extracting(RecordHistory.Entry::action)
                .containsExactly("update");
        assertThat(entries(call)).isLessThan(before + 2).isPositive();
        assertThat(entries(other)).isEqualTo(1);
        assertThat(engine.relata().seals().verify(call).broken()).isEmpty();
        engine.relata().seals().seal(call.tenant());
        AuditSeals.Verdict verdict = engine.relata().seals().verify(call);
        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.seals()).isEqualTo(3);
        assertThat(engine.database()
                        .count(
                                "select count(*) from relata.audit where tenant_id = ? and action = 'expire'"
                                        + " and changes -> 0 ->> 'number' = '1'",
                                call.tenant()))
                .isEqualTo(1);
        engine.relata().retention().expireAll();
        assertThat(entries(call)).as("once more takes nothing").isEqualTo(verdict.entries());
        engine.database()
                .update(
                        "update relata.audit set changes = '[]' where tenant_id = ? and action = 'update'",
                        call.tenant());
        assertThat(engine.relata().seals().verify(call).broken()).isNotEmpty();
    }

    @Test
    void whatWasBeforeIsNotGuessed() {
        engine.relata().retention().keep(call, 12);
        engine.relata().retention().expireAll();
        assertThat(catchThrowableOfType(
                                ProblemException.class,
                                () -> new PastRecord(engine.relata().transactions())
                                        .at(
                                                call,
                                                engine.relata()
                                                        .metadata()
                                                        .snapshot(call.tenant())
                                                        .entity("company")
                                                        .orElseThrow(),
                                                old,
                                                engine.clock().instant().minus(Duration.ofDays(4_000))))
                        .code())
                .isEqualTo(ProblemCode.INVALID_QUERY);
    }

    @Test
    void aRecordWhoseEntriesAreAllGoneHasAnEmptyHistory() throws SQLException {
        UUID quiet = engine.create(call, "company", "name", "Quiet").id();
        engine.relata().seals().seal(call.tenant());
        engine.database()
                .update(
                        "update relata.audit_seal set at = now() - interval '12 months 1 day' where tenant_id = ?",
                        call.tenant());
        engine.relata().retention().keep(call, 12);
        engine.relata().retention().expireAll();
        assertThat(engine.relata().history().of(call, "company", quiet)).isEmpty();
        assertThatThrownBy(() -> engine.relata().history().of(call, "company", UUID.randomUUID()))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void nothingGoesWithoutAPolicyOrBeforeItsTimeOrWhileSomethingIsOnHold() throws SQLException {
        long before = entries(call);
        engine.relata().retention().expireAll();
        assertThat(entries(call)).isEqualTo(before);
        engine.relata().retention().keep(call, 13);
        engine.relata().retention().expireAll();
        assertThat(entries(call)).isEqualTo(before + 1);
        engine.relata().retention().keep(call, 12);
        engine.relata().writer().transaction(call, tx -> {
            engine.relata().holds().place(tx, tx.entity("company"), old, "Lawsuit 7");
            return true;
        });
        engine.relata().retention().expireAll();
        assertThat(entries(call)).isEqualTo(before + 3);
        engine.relata().writer().transaction(call, tx -> {
            engine.relata().holds().lift(tx, tx.entity("company"), old);
            return true;
        });
        engine.relata().retention().expireAll();
        assertThat(entries(call)).isEqualTo(before + 4);
    }

    @Test
    void whoeverTakesOldPartsAwayWithoutSayingSoIsNoticed() throws SQLException {
        engine.database()
                .update("update relata.audit_seal set anchor = true where tenant_id = ? and number = 1", call.tenant());
        engine.database()
                .update(
                        "delete from relata.audit where tenant_id = ? and tx < (select upto from relata.audit_seal"
                                + " where tenant_id = ? and number = 1)",
                        call.tenant(),
                        call.tenant());
        assertThat(engine.relata().seals().verify(call).broken())
                .extracting(AuditSeals.Seal::number)
                .containsExactly(1L);
    }

    @Test
    void theApplicationTakesNothingAwayForAnotherTenantOrPastThePolicy() throws SQLException {
        CallContext other = engine.tenant("r" + UUID.randomUUID());
        engine.relata().retention().keep(call, 12);
        assertThatThrownBy(() -> engine.relata()
                        .transactions()
                        .call(other, sql -> sql.execute("select relata.expire_audit({0}, 10)", val(call.tenant()))))
                .hasMessageContaining("Another tenant");
        assertThatThrownBy(() -> engine.relata()
                        .transactions()
                        .call(
                                call,
                                sql -> sql.execute(
                                        "delete from relata.audit where tenant_id = {0}", val(call.tenant()))))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> engine.relata()
                        .transactions()
                        .call(
                                call,
                                sql -> sql.execute(
                                        "delete from relata.audit_first where tenant_id = {0}", val(call.tenant()))))
                .hasMessageContaining("permission denied");
        assertThat(expired()).as("the one sealed a year ago goes").isPositive();
        assertThat(expired()).as("and no other").isZero();
    }

    private long expired() {
        return engine.relata()
                .transactions()
                .call(
                        call,
                        sql -> sql.fetchSingle("select relata.expire_audit({0}, 10) as gone", val(call.tenant()))
                                .get("gone", Long.class));
    }

    @Test
    void onlyAdministratorsSayForHowLongAndItIsWrittenDown() throws SQLException {
        CallContext clerk = new CallContext(
                call.tenant(),
                UUID.randomUUID(),
                Set.of("user"),
                call.locale(),
                call.zone(),
                call.currency(),
                "r",
                call.origin());
        assertThat(catchThrowableOfType(
                                ProblemException.class,
                                () -> engine.relata().retention().keep(clerk, 12))
                        .code())
                .isEqualTo(ProblemCode.FORBIDDEN);
        assertThat(catchThrowableOfType(
                                ProblemException.class,
                                () -> engine.relata().retention().keep(call, 5))
                        .code())
                .isEqualTo(ProblemCode.VALIDATION);
        engine.relata().retention().keep(call, 24);
        assertThat(engine.relata().retention().months(call)).contains(24);
        engine.relata().retention().keep(call, null);
        assertThat(engine.relata().retention().months(call)).isEmpty();
        assertThat(engine.database()
                        .count(
                                "select count(*) from relata.audit where tenant_id = ? and changes -> 0 ->> 'field' = 'auditMonths'"
                                        + " and actor = ?",
                                call.tenant(),
                                call.user()))
                .isEqualTo(2);
    }

    @Test
    void partsAreMadeAheadAndGoWhenNothingIsLeftInThem() throws SQLException {
        String parts = "select count(*) from pg_inherits where inhparent = 'relata.audit'::regclass";
        assertThat(engine.database().count(parts)).isEqualTo(5);
        engine.database()
                .update("do $$ begin execute (select format('alter table relata.%I rename to audit_2020_01',"
                        + " max(relname)) from pg_class where relname ~ '^audit_[0-9]{4}_[0-9]{2}$'"
                        + " and relkind = 'r'); end $$");
        engine.relata().transactions().call(call, sql -> sql.execute("select relata.drop_audit_parts()"));
        assertThat(engine.database().count(parts)).isEqualTo(4);
        engine.relata().retention().expireAll();
        assertThat(engine.database().count(parts)).isEqualTo(5);
        engine.relata().retention().expireAll();
        assertThat(engine.database().count(parts)).isEqualTo(5);
    }

    private long entries(CallContext of) throws SQLException {
        return engine.database().count("select count(*) from relata.audit where tenant_id = ?", of.tenant());
    }
}
