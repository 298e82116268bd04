package io.relata.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.FailingDataSource.Commit;
import io.relata.core.Relata;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.job.Job;
import io.relata.core.metadata.ComponentKey;
import io.relata.core.metadata.Edit;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.type.Form;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.RecordColumns;
import io.relata.core.record.RecordData;
import io.relata.core.record.RecordInput;
import io.relata.core.record.RecordResult;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Fields get another type, or move in and out of indexed columns, while people work and processes die.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReshapeTest {

    private static final String METER = """
            {"op": "add", "component": "c_meter", "value": {
              "label": {"en": "Meter"}, "pluralLabel": {"en": "Meters"},
              "fields": [
                {"name": "c_name", "type": "text", "label": {"en": "Name"}},
                {"name": "c_reading", "type": "text", "indexed": false, "label": {"en": "Reading"}},
                {"name": "c_price", "type": "decimal", "scale": 4, "label": {"en": "Price"}},
                {"name": "c_note", "type": "text", "indexed": false, "label": {"en": "Note"}}]}}
            """;
    private static final int MANY = 1_200;

    private LocalPostgres postgres;
    private Path folder;
    private TestEngine engine;
    private TestJobs jobs;
    private PlanService plans;

    @BeforeAll
    void start(LocalPostgres running, @TempDir Path files) throws IOException, SQLException {
        postgres = running;
        folder = files;
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
    void convertsWhatItCanAndListsTheRest() throws SQLException {
        CallContext call = meters("reshape-list");
        RecordData good = engine.create(call, "c_meter", "c_name", "a", "c_reading", " 42 ");
        RecordData bad = engine.create(call, "c_meter", "c_name", "b", "c_reading", "forty");
        engine.create(call, "c_meter", "c_name", "c");

        Plan plan = plans.plan(call, "Number", toType("integer", ""));
        ObjectNode impact = Objects.requireNonNull(
                plan.impacts().get(ComponentKey.parse("c_meter.c_reading").orElseThrow()));
        assertThat(impact.path("converts").asInt()).isEqualTo(1);
        assertThat(impact.path("fails").asInt()).isEqualTo(1);
        assertThat(impact.path("samples").path(0).path("value").asText()).isEqualTo("forty");
        Plan applied = plans.apply(call, plan.id());
        assertThat(field(call, "c_reading").type().typeName()).isEqualTo("text");
        assertThat(read(call, good, "c_reading")).isEqualTo(" 42 ");
        assertThatThrownBy(() -> plans.plan(call, "Busy", toType("date", "")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.violations().getFirst().code())
                                .isEqualTo("field-busy"));

        Job job = run(call, applied);

        assertThat(job.state()).isEqualTo(Job.State.DONE);
        assertThat(job.counts().rejected()).isEqualTo(1);
        assertThat(jobs.work().jobs().errors(call, job.id(), 0, 10))
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.recordId()).isEqualTo(bad.id());
                    assertThat(error.faults().getFirst().value()).isEqualTo("forty");
                });
        assertThat(field(call, "c_reading").type().typeName()).isEqualTo("integer");
        assertThat(read(call, good, "c_reading")).isEqualTo(42L);
        assertThat(read(call, bad, "c_reading")).isNull();
        engine.update(call, "c_meter", bad.id(), "c_name", "bb");
        RecordData later = engine.create(call, "c_meter", "c_name", "d", "c_reading", 7);

        run(call, plans.apply(call, plans.revert(call, plan.id()).id()));

        assertThat(field(call, "c_reading").type().typeName()).isEqualTo("text");
        assertThat(read(call, good, "c_reading")).isEqualTo(" 42 ");
        assertThat(read(call, bad, "c_reading")).isEqualTo("forty");
        assertThat(read(call, later, "c_reading")).isEqualTo("7");
    }

    @Test
    void changesScalesAndPicklists() throws SQLException {
        CallContext call = meters("reshape-kinds");
        RecordData meter =
                engine.create(call, "c_meter", "c_name", "a", "c_reading", "good", "c_price", new BigDecimal("2.5000"));
        RecordData fine = engine.create(call, "c_meter", "c_name", "b", "c_price", new BigDecimal("2.1234"));

        run(call, plans.now(call, "Scale", Edit.changes(json("""
                [{"op": "change", "component": "c_meter.c_price", "value": {"scale": 1}}]
                """))));
        assertThat(read(call, meter, "c_price")).isEqualTo(new BigDecimal("2.5"));
        assertThat(read(call, fine, "c_price")).isNull();
        run(call, plans.now(call, "Options", toType("picklist", """
                , "maxLength": null, "options": [{"value": "good", "label": {"en": "Good"}}]
                """)));
        assertThat(read(call, meter, "c_reading")).isEqualTo("good");
        assertThat(field(call, "c_reading").options()).hasSize(1);
        run(call, plans.now(call, "Text", toType("text", ", \"options\": null")));
        assertThat(read(call, meter, "c_reading")).isEqualTo("good");
    }

    @Test
    void tellsTheSearchOfTheSwitch() throws SQLException {
        CallContext call = meters("reshape-search");
        plans.now(call, "Searched", Edit.changes(json("""
                [{"op": "change", "component": "c_meter.c_reading", "value": {"searchable": true}}]
                """)));
        engine.create(call, "c_meter", "c_name", "a", "c_reading", "+1 212 555 0100");

        run(call, plans.now(call, "Phone", toType("phone", "")));

        assertThat(jobs.work().jobs().newest(call, "search-index"))
                .as("numbers are found by their last digits, which other texts are not")
                .singleElement()
                .extracting(Job::state)
                .isEqualTo(Job.State.DONE);
    }

    @Test
    void movesIntoAnIndexAndBackWhileOthersWriteAndProcessesDie() throws Exception {
        CallContext call = meters("reshape-index");
        Map<UUID, String> expected = new ConcurrentHashMap<>();
        create(call, "c_note", "n").forEach((id, i) -> expected.put(id, "n" + i));

        Plan marked = plans.now(call, "Index", indexed(true));
        underWriters(call, expected, () -> {
            jobs.killAt(call, 3, Commit.LOST);
            jobs.killAt(call, 2, Commit.DONE);
            return run(call, marked);
        });
        assertThat(field(call, "c_note").slot()).startsWith("t");
        assertNotes(call, expected);

        Plan unmarked = plans.now(call, "No index", indexed(false));
        String slot = field(call, "c_note").slot();
        underWriters(call, expected, () -> run(call, unmarked));
        assertThat(field(call, "c_note").slot()).isNull();
        assertNotes(call, expected);
        assertThat(engine.database()
                        .count(
                                "select count(*) from relata.record_shared where tenant_id = ? and " + slot
                                        + " is not null",
                                call.tenant()))
                .isZero();
        assertThat(entity(call).hidden()).isEmpty();
    }

    @Test
    void movesAPluginsFieldIntoAnIndexAndOutOfIt() throws SQLException {
        CallContext call = jobs.member("reshape-managed");
        UUID deal = engine.create(call, "deal", "name", "a", "callAt", "2026-01-02T03:04:05Z")
                .id();
        assertThat(managed(call).slot()).isEqualTo("s01");
        assertThat(managed(call).indexed()).isFalse();

        run(call, plans.now(call, "Index", callAtIndexed(true)));

        assertThat(managed(call).indexed()).isTrue();
        assertThat(managed(call).slot()).isEqualTo("s05");
        assertThat(callAt(call, deal)).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(filled(call, "s05")).isEqualTo(1);
        assertThat(filled(call, "s01")).as("nothing stays behind").isZero();

        run(call, plans.now(call, "No index", callAtIndexed(false)));

        assertThat(managed(call).indexed()).isFalse();
        assertThat(callAt(call, deal)).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(filled(call, "s05")).isZero();
        engine.update(call, "deal", deal, "callAt", "2026-05-05T00:00:00Z");
        assertThat(callAt(call, deal)).isEqualTo(Instant.parse("2026-05-05T00:00:00Z"));
        assertThat(deals(call).hidden()).isEmpty();
    }

    private EntityDefinition deals(CallContext call) {
        engine.clock().advance(Duration.ofSeconds(2));
        return engine.relata().metadata().snapshot(call.tenant()).entity("deal").orElseThrow();
    }

    private FieldDefinition managed(CallContext call) {
        return deals(call).field("callAt").orElseThrow();
    }

    private @Nullable Object callAt(CallContext call, UUID deal) {
        return engine.update(call, "deal", deal).value("callAt");
    }

    private long filled(CallContext call, String slot) throws SQLException {
        return engine.database()
                .count(
                        "select count(*) from relata.record_deal where tenant_id = ? and " + slot + " is not null",
                        call.tenant());
    }

    private static Edit callAtIndexed(boolean yes) {
        return Edit.changes(json(
                "[{\"op\": \"change\", \"component\": \"test.deal.callAt\", \"value\": {\"indexed\": " + yes + "}}]"));
    }

    @Test
    void convertsWhileOthersWriteAndProcessesDie() throws Exception {
        CallContext call = meters("reshape-die");
        Map<UUID, Long> expected = new HashMap<>(create(call, "c_reading", ""));
        Plan plan = plans.now(call, "Number", toType("integer", ", \"indexed\": true"));
        for (int commits = 2; commits <= 6; commits++) {
            jobs.killAt(call, commits % 2 + 2, commits % 2 == 0 ? Commit.LOST : Commit.DONE);
            UUID one = List.copyOf(expected.keySet()).get(commits);
            if (field(call, "c_reading").type().typeName().equals("text")) {
                engine.update(call, "c_meter", one, "c_reading", String.valueOf(-commits));
                expected.put(one, (long) -commits);
            }
        }

        Job job = run(call, plan);

        assertThat(job.state()).isEqualTo(Job.State.DONE);
        assertThat(field(call, "c_reading").slot()).startsWith("n");
        assertThat(values(call, "c_reading")).isEqualTo(expected);
    }

    @Test
    void keepsWhatAWriterOnAnotherNodeWrote() throws Exception {
        CallContext call = meters("reshape-nodes");
        RecordData meter = engine.create(call, "c_meter", "c_name", "a", "c_reading", "1");
        try (Relata other = Relata.start(new Relata.Settings(
                engine.database().application(), engine.clock(), folder.resolve("plugins"), folder.resolve("files")))) {
            other.metadata().snapshot(call.tenant());

            run(call, plans.now(call, "Number", toType("integer", "")));
            other.writer().update(call, "c_meter", meter.id(), null, Map.of("c_reading", 2L));

            assertThat(read(call, meter, "c_reading")).isEqualTo(2L);
        }
    }

    @Test
    void leavesTheFieldAsItIsWhenCancelled() throws Exception {
        CallContext call = meters("reshape-cancel");
        RecordData meter = engine.create(call, "c_meter", "c_name", "a", "c_reading", "1");
        Plan plan = plans.now(call, "Number", toType("integer", ""));
        jobs.work().jobs().cancel(call, plan.jobs().getFirst(), null);

        assertThat(run(call, plan).state()).isEqualTo(Job.State.CANCELLED);

        assertThat(field(call, "c_reading").type().typeName()).isEqualTo("text");
        assertThat(read(call, meter, "c_reading")).isEqualTo("1");
        run(call, plans.now(call, "Number after all", toType("integer", "")));
        assertThat(read(call, meter, "c_reading")).isEqualTo(1L);
    }

    private void underWriters(CallContext call, Map<UUID, String> expected, Callable<Job> work) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<UUID> ids = List.copyOf(expected.keySet());
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<?> writer = threads.submit(() -> {
                for (int i = 0; !done.get() && i < MANY / 4; i++) {
                    UUID id = ids.get((i * 7) % ids.size());
                    String note = i % 5 == 0 ? null : "w" + i;
                    engine.update(call, "c_meter", id, "c_note", note);
                    expected.put(id, String.valueOf(note));
                    UUID created = engine.create(call, "c_meter", "c_name", "new", "c_note", "new" + i)
                            .id();
                    expected.put(created, "new" + i);
                }
            });
            try {
                assertThat(work.call().state()).isEqualTo(Job.State.DONE);
            } finally {
                done.set(true);
                writer.get();
            }
        }
    }

    private void assertNotes(CallContext call, Map<UUID, String> expected) {
        Map<UUID, String> found = new HashMap<>();
        values(call, "c_note").forEach((id, note) -> found.put(id, String.valueOf(note)));
        assertThat(found).isEqualTo(expected);
    }

    /// Returns the field's values of all records.
    private Map<UUID, @Nullable Object> values(CallContext call, String name) {
        EntityDefinition entity = entity(call);
        FieldDefinition field = entity.field(name).orElseThrow();
        RecordColumns columns = RecordColumns.of(entity);
        Map<UUID, @Nullable Object> values = new HashMap<>();
        engine.relata().transactions().call(call, sql -> {
            sql.select(columns.selection(List.of(field)))
                    .from(columns.table())
                    .where(columns.live(call.tenant()))
                    .forEach(row -> {
                        RecordData record = columns.read(row, List.of(field));
                        values.put(record.id(), record.value(name));
                    });
            return values;
        });
        return values;
    }

    /// Creates many records, with a number behind the prefix in the field.
    private Map<UUID, Long> create(CallContext call, String field, String prefix) {
        return engine.relata().writer().transaction(call, tx -> {
            Map<UUID, Long> numbers = new HashMap<>();
            List<RecordInput> inputs = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                inputs.add(new RecordInput(
                        null, null, TestEngine.values("c_name", "m" + i, field, prefix + i), Form.JSON));
            }
            List<RecordResult> results = engine.relata().writer().saveAll(tx, tx.entity("c_meter"), inputs);
            for (int i = 0; i < MANY; i++) {
                numbers.put(((RecordResult.Saved) results.get(i)).data().id(), (long) i);
            }
            return numbers;
        });
    }

    private CallContext meters(String slug) throws SQLException {
        CallContext call = jobs.member(slug);
        plans.now(call, "Meters", Edit.changes(json("[" + METER + "]")));
        return call;
    }

    private Job run(CallContext call, Plan plan) throws SQLException {
        Job job = jobs.work().jobs().find(call, plan.jobs().getFirst(), null);
        return jobs.run(call, job);
    }

    private static Edit toType(String type, String more) {
        return Edit.changes(json("[{\"op\": \"change\", \"component\": \"c_meter.c_reading\", \"value\": {\"type\": \""
                + type + "\"" + more + "}}]"));
    }

    private static Edit indexed(boolean yes) {
        return Edit.changes(json(
                "[{\"op\": \"change\", \"component\": \"c_meter.c_note\", \"value\": {\"indexed\": " + yes + "}}]"));
    }

    private @Nullable Object read(CallContext call, RecordData record, String field) {
        return value(call, record.id(), field);
    }

    private @Nullable Object value(CallContext call, UUID id, String field) {
        return engine.update(call, "c_meter", id).value(field);
    }

    private EntityDefinition entity(CallContext call) {
        return engine.relata()
                .metadata()
                .snapshot(call.tenant())
                .entity("c_meter")
                .orElseThrow();
    }

    private FieldDefinition field(CallContext call, String name) {
        engine.clock().advance(Duration.ofSeconds(2));
        return entity(call).field(name).orElseThrow();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException(exception);
        }
    }
}
