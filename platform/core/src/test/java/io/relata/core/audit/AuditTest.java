package io.relata.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.export.ExportForm;
import io.relata.core.export.ExportService;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.AuditLog;
import io.relata.core.record.PastRecord;
import io.relata.core.record.RecycleBin;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What happened is known, cannot be changed unnoticed, and leads back to what was; what was deleted is in the bin
/// until
/// it is purged.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTest {

    private final LocalPostgres postgres;
    private TestEngine engine;
    private TestJobs jobs;
    private AuditSeals seals;
    private CallContext call;
    private UUID acme;

    AuditTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException {
        engine = TestEngine.start(postgres, folder);
        jobs = TestJobs.of(engine);
        seals = engine.relata().seals();
    }

    @AfterAll
    void stop() {
        jobs.close();
        engine.close();
    }

    @BeforeEach
    void records() throws SQLException {
        call = jobs.member("a" + UUID.randomUUID());
        acme = engine.create(call, "company", "name", "Acme", "employees", 10).id();
        engine.update(call, "company", acme, "employees", 20);
    }

    @Test
    void whatHappenedIsSealedInAChain() {
        assertThat(seals.verify(call)).isEqualTo(new AuditSeals.Verdict(0, 0, null, List.of()));
        seals.sealAll();
        engine.update(call, "company", acme, "employees", 30);
        seals.sealAll();
        seals.sealAll();
        AuditSeals.Verdict verdict = seals.verify(call);
        assertThat(verdict.seals()).isEqualTo(2);
        assertThat(verdict.entries()).isEqualTo(3);
        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.newest()).isNotNull();
    }

    @Test
    void whoeverChangesTakesOutOrPutsInAnEntryIsNoticed() throws SQLException {
        seals.sealAll();
        engine.update(call, "company", acme, "employees", 30);
        seals.sealAll();
        for (String crime : List.of(
                "update relata.audit set actor = gen_random_uuid() where tenant_id = ? and action = 'create'",
                "update relata.audit set changes = '[]' where tenant_id = ? and action = 'create'",
                "delete from relata.audit where tenant_id = ? and action = 'create'",
                "insert into relata.audit (tenant_id, id, at, actor, origin, request_id, entity_id, record_id, action, changes, tx)"
                        + " select tenant_id, gen_random_uuid(), at, actor, origin, request_id, entity_id, record_id, action,"
                        + " changes, tx from relata.audit where tenant_id = ? and action = 'create'",
                "update relata.audit_seal set hash = 'x' where tenant_id = ? and number = 1",
                "delete from relata.audit_seal where tenant_id = ? and number = 1")) {
            records();
            seals.sealAll();
            engine.update(call, "company", acme, "employees", 30);
            seals.sealAll();
            assertThat(seals.verify(call).broken()).isEmpty();
            engine.database().update(crime, call.tenant());
            assertThat(seals.verify(call).broken()).as(crime).isNotEmpty();
        }
    }

    @Test
    void theApplicationItselfCannotChangeWhatHappened() {
        for (String crime : List.of(
                "update relata.audit set changes = '[]' where tenant_id = {0}",
                "update relata.audit_seal set hash = 'x' where tenant_id = {0}",
                "delete from relata.audit_seal where tenant_id = {0}")) {
            assertThat(catchThrowableOfType(
                            org.jooq.exception.DataAccessException.class,
                            () -> engine.relata()
                                    .transactions()
                                    .call(call, sql -> sql.execute(crime, org.jooq.impl.DSL.val(call.tenant())))))
                    .as(crime)
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void administratorsSeeAllThatHappenedAndWhatMadeIt() throws SQLException, IOException {
        engine.relata().access().put(call, "roles", "clerk", json("{\"entities\":{\"*\":{\"read\":\"own\"}}}"));
        ExportService.Checked checked = jobs.work().exports().check(call, "companies", "", ExportForm.RAW);
        engine.relata().writer().transaction(call, tx -> jobs.work().exports().submit(tx, checked));
        engine.relata().writer().transaction(call, tx -> {
            Cause.of("bulk", acme).of(tx.sql());
            return engine.relata()
                    .writer()
                    .save(
                            tx,
                            tx.entity("company"),
                            new io.relata.core.record.RecordInput(
                                    acme,
                                    null,
                                    TestEngine.values("employees", 40L),
                                    io.relata.core.metadata.type.Form.JSON));
        });
        List<AuditLog.Entry> all = log(null, null);
        assertThat(all)
                .extracting(entry -> entry.entity() + " " + entry.action())
                .contains("company create", "company update", "access create", "export export");
        assertThat(all.getFirst().cause()).isEqualTo("bulk:" + acme);
        assertThat(log("export", null)).hasSize(1);
        assertThat(log(null, "bulk:" + acme)).hasSize(1);
        assertThat(engine.relata()
                        .history()
                        .of(call, "company", acme)
                        .getFirst()
                        .cause())
                .isEqualTo("bulk:" + acme);
        CallContext member = member();
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> auditLog().entries(member, wish(null, null), 10));
        assertThat(refused.code()).isEqualTo(ProblemCode.FORBIDDEN);
    }

    @Test
    void aRecordIsSeenAsItWas() {
        Instant first = engine.clock().instant();
        engine.clock().advance(Duration.ofHours(1));
        engine.update(call, "company", acme, "employees", 30, "name", "Acme Ltd");
        Instant second = engine.clock().instant();
        engine.clock().advance(Duration.ofHours(1));
        engine.relata().writer().delete(call, "company", acme, null);
        engine.clock().advance(Duration.ofHours(1));
        engine.relata().writer().restore(call, "company", acme);
        PastRecord past = new PastRecord(engine.relata().transactions());
        EntityDefinition company = jobs.odata().entity(call, "companies");
        PastRecord.Seen then = past.at(call, company, acme, first);
        assertThat(value(then, "employees")).isEqualTo("20");
        assertThat(value(then, "name")).isEqualTo("Acme");
        assertThat(then.version()).isEqualTo(2);
        assertThat(value(past.at(call, company, acme, second), "name")).isEqualTo("Acme Ltd");
        assertThat(past.at(call, company, acme, second.plus(Duration.ofMinutes(90)))
                        .deleted())
                .isTrue();
        ProblemException before = catchThrowableOfType(
                ProblemException.class, () -> past.at(call, company, acme, first.minus(Duration.ofDays(1))));
        assertThat(before.code()).isEqualTo(ProblemCode.NOT_FOUND);
    }

    @Test
    void theBinHasWhatWasDeletedUntilItIsPurged() throws SQLException {
        UUID child = engine.create(call, "company", "name", "Child").id();
        RecycleBin bin = new RecycleBin(engine.relata().transactions());
        EntityDefinition company = jobs.odata().entity(call, "companies");
        assertThat(bin.list(call, company, null, 10).records()).isEmpty();
        engine.relata().writer().delete(call, "company", acme, null);
        engine.clock().advance(Duration.ofMinutes(1));
        engine.relata().writer().delete(call, "company", child, null);
        RecycleBin.Page page = bin.list(call, company, null, 1);
        assertThat(page.records()).extracting(RecycleBin.Deleted::name).containsExactly("Child");
        assertThat(page.records().getFirst().by()).isEqualTo(call.user());
        assertThat(bin.list(call, company, page.next(), 1).records())
                .extracting(RecycleBin.Deleted::id)
                .containsExactly(acme);
        assertThat(bin.list(jobs.member("other"), company, null, 10).records()).isEmpty();

        engine.clock().advance(Duration.ofDays(100));
        engine.relata().purge().purgeAll();
        assertThat(bin.list(call, company, null, 10).records())
                .as("nothing was said")
                .hasSize(2);
        engine.relata().purge().keep(call, 60);
        engine.relata().writer().restore(call, "company", child);
        engine.relata().writer().delete(call, "company", child, null);
        engine.relata().purge().purgeAll();
        assertThat(bin.list(call, company, null, 10).records())
                .extracting(RecycleBin.Deleted::id)
                .containsExactly(child);
        assertThat(catchThrowableOfType(
                                ProblemException.class,
                                () -> engine.relata().purge().keep(call, 7))
                        .code())
                .isEqualTo(ProblemCode.VALIDATION);
        CallContext member = member();
        assertThat(catchThrowableOfType(
                                ProblemException.class,
                                () -> engine.relata().purge().keep(member, 60))
                        .code())
                .isEqualTo(ProblemCode.FORBIDDEN);
    }

    private static String value(PastRecord.Seen seen, String property) {
        return Objects.requireNonNull(seen.values().get(property)).asText();
    }

    private CallContext member() {
        return new CallContext(
                call.tenant(),
                UUID.randomUUID(),
                Set.of("user"),
                call.locale(),
                call.zone(),
                call.currency(),
                "request",
                call.origin());
    }

    private AuditLog auditLog() {
        return new AuditLog(engine.relata().transactions(), engine.relata().metadata()::snapshot);
    }

    private static AuditLog.Wish wish(
            @org.jspecify.annotations.Nullable String action, @org.jspecify.annotations.Nullable String cause) {
        return new AuditLog.Wish(null, null, null, action, cause, null, null);
    }

    private List<AuditLog.Entry> log(
            @org.jspecify.annotations.Nullable String action, @org.jspecify.annotations.Nullable String cause) {
        return auditLog().entries(call, wish(action, cause), 100);
    }

    private static ObjectNode json(String text) throws IOException {
        return (ObjectNode) JsonMapper.builder().build().readTree(text);
    }
}
