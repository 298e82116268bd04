package io.relata.core.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.relata.core.FailingDataSource.Commit;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.job.Job;
import io.relata.core.metadata.Edit;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.type.Form;
import io.relata.core.odata.ODataBody;
import io.relata.core.plan.Plan;
import io.relata.core.plan.PlanService;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.RecordInput;
import io.relata.core.record.RecordResult;
import io.relata.core.rollup.RollUpKind;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Formulas that are stored come and change while people work and processes die.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoredFormulaTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MANY = 1_200;

    private TestEngine engine;
    private TestJobs jobs;
    private PlanService plans;

    @BeforeAll
    void start(LocalPostgres postgres, @TempDir Path folder) throws IOException, SQLException {
        engine = TestEngine.start(postgres, folder);
        jobs = TestJobs.of(engine);
        plans = jobs.work().plans();
    }

    @AfterAll
    void stop() {
        jobs.close();
        engine.close();
    }

    @Test
    void comesLaterAndIsRightFromTheFirstMoment() throws Exception {
        CallContext call = parts("stored-late");
        Map<UUID, Long> expected = new ConcurrentHashMap<>(create(call));

        Plan plan = plans.now(call, "Gross", edit("add", "c_part.c_gross", """
                {"type": "formula", "expression": "c_net * 2", "stored": true, "indexed": true, "label": {"en": "Gross"}}"""));

        assertThat(field(call, "c_gross").virtual()).as("computed meanwhile").isTrue();
        assertThat(matching(call, "c_gross eq 14")).isEqualTo(1);
        underWriters(call, expected, () -> {
            jobs.killAt(call, 3, Commit.LOST);
            jobs.killAt(call, 2, Commit.DONE);
            assertThat(run(call, plan).state()).isEqualTo(Job.State.DONE);
        });
        FieldDefinition gross = field(call, "c_gross");
        assertThat(gross.virtual()).isFalse();
        assertThat(stored(call, gross)).isEqualTo(doubled(expected));
        assertThat(engine.create(call, "c_part", "c_name", "new", "c_net", 21).value("c_gross"))
                .isEqualTo(42L);
    }

    @Test
    void keepsTheOldExpressionUntilAllHaveTheNew() throws Exception {
        CallContext call = parts("stored-changes");
        Map<UUID, Long> expected = new ConcurrentHashMap<>(create(call));
        run(call, plans.now(call, "Gross", edit("add", "c_part.c_gross", """
                {"type": "formula", "expression": "c_net * 3", "stored": true, "label": {"en": "Gross"}}""")));
        String slot = field(call, "c_gross").slot();

        Plan plan = plans.now(call, "Twice", edit("change", "c_part.c_gross", "{\"expression\": \"c_net * 2\"}"));
        assertThat(engine.create(call, "c_part", "c_name", "meanwhile", "c_net", 5)
                        .value("c_gross"))
                .isEqualTo(15L);
        expected.put(lastCreated(call), 5L);
        underWriters(call, expected, () -> {
            jobs.killAt(call, 3, Commit.DONE);
            assertThat(run(call, plan).state()).isEqualTo(Job.State.DONE);
        });

        assertThat(stored(call, field(call, "c_gross"))).isEqualTo(doubled(expected));
        assertThat(entity(call).hidden()).as("nothing is left").isEmpty();
        assertThat(slot).isNotEqualTo(field(call, "c_gross").slot());
        run(call, plans.apply(call, plans.revert(call, plan.id()).id()));
        assertThat(engine.create(call, "c_part", "c_name", "back", "c_net", 5).value("c_gross"))
                .isEqualTo(15L);
    }

    @Test
    void staysAsItWasWhenCancelled() throws Exception {
        CallContext call = parts("stored-cancel");
        create(call);
        Plan plan = plans.now(call, "Gross", edit("add", "c_part.c_gross", """
                {"type": "formula", "expression": "c_net * 2", "stored": true, "label": {"en": "Gross"}}"""));
        jobs.killAt(call, 3, Commit.DONE);
        jobs.work().jobs().cancel(call, plan.jobs().getFirst(), null);

        assertThat(run(call, plan).state()).isEqualTo(Job.State.CANCELLED);

        assertThat(field(call, "c_gross").virtual()).isTrue();
        assertThat(matching(call, "c_gross eq 14")).isEqualTo(1);
    }

    @Test
    void isComputedAgainWhenItIsNoLongerStored() throws Exception {
        CallContext call = parts("stored-leaves");
        create(call);
        run(call, plans.now(call, "Gross", edit("add", "c_part.c_gross", """
                {"type": "formula", "expression": "c_net * 2", "stored": true, "indexed": true, "label": {"en": "Gross"}}""")));
        String slot = field(call, "c_gross").slot();
        assertThat(slot).isNotNull();

        run(call, plans.now(call, "Computed", edit("change", "c_part.c_gross", """
                {"stored": null, "indexed": null, "expression": "c_net * 4"}""")));

        assertThat(field(call, "c_gross").virtual()).isTrue();
        assertThat(matching(call, "c_gross eq 28")).isEqualTo(1);
        assertThat(engine.database()
                        .count(
                                "select count(*) from relata.record_shared where tenant_id = ? and " + slot
                                        + " is not null",
                                call.tenant()))
                .isZero();
        assertThat(entity(call).hidden()).isEmpty();
    }

    @Test
    void isReckonedAnewOnDemandAndWithWhatItReads() throws Exception {
        CallContext call = parts("stored-demand");
        create(call);
        run(call, plans.now(call, "Gross", edit("add", "c_part.c_gross", """
                {"type": "formula", "expression": "c_net * 2", "stored": true, "indexed": true, "label": {"en": "Gross"}}""")));
        String slot = field(call, "c_gross").slot();
        engine.database()
                .update(
                        "update relata.record_shared set " + slot + " = 1 where tenant_id = ? and " + slot + " = 14",
                        call.tenant());

        assertThat(reckon(call, RollUpKind.Operation.CHECK).counts().rejected()).isEqualTo(1);
        assertThat(reckon(call, RollUpKind.Operation.RECALCULATE).counts().updated())
                .isEqualTo(1);
        assertThat(reckon(call, RollUpKind.Operation.CHECK).counts().rejected()).isZero();

        Plan scaled = plans.now(call, "Scale", edit("change", "c_part.c_net", "{\"type\": \"decimal\", \"scale\": 1}"));
        assertThat(scaled.jobs())
                .as("the conversion, and what is reckoned from it")
                .hasSize(2);
        run(call, scaled);
        assertThat(jobs.work().jobs().find(call, scaled.jobs().getLast(), null).state())
                .isEqualTo(Job.State.DONE);
        assertThat(reckon(call, RollUpKind.Operation.CHECK).counts().rejected()).isZero();
    }

    @Test
    void refusesAChangeThatWouldBreakItInTheEnd() throws Exception {
        CallContext call = parts("stored-breaks");
        run(call, plans.now(call, "Gross", edit("add", "c_part.c_gross", """
                {"type": "formula", "expression": "c_net * 2", "stored": true, "label": {"en": "Gross"}}""")));

        ProblemException refused = catchThrowableOfType(
                ProblemException.class,
                () -> plans.now(call, "Text", edit("change", "c_part.c_net", "{\"type\": \"text\"}")));

        assertThat(refused.violations()).extracting(Violation::field).containsExactly("c_part.c_gross.expression");
        ProblemException wrong = catchThrowableOfType(
                ProblemException.class,
                () -> plans.now(call, "Wrong", edit("change", "c_part.c_gross", "{\"expression\": \"c_nit * 2\"}")));
        assertThat(wrong.violations())
                .containsExactly(
                        Violation.of("c_part.c_gross.expression", "expression-unknown-name-hint", 1, "c_nit", "c_net"));
    }

    private Job reckon(CallContext call, RollUpKind.Operation operation) throws SQLException {
        Job job = engine.relata()
                .writer()
                .transaction(call, tx -> jobs.work().rollUps().submit(tx, operation, "c_parts"));
        return jobs.run(call, job);
    }

    private interface Work {
        void run() throws Exception;
    }

    private void underWriters(CallContext call, Map<UUID, Long> expected, Work work) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<UUID> ids = List.copyOf(expected.keySet());
        try (ExecutorService threads = Executors.newFixedThreadPool(1)) {
            Future<?> writer = threads.submit(() -> {
                for (int i = 0; !done.get() && i < MANY / 4; i++) {
                    UUID id = ids.get((i * 7) % ids.size());
                    engine.update(call, "c_part", id, "c_net", -i);
                    expected.put(id, (long) -i);
                    UUID created = engine.create(call, "c_part", "c_name", "new", "c_net", MANY + i)
                            .id();
                    expected.put(created, (long) MANY + i);
                }
            });
            try {
                work.run();
            } finally {
                done.set(true);
                writer.get();
            }
        }
    }

    private static Map<UUID, Long> doubled(Map<UUID, Long> numbers) {
        Map<UUID, Long> doubled = new ConcurrentHashMap<>();
        numbers.forEach((id, number) -> doubled.put(id, 2 * number));
        return doubled;
    }

    /// Returns what is stored, of whichever place.
    private Map<UUID, Long> stored(CallContext call, FieldDefinition field) {
        String value = field.slot() == null ? "(data ->> '" + field.stored() + "')::bigint" : field.slot();
        Map<UUID, Long> found = new ConcurrentHashMap<>();
        engine.relata()
                .transactions()
                .call(
                        call,
                        sql -> sql.resultQuery(
                                        "select id, coalesce(" + value
                                                + ", -1) from relata.record_shared where tenant_id = {0} and entity_id = {1}",
                                        DSL.val(call.tenant()),
                                        DSL.val(entity(call).id()))
                                .fetch(row -> found.put(row.get(0, UUID.class), row.get(1, Long.class))));
        return found;
    }

    private UUID lastCreated(CallContext call) {
        return engine.relata()
                .transactions()
                .call(
                        call,
                        sql -> sql.resultQuery(
                                        "select max(id::text)::uuid from relata.record_shared where tenant_id = {0}",
                                        DSL.val(call.tenant()))
                                .fetchSingle(0, UUID.class));
    }

    private int matching(CallContext call, String filter) throws IOException {
        engine.clock().advance(Duration.ofSeconds(2));
        ODataBody body = jobs.odata().list(call, "c_parts", "$count=true&$filter=" + filter.replace(" ", "%20"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        body.writeTo(out);
        return JSON.readTree(out.toByteArray()).path("@odata.count").asInt();
    }

    /// Creates many records, numbered from 0.
    private Map<UUID, Long> create(CallContext call) {
        return engine.relata().writer().transaction(call, tx -> {
            Map<UUID, Long> numbers = new ConcurrentHashMap<>();
            List<RecordInput> inputs = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                inputs.add(new RecordInput(null, null, TestEngine.values("c_name", "p" + i, "c_net", i), Form.JSON));
            }
            List<RecordResult> results = engine.relata().writer().saveAll(tx, tx.entity("c_part"), inputs);
            for (int i = 0; i < MANY; i++) {
                numbers.put(((RecordResult.Saved) results.get(i)).data().id(), (long) i);
            }
            return numbers;
        });
    }

    private CallContext parts(String slug) throws SQLException {
        CallContext call = jobs.member(slug);
        plans.now(call, "Parts", edit("add", "c_part", """
                {"label": {"en": "Part"}, "pluralLabel": {"en": "Parts"}, "fields": [
                  {"name": "c_name", "type": "text", "label": {"en": "Name"}},
                  {"name": "c_net", "type": "integer", "label": {"en": "Net"}}]}"""));
        return call;
    }

    private Job run(CallContext call, Plan plan) throws SQLException {
        return jobs.run(call, jobs.work().jobs().find(call, plan.jobs().getFirst(), null));
    }

    private EntityDefinition entity(CallContext call) {
        return engine.relata()
                .metadata()
                .snapshot(call.tenant())
                .entity("c_part")
                .orElseThrow();
    }

    private FieldDefinition field(CallContext call, String name) {
        engine.clock().advance(Duration.ofSeconds(2));
        return entity(call).field(name).orElseThrow();
    }

    private static Edit edit(String operation, String component, String value) {
        try {
            JsonNode change = JsonNodeFactory.instance
                    .objectNode()
                    .put("op", operation)
                    .put("component", component)
                    .set("value", JSON.readTree(value));
            return Edit.changes(JsonNodeFactory.instance.arrayNode().add(change));
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException(exception);
        }
    }
}
