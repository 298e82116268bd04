package io.relata.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.core.TestEngine;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.type.Form;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Many records in one go.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordBatchTest {

    private final LocalPostgres postgres;
    private TestEngine engine;

    RecordBatchTest(LocalPostgres postgres) {
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
    void saysOfEveryInputWhatBecameOfIt() throws SQLException {
        CallContext call = engine.tenant("mixed");
        RecordData existing = engine.create(call, "company", "name", "Old", "number", "N0");
        RecordData same = engine.create(call, "company", "name", "Same", "number", "S");

        List<RecordResult> results = save(
                call,
                "company",
                List.of(
                        text(null, "name", "A", "number", "N1", "employees", " 12 "),
                        text(existing.id(), "name", "New"),
                        text(same.id(), "name", "Same", "number", "S"),
                        text(null, "name", "B", "number", "N1"),
                        text(null, "name", "", "number", "S", "employees", "many"),
                        text(UUID.randomUUID(), "name", "Nobody"),
                        text(
                                null,
                                "name",
                                "C",
                                "number",
                                "N2",
                                "parentId",
                                existing.id().toString())));

        assertThat(results.stream().map(RecordBatchTest::describe))
                .containsExactly(
                        "CREATED",
                        "UPDATED",
                        "UNCHANGED",
                        "number not-unique-in-batch",
                        "employees expects-integer, name required, number not-unique",
                        "null not-found",
                        "CREATED");
        assertThat(engine.database()
                        .all("select t01 from relata.record_shared where tenant_id = ? order by id", call.tenant()))
                .containsExactly("New", "Same", "A", "C");
        assertThat(engine.database()
                        .all("select value from relata.unique_value where tenant_id = ? order by value", call.tenant()))
                .containsExactly("N0", "N1", "N2", "S");
        assertThat(engine.database().count("select count(*) from relata.audit where tenant_id = ?", call.tenant()))
                .isEqualTo(5);
    }

    @Test
    void buildsASecondChangeOfARecordOnTheFirst() throws SQLException {
        CallContext call = engine.tenant("twice");
        UUID id = engine.create(call, "company", "name", "A").id();

        List<RecordResult> results = save(
                call,
                "company",
                List.of(text(id, "name", "B"), text(id, "employees", "3"), text(id, "employees", "3")));

        assertThat(results.stream().map(RecordBatchTest::describe)).containsExactly("UPDATED", "UPDATED", "UNCHANGED");
        RecordData last = ((RecordResult.Saved) results.getLast()).data();
        assertThat(last.version()).isEqualTo(3);
        assertThat(last.values()).containsEntry("name", "B").containsEntry("employees", 3L);
    }

    @Test
    void understandsWhatPeoplesFilesSay() throws SQLException {
        CallContext call = engine.tenant("files");

        RecordResult result = save(
                        call,
                        "deal",
                        List.of(text(null, "name", "A", "stage", "赢单", "hot", "是", "amount", "", "notes", " ")))
                .getFirst();

        assertThat(((RecordResult.Saved) result).data().values())
                .containsEntry("stage", "won")
                .containsEntry("hot", true)
                .containsEntry("amount", null)
                .containsEntry("notes", null);
    }

    @Test
    void needsNoMoreStatementsForMoreRecords() throws SQLException {
        CallContext call = engine.tenant("constant");
        UUID company = engine.create(call, "company", "name", "Target").id();

        assertThat(statements(call, 500, company))
                .isEqualTo(statements(call, 1, company))
                .isLessThan(15);
    }

    private int statements(CallContext call, int records, UUID company) {
        MetadataSnapshot snapshot = engine.relata().metadata().snapshot(call.tenant());
        AtomicInteger count = new AtomicInteger();
        ExecuteListener counter = new ExecuteListener() {
            @Override
            public void executeStart(ExecuteContext context) {
                count.incrementAndGet();
            }
        };
        engine.relata().transactions().call(call, sql -> {
            DSLContext counted = DSL.using(sql.configuration().deriveAppending(counter));
            EntityDefinition companies = snapshot.entity("company").orElseThrow();
            List<RecordInput> inputs = IntStream.range(0, records)
                    .mapToObj(i ->
                            text(null, "name", "R" + i, "number", records + "-" + i, "parentId", company.toString()))
                    .toList();
            List<RecordResult> created =
                    engine.relata().writer().saveAll(new WriteTransaction(counted, call, snapshot), companies, inputs);
            List<RecordInput> changes = created.stream()
                    .map(result -> ((RecordResult.Saved) result).data())
                    .map(record -> text(record.id(), "number", "x" + record.value("number"), "employees", "5"))
                    .toList();
            assertThat(engine.relata()
                            .writer()
                            .saveAll(new WriteTransaction(counted, call, snapshot), companies, changes))
                    .allMatch(result -> describe(result).equals("UPDATED"));
            return records;
        });
        return count.get();
    }

    private List<RecordResult> save(CallContext call, String entity, List<RecordInput> inputs) {
        MetadataSnapshot snapshot = engine.relata().metadata().snapshot(call.tenant());
        return engine.relata()
                .transactions()
                .call(
                        call,
                        sql -> engine.relata()
                                .writer()
                                .saveAll(
                                        new WriteTransaction(sql, call, snapshot),
                                        snapshot.entity(entity).orElseThrow(),
                                        inputs));
    }

    private static RecordInput text(@Nullable UUID id, String... namesAndValues) {
        return new RecordInput(id, null, TestEngine.values((Object[]) namesAndValues), Form.TEXT);
    }

    private static String describe(RecordResult result) {
        return switch (result) {
            case RecordResult.Saved saved -> saved.outcome().name();
            case RecordResult.Rejected rejected ->
                String.join(
                        ", ",
                        rejected.violations().stream()
                                .map(violation -> violation.field() + " " + violation.code())
                                .sorted()
                                .toList());
        };
    }
}
