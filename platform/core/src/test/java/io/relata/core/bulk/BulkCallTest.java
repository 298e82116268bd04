package io.relata.core.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.relata.core.TestEngine;
import io.relata.core.metadata.type.Form;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.AlternateKey;
import io.relata.core.record.RecordData;
import io.relata.core.record.RecordInput;
import io.relata.core.record.RecordResult;
import io.relata.core.record.RecordTarget;
import io.relata.core.record.RecordTarget.Existence;
import io.relata.core.record.WriteTransaction;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BulkCallTest {

    private final LocalPostgres postgres;
    private TestEngine engine;

    BulkCallTest(LocalPostgres postgres) {
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
    void saysOfEveryItemWhatBecameOfIt() throws SQLException {
        CallContext call = engine.tenant("mixed");
        RecordData old = engine.create(call, "company", "name", "Old", "number", "N0");
        RecordData gone = engine.create(call, "company", "name", "Gone", "number", "N1");
        RecordData keyed = engine.create(call, "company", "name", "Keyed", "number", "N2");

        BulkReport report = run(
                call,
                false,
                List.of(
                        Map.of("op", "create", "values", Map.of("name", "A", "number", "N1")),
                        Map.of(
                                "op",
                                "update",
                                "id",
                                old.id().toString(),
                                "version",
                                1L,
                                "values",
                                Map.of("name", "New")),
                        Map.of("op", "upsert", "key", Map.of("number", "N2"), "values", Map.of("employees", 3L)),
                        Map.of("op", "upsert", "key", Map.of("number", "N9"), "values", Map.of("name", "Nine")),
                        Map.of("op", "delete", "id", gone.id().toString()),
                        Map.of("op", "update", "id", old.id().toString(), "values", Map.of("name", "Twice")),
                        Map.of("op", "update", "id", UUID.randomUUID().toString(), "values", Map.of("name", "x")),
                        Map.of("op", "upsert", "key", Map.of("number", "N8"), "values", Map.of("employees", "many")),
                        Map.of("op", "delete", "key", Map.of("number", "N7")),
                        Map.of("op", "burn", "values", Map.of())));

        assertThat(describe(report))
                .containsExactly(
                        "CREATED 1",
                        "UPDATED 2",
                        "UPDATED 2",
                        "CREATED 1",
                        "DELETED 2",
                        "null named-twice",
                        "null not-found",
                        "employees expects-integer, name required",
                        "null not-found",
                        "op bulk-op");
        assertThat(report.refused()).isEqualTo(5);
        assertThat(engine.database()
                        .all(
                                "select t01 || ' ' || t02 from relata.record_shared where tenant_id = ? and state = 0 order by 1",
                                call.tenant()))
                .containsExactly("A N1", "Keyed N2", "New N0", "Nine N9");
        assertThat(engine.database()
                        .all("select value from relata.unique_value where tenant_id = ? order by value", call.tenant()))
                .as("what was refused keeps no key")
                .containsExactly("N0", "N1", "N2", "N9");
        assertThat(keyed.id()).isNotNull();
    }

    @Test
    void doesNothingWhenAllWasAskedForAndSomethingIsRefused() throws SQLException {
        CallContext call = engine.tenant("whole");

        ProblemException problem = catchThrowableOfType(
                ProblemException.class,
                () -> run(
                        call,
                        true,
                        List.of(
                                Map.of("op", "create", "values", Map.of("name", "A")),
                                Map.of("op", "create", "values", Map.of("nme", "B")),
                                Map.of("op", "delete", "id", UUID.randomUUID().toString()))));

        assertThat(problem.code()).isEqualTo(ProblemCode.VALIDATION);
        assertThat(problem.violations().stream().map(violation -> violation.field() + " " + violation.code()))
                .containsExactly("items[1].nme unknown-field", "items[1].name required", "items[2] not-found");
        assertThat(count(call, "record_shared")).isZero();
        assertThat(count(call, "audit")).isZero();
    }

    @Test
    void takesNoMoreItemsThanItSays() throws SQLException {
        CallContext call = engine.tenant("many");
        Map<String, Object> item = Map.of("op", "burn");

        ProblemException problem = catchThrowableOfType(
                ProblemException.class,
                () -> run(
                        call,
                        false,
                        IntStream.rangeClosed(0, BulkCall.MAX_ITEMS)
                                .mapToObj(i -> item)
                                .toList()));

        assertThat(problem.code()).isEqualTo(ProblemCode.TOO_LARGE);
    }

    @Test
    void needsNoMoreStatementsForMoreItemsOfAPortion() throws SQLException {
        CallContext call = engine.tenant("constant");

        assertThat(statements(call, 0, 600)).isEqualTo(statements(call, 600, 2)).isLessThan(20);
    }

    @Test
    void makesOneRecordOfManyUpsertsOfTheSameKeyAtTheSameTime() throws Exception {
        CallContext call = engine.tenant("race");

        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Callable<RecordResult.Outcome> upsert =
                    () -> upsert(call, "same", "name", "A").outcome();
            List<RecordResult.Outcome> outcomes = new ArrayList<>();
            for (Future<RecordResult.Outcome> future : threads.invokeAll(
                    IntStream.range(0, 8).mapToObj(i -> upsert).toList())) {
                outcomes.add(future.get());
            }
            assertThat(outcomes).containsOnlyOnce(RecordResult.Outcome.CREATED);
            assertThat(Set.copyOf(outcomes))
                    .containsExactlyInAnyOrder(RecordResult.Outcome.CREATED, RecordResult.Outcome.UNCHANGED);
        }
        assertThat(count(call, "record_shared")).isEqualTo(1);
    }

    @Test
    void changesNoKeyByTheKey() throws SQLException {
        CallContext call = engine.tenant("differs");

        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> upsert(call, "N1", "name", "A", "number", "N2"));

        assertThat(problem.violations().getFirst().code()).isEqualTo("key-differs");
        assertThat(count(call, "unique_value")).isZero();
    }

    private RecordResult.Saved upsert(CallContext call, String number, Object... values) {
        return engine.relata().writer().transaction(call, tx -> {
            var company = tx.entity("company");
            AlternateKey key = new AlternateKey(company.field("number").orElseThrow(), number);
            RecordInput input = new RecordInput(
                    RecordTarget.of(key, Existence.OPEN, null),
                    TestEngine.values(values),
                    RecordInput.Rest.KEPT,
                    Form.JSON);
            return engine.relata().writer().save(tx, company, input);
        });
    }

    private int statements(CallContext call, int from, int items) {
        AtomicInteger count = new AtomicInteger();
        ExecuteListener counter = new ExecuteListener() {
            @Override
            public void executeStart(ExecuteContext context) {
                count.incrementAndGet();
            }
        };
        engine.relata().writer().transaction(call, tx -> {
            WriteTransaction counted = new WriteTransaction(
                    DSL.using(tx.sql().configuration().deriveAppending(counter)), call, tx.snapshot());
            BulkCall bulk = new BulkCall(engine.relata().writer(), counted, tx.entity("company"));
            IntStream.range(from, from + items)
                    .forEach(i -> bulk.add(Map.of(
                            "op", "upsert", "key", Map.of("number", "N" + i), "values", Map.of("name", "A" + i))));
            return bulk.finish(true);
        });
        return count.get();
    }

    private BulkReport run(CallContext call, boolean whole, List<Map<String, Object>> items) {
        return engine.relata().writer().transaction(call, tx -> {
            BulkCall bulk = new BulkCall(engine.relata().writer(), tx, tx.entity("company"));
            items.forEach(bulk::add);
            return bulk.finish(whole);
        });
    }

    private long count(CallContext call, String table) throws SQLException {
        return engine.database().count("select count(*) from relata." + table + " where tenant_id = ?", call.tenant());
    }

    private static List<String> describe(BulkReport report) {
        return report.results().stream()
                .map(result -> switch (result) {
                    case BulkReport.Done done -> done.outcome() + " " + done.version();
                    case BulkReport.Refused refused ->
                        String.join(
                                ", ",
                                new RecordResult.Rejected(refused.problem())
                                        .violations().stream()
                                                .map(violation -> violation.field() + " " + violation.code())
                                                .sorted()
                                                .toList());
                })
                .toList();
    }
}
