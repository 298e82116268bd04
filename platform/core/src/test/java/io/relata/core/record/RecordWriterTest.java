package io.relata.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.relata.core.TestEngine;
import io.relata.core.problem.Messages;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordWriterTest {

    private final LocalPostgres postgres;
    private TestEngine engine;

    RecordWriterTest(LocalPostgres postgres) {
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

    @Test
    void storesEveryTypeInSlotsAndDocumentExactly() throws SQLException {
        CallContext call = engine.tenant("types");
        UUID company = engine.create(call, "company", "name", "Acme").id();
        engine.database()
                .update(
                        "insert into control.membership (tenant_id, user_id, kind, role, status, username, display_name, created_at)"
                                + " values (?, ?, 'person', 'user', 'active', 'u', 'U', now())",
                        call.tenant(),
                        call.user());

        RecordData created = engine.create(
                call,
                "deal",
                "name",
                "Deal 大",
                "companyId",
                company.toString(),
                "amount",
                new BigDecimal("90071992547409.93"),
                "weight",
                "-0.0001",
                "hot",
                true,
                "closeDate",
                "2026-02-28",
                "callAt",
                "2026-02-28T10:00:00.123456789+08:00",
                "owner",
                call.user().toString(),
                "urgent",
                false,
                "due",
                "0001-01-01",
                "seenAt",
                "2026-01-01T00:00:00Z",
                "contactId",
                company.toString(),
                "notes",
                "line\nline");

        RecordData stored = stored(call, "deal", created.id());
        assertThat(stored).isEqualTo(created);
        assertThat(stored.values())
                .containsEntry("name", "Deal 大")
                .containsEntry("stage", "open")
                .containsEntry("company", company)
                .containsEntry("amount", new BigDecimal("90071992547409.93"))
                .containsEntry("weight", new BigDecimal("-0.0001"))
                .containsEntry("hot", true)
                .containsEntry("closeDate", LocalDate.of(2026, 2, 28))
                .containsEntry("callAt", Instant.parse("2026-02-28T02:00:00.123456Z"))
                .containsEntry("urgent", false)
                .containsEntry("due", LocalDate.of(1, 1, 1))
                .containsEntry("contact", company)
                .containsEntry("score", null)
                .containsEntry("notes", "line\nline");
        assertThat(engine.database().all("select n01 from relata.record_deal where id = ?", created.id()))
                .containsExactly(9007199254740993L);
        assertThat(created.id().version()).isEqualTo(7);
        assertThat(created.version()).isEqualTo(1);
        assertThat(created.createdAt()).isEqualTo(engine.clock().instant());
    }

    @Test
    void namesEveryViolationAtOnceAndWritesNothing() throws SQLException {
        CallContext call = engine.tenant("violations");

        ProblemException problem = refused(() -> engine.create(
                call,
                "deal",
                "nme",
                "x",
                "id",
                "y",
                "stage",
                "old",
                "score",
                1,
                "amount",
                -1,
                "weight",
                "0.00001",
                "hot",
                "yes",
                "closeDate",
                "2026-02-30",
                "callAt",
                "2026-01-01T00:00:00",
                "companyId",
                UUID.randomUUID().toString(),
                "contactId",
                "42",
                "owner",
                UUID.randomUUID().toString(),
                "notes",
                "a\u0000b"));

        assertThat(problem.code()).isEqualTo(ProblemCode.VALIDATION);
        assertThat(codes(problem))
                .containsExactlyInAnyOrder(
                        "nme unknown-field",
                        "id read-only",
                        "name required",
                        "stage not-an-option",
                        "score read-only",
                        "amount too-small",
                        "weight too-many-decimals",
                        "hot expects-boolean",
                        "closeDate expects-date",
                        "callAt expects-datetime",
                        "companyId lookup-missing",
                        "contactId expects-id",
                        "owner user-missing",
                        "notes bad-characters");
        assertThat(traces(call)).isZero();
    }

    @Test
    void changesOnlyWhatIsNamedAndRemembersIt() throws SQLException {
        CallContext call = engine.tenant("update");
        RecordData created = engine.create(call, "deal", "name", "A", "amount", 5, "notes", "n", "urgent", true);

        RecordData updated = engine.update(call, "deal", created.id(), "amount", "7.5", "urgent", null);

        assertThat(updated.version()).isEqualTo(2);
        assertThat(updated.values())
                .containsEntry("name", "A")
                .containsEntry("notes", "n")
                .containsEntry("amount", new BigDecimal("7.50"))
                .containsEntry("urgent", null);
        assertThat(stored(call, "deal", created.id())).isEqualTo(updated);
        List<RecordHistory.Entry> history = engine.relata().history().of(call, "deal", created.id());
        assertThat(history).extracting(RecordHistory.Entry::action).containsExactly("update", "create");
        assertThat(history.getFirst().actor()).isEqualTo(call.user());
        assertThat(history.getFirst().origin()).isEqualTo("api");
        assertThat(history.getFirst().changes())
                .extracting(change -> change.field() + " " + change.before() + " " + change.after())
                .containsExactly("amount \"5.00\" \"7.50\"", "urgent true null");
        assertThat(engine.database()
                        .all("select type from relata.outbox where tenant_id = ? order by id", call.tenant()))
                .containsExactly("record.create", "record.update");
    }

    @Test
    void makesNoNewVersionWithoutAChange() throws SQLException {
        CallContext call = engine.tenant("unchanged");
        RecordData created = engine.create(call, "deal", "name", "A", "amount", "5");

        RecordData same = engine.update(call, "deal", created.id(), "amount", new BigDecimal("5.0"), "name", "A");

        assertThat(same).isEqualTo(created);
        assertThat(engine.database().count("select count(*) from relata.audit where record_id = ?", created.id()))
                .isEqualTo(1);
    }

    @Test
    void answersAConflictWithTheCurrentRecord() throws SQLException {
        CallContext call = engine.tenant("conflict");
        RecordData created = engine.create(call, "deal", "name", "A");
        RecordData current = engine.update(call, "deal", created.id(), "name", "B");

        ProblemException update = refused(
                () -> engine.relata().writer().update(call, "deal", created.id(), 1L, TestEngine.values("name", "C")));
        ProblemException delete = refused(() -> engine.relata().writer().delete(call, "deal", created.id(), 1L));

        assertThat(update.code()).isEqualTo(ProblemCode.CONFLICT);
        assertThat(update.extras()).containsEntry("current", current);
        assertThat(delete.extras()).containsEntry("current", current);
        assertThat(stored(call, "deal", created.id())).isEqualTo(current);
    }

    @Test
    void saysWhichFieldsClashAndWhatTheyWere() throws SQLException {
        CallContext call = engine.tenant("clash");
        RecordData created = engine.create(call, "deal", "name", "A", "amount", 1, "notes", "x", "hot", true);
        engine.update(call, "deal", created.id(), "amount", 2, "notes", "y");
        engine.update(call, "deal", created.id(), "amount", 3, "hot", false);

        ProblemException both = refused(() -> engine.relata()
                .writer()
                .update(call, "deal", created.id(), 1L, TestEngine.values("amount", "4", "name", "B", "notes", "y")));
        ProblemException apart = refused(
                () -> engine.relata().writer().update(call, "deal", created.id(), 2L, TestEngine.values("name", "B")));

        assertThat(both.extras().get(Conflicts.CLASHES))
                .hasToString("[Clash[field=amount, base=1.00, current=3.00, sent=4.00]]");
        assertThat(apart.extras().get(Conflicts.CLASHES)).isEqualTo(List.of());
    }

    @Test
    void knowsNoRecordOfAnotherTenant() throws SQLException {
        CallContext owner = engine.tenant("owner");
        CallContext stranger = engine.tenant("stranger");
        RecordData company = engine.create(owner, "company", "name", "A");

        assertThat(refused(() -> engine.update(stranger, "company", company.id(), "name", "B"))
                        .code())
                .isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(refused(() -> engine.relata().writer().delete(stranger, "company", company.id(), null))
                        .code())
                .isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(refused(() -> engine.relata().writer().restore(stranger, "company", company.id()))
                        .code())
                .isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(refused(() -> engine.relata().history().of(stranger, "company", company.id()))
                        .code())
                .isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(codes(refused(() -> engine.create(
                        stranger, "deal", "name", "D", "companyId", company.id().toString()))))
                .containsExactly("companyId lookup-missing");
        assertThat(stored(owner, "company", company.id())).isEqualTo(company);
    }

    @Test
    void refersToNoDeletedRecord() throws SQLException {
        CallContext call = engine.tenant("deleted");
        RecordData company = engine.create(call, "company", "name", "A");
        RecordData deal = engine.create(
                call, "deal", "name", "D", "companyId", company.id().toString());
        engine.relata().writer().delete(call, "company", company.id(), null);

        assertThat(codes(refused(() -> engine.create(
                        call, "deal", "name", "E", "companyId", company.id().toString()))))
                .containsExactly("companyId lookup-missing");
        RecordData changed = engine.update(call, "deal", deal.id(), "name", "D2");
        assertThat(changed.version()).isEqualTo(3);
        assertThat(changed.value("company")).isNull();
    }

    @Test
    void deletesAndBringsBack() throws SQLException {
        CallContext call = engine.tenant("restore");
        RecordData company = engine.create(call, "company", "name", "A", "number", "N1");

        engine.relata().writer().delete(call, "company", company.id(), 1L);
        assertThat(refused(() -> engine.update(call, "company", company.id(), "name", "B"))
                        .code())
                .isEqualTo(ProblemCode.NOT_FOUND);
        RecordData back = engine.relata().writer().restore(call, "company", company.id());

        assertThat(back.version()).isEqualTo(3);
        assertThat(back.values()).isEqualTo(company.values());
        assertThat(engine.relata().history().of(call, "company", company.id()))
                .extracting(RecordHistory.Entry::action)
                .containsExactly("restore", "delete", "create");
    }

    @Test
    void keepsUniqueValuesUniqueAmongLiveRecords() throws SQLException {
        CallContext call = engine.tenant("unique");
        CallContext other = engine.tenant("unique-other");
        RecordData first = engine.create(call, "company", "name", "A", "number", "N1");
        engine.create(other, "company", "name", "A", "number", "N1");

        assertThat(codes(refused(() -> engine.create(call, "company", "number", "N1"))))
                .containsExactlyInAnyOrder("name required", "number not-unique");
        engine.relata().writer().delete(call, "company", first.id(), null);
        RecordData second = engine.create(call, "company", "name", "B", "number", "N1");
        assertThat(codes(refused(() -> engine.relata().writer().restore(call, "company", first.id()))))
                .containsExactly("number not-unique");
        engine.update(call, "company", second.id(), "number", "N2");
        assertThat(engine.relata().writer().restore(call, "company", first.id()).value("number"))
                .isEqualTo("N1");
        engine.update(call, "company", second.id(), "number", null);
        engine.create(call, "company", "name", "C", "number", "N2");
    }

    @Test
    void letsOneOfManyHaveAUniqueValueAtTheSameTime() throws Exception {
        CallContext call = engine.tenant("race");

        long won = atOnce(8, () -> engine.create(call, "company", "name", "A", "number", "same"))
                .filter(result -> result)
                .count();

        assertThat(won).isEqualTo(1);
        assertThat(engine.database()
                        .count("select count(*) from relata.record_shared where tenant_id = ?", call.tenant()))
                .isEqualTo(1);
    }

    @Test
    void letsOneOfManyChangeAVersion() throws Exception {
        CallContext call = engine.tenant("versions");
        RecordData created = engine.create(call, "deal", "name", "A");

        long won = atOnce(
                        8,
                        () -> engine.relata()
                                .writer()
                                .update(
                                        call,
                                        "deal",
                                        created.id(),
                                        1L,
                                        TestEngine.values(
                                                "name", UUID.randomUUID().toString())))
                .filter(result -> result)
                .count();

        assertThat(won).isEqualTo(1);
        assertThat(stored(call, "deal", created.id()).version()).isEqualTo(2);
    }

    @Test
    void losesNoUpdateOfDifferentFields() throws Exception {
        CallContext call = engine.tenant("merge");
        RecordData created = engine.create(call, "deal", "name", "A");
        List<Map<String, Object>> changes =
                List.of(Map.of("amount", 1), Map.of("hot", true), Map.of("notes", "n"), Map.of("due", "2026-01-01"));

        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<?> future : changes.stream()
                    .<Future<?>>map(change -> threads.submit(
                            () -> engine.relata().writer().update(call, "deal", created.id(), null, change)))
                    .toList()) {
                future.get();
            }
        }

        assertThat(stored(call, "deal", created.id()).values())
                .containsEntry("amount", new BigDecimal("1.00"))
                .containsEntry("hot", true)
                .containsEntry("notes", "n")
                .containsEntry("due", LocalDate.of(2026, 1, 1));
    }

    @Test
    void letsHooksCompleteAndRefuse() throws SQLException {
        CallContext call = engine.tenant("hooks");

        assertThat(engine.create(call, "deal", "name", "A", "stage", "won").value("closeDate"))
                .isEqualTo(LocalDate.of(2026, 3, 1));
        assertThat(engine.create(call, "deal", "name", "scored").value("score")).isEqualTo(7L);
        ProblemException refused = refused(() -> engine.create(call, "deal", "name", "refused"));
        assertThat(codes(refused)).containsExactly("name hook-rejected");
        assertThat(refused.violations().getFirst().arguments()).containsExactly("Not with us.");
        assertThat(codes(refused(() -> engine.create(call, "deal", "name", "overscored"))))
                .containsExactly("name too-long");
    }

    @Test
    void namesThePluginThatFailsAndWritesNothing() throws SQLException {
        CallContext call = engine.tenant("broken");

        for (String name : List.of("broken", "unknown")) {
            ProblemException problem = refused(() -> engine.create(call, "deal", "name", name));
            assertThat(problem.code()).isEqualTo(ProblemCode.INTERNAL);
            assertThat(problem.arguments()).containsExactly("test");
        }
        assertThat(traces(call)).isZero();
    }

    @Test
    void knowsOnlyTheEntitiesOfTheTenant() throws SQLException {
        CallContext call = engine.tenant("entities");

        assertThat(refused(() -> engine.create(call, "c_site_visit", "c_name", "x"))
                        .code())
                .isEqualTo(ProblemCode.UNKNOWN_ENTITY);
    }

    private Stream<Boolean> atOnce(int threads, Callable<?> work) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            Callable<Boolean> attempt = () -> {
                try {
                    work.call();
                    return true;
                } catch (ProblemException expected) {
                    return false;
                }
            };
            List<Future<Boolean>> results = pool.invokeAll(
                    IntStream.range(0, threads).mapToObj(i -> attempt).toList());
            return results.stream().map(Future::resultNow);
        }
    }

    private RecordData stored(CallContext call, String entity, UUID id) {
        RecordColumns columns = RecordColumns.of(engine.relata()
                .metadata()
                .snapshot(call.tenant())
                .entity(entity)
                .orElseThrow());
        return engine.relata()
                .transactions()
                .call(
                        call,
                        sql -> columns.read(sql.select(columns.selection())
                                .from(columns.table())
                                .where(columns.live(call.tenant()))
                                .and(columns.id().eq(id))
                                .fetchSingle()));
    }

    private long traces(CallContext call) throws SQLException {
        return engine.database()
                .count(
                        "select (select count(*) from relata.record_deal where tenant_id = ?)"
                                + " + (select count(*) from relata.audit where tenant_id = ?)"
                                + " + (select count(*) from relata.outbox where tenant_id = ?)",
                        call.tenant(),
                        call.tenant(),
                        call.tenant());
    }

    private static ProblemException refused(ThrowingCallable call) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, call);
        assertThat(problem).isNotNull();
        return problem;
    }

    private static List<String> codes(ProblemException problem) {
        problem.violations()
                .forEach(violation -> assertThat(
                                Messages.text(Locale.SIMPLIFIED_CHINESE, violation.code(), violation.arguments()))
                        .isNotBlank());
        return problem.violations().stream()
                .map(violation -> violation.field() + " " + violation.code())
                .toList();
    }
}
