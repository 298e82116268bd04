package io.relata.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.TestEngine;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.type.Form;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.query.RecordReader;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Buildings have floors (cascade), floors rooms (cascade); a permit keeps its building (restrict); a note forgets what
/// it was about (clear).
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeleteBehaviourTest {

    private final LocalPostgres postgres;
    private TestEngine engine;

    DeleteBehaviourTest(LocalPostgres postgres) {
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
    void deletesAndRestoresTheWholeTree() throws SQLException {
        CallContext call = tenant("tree");
        UUID building = make(call, "c_building", "B", null);
        UUID floor = make(call, "c_floor", "F", building);
        UUID room = make(call, "c_room", "R", floor);
        UUID note = make(call, "c_note", "N", building);
        UUID other = make(call, "c_floor", "Other", make(call, "c_building", "C", null));

        delete(call, "c_building", building);

        assertThat(live(call, "c_building", building)).isNull();
        assertThat(live(call, "c_floor", floor)).isNull();
        assertThat(live(call, "c_room", room)).isNull();
        assertThat(link(call, "c_note", note)).isNull();
        assertThat(live(call, "c_note", note)).extracting(RecordData::version).isEqualTo(2L);
        assertThat(live(call, "c_floor", other)).isNotNull();
        assertThat(audits(call)).isEqualTo(6 + 4);
        assertThat(events(call)).isEqualTo(6 + 4);

        restore(call, "c_building", building);

        assertThat(link(call, "c_floor", floor)).isEqualTo(building);
        assertThat(link(call, "c_room", room)).isEqualTo(floor);
        assertThat(link(call, "c_note", note)).isEqualTo(building);
        assertThat(audits(call)).isEqualTo(6 + 8);
        assertThat(engine.database()
                        .count("select count(*) from relata.deletion_effect where tenant_id = ?", call.tenant()))
                .isZero();
    }

    @Test
    void leavesAloneWhatWasDeletedBefore() throws SQLException {
        CallContext call = tenant("before");
        UUID building = make(call, "c_building", "B", null);
        UUID floor = make(call, "c_floor", "F", building);
        delete(call, "c_floor", floor);

        delete(call, "c_building", building);
        restore(call, "c_building", building);

        assertThat(live(call, "c_floor", floor)).isNull();
    }

    @Test
    void putsNoLinkOverOneThatWasChosenMeanwhile() throws SQLException {
        CallContext call = tenant("meanwhile");
        UUID building = make(call, "c_building", "B", null);
        UUID second = make(call, "c_building", "C", null);
        UUID note = make(call, "c_note", "N", building);
        delete(call, "c_building", building);
        engine.update(call, "c_note", note, "c_of_id", second.toString());

        restore(call, "c_building", building);

        assertThat(link(call, "c_note", note)).isEqualTo(second);
    }

    @Test
    void saysWhatKeepsARecordAndHowManyThereAre() throws SQLException {
        CallContext call = tenant("restrict");
        UUID building = make(call, "c_building", "B", null);
        UUID floor = make(call, "c_floor", "F", building);
        IntStream.rangeClosed(1, 7).forEach(number -> make(call, "c_permit", "P" + number, building));

        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> delete(call, "c_building", building));

        assertThat(refused.violations())
                .containsExactly(Violation.of(null, "delete-restricted", 7, "c_permits", "Of", "P1, P2, P3, P4, P5"));
        assertThat(live(call, "c_floor", floor)).isNotNull();
    }

    @Test
    void refusesOnlyThoseThatAreKept() throws SQLException {
        CallContext call = tenant("some");
        UUID kept = make(call, "c_building", "Kept", null);
        UUID free = make(call, "c_building", "Free", null);
        UUID keptFloor = make(call, "c_floor", "F", kept);
        UUID freeFloor = make(call, "c_floor", "G", free);
        make(call, "c_seal", "S", keptFloor);

        List<RecordResult> results = deleteAll(call, "c_building", List.of(kept, free));

        assertThat(results.get(0)).isInstanceOf(RecordResult.Rejected.class);
        assertThat(results.get(1)).isInstanceOf(RecordResult.Saved.class);
        assertThat(live(call, "c_floor", keptFloor)).isNotNull();
        assertThat(live(call, "c_floor", freeFloor)).isNull();
    }

    @Test
    void goesRoundInACircleOnce() throws SQLException {
        CallContext call = tenant("circle");
        UUID first = make(call, "c_ring", "1", null);
        UUID second = make(call, "c_ring", "2", first);
        engine.update(call, "c_ring", first, "c_of_id", second.toString());

        delete(call, "c_ring", first);
        assertThat(live(call, "c_ring", second)).isNull();

        restore(call, "c_ring", first);
        assertThat(link(call, "c_ring", first)).isEqualTo(second);
        assertThat(link(call, "c_ring", second)).isEqualTo(first);
    }

    @Test
    void bringsNoRecordBackThatPointsIntoTheVoid() throws SQLException {
        CallContext call = tenant("void");
        UUID building = make(call, "c_building", "B", null);
        UUID floor = make(call, "c_floor", "F", building);
        UUID note = make(call, "c_note", "N", building);
        delete(call, "c_note", note);
        delete(call, "c_building", building);

        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> restore(call, "c_floor", floor));
        RecordData restored = restore(call, "c_note", note);

        assertThat(refused.violations()).containsExactly(Violation.of("c_of_id", "restore-parent-first", "c_building"));
        assertThat(restored.value("c_of")).isNull();
        assertThat(restored).isEqualTo(live(call, "c_note", note));

        restore(call, "c_building", building);
        assertThat(link(call, "c_note", note)).isEqualTo(building);
        assertThat(link(call, "c_floor", floor)).isEqualTo(building);
    }

    @Test
    void comesBackWithTheLastOfItsTwoOwners() throws SQLException {
        CallContext call = tenant("owners");
        UUID building = make(call, "c_building", "B", null);
        UUID ring = make(call, "c_ring", "R", null);
        UUID both = engine.create(
                        call, "c_both", "c_name", "X", "c_of_id", building.toString(), "c_ring_id", ring.toString())
                .id();
        delete(call, "c_building", building);
        delete(call, "c_ring", ring);

        restore(call, "c_building", building);
        assertThat(live(call, "c_both", both)).isNull();

        restore(call, "c_ring", ring);
        assertThat(live(call, "c_both", both)).isNotNull();
    }

    @Test
    void keepsEveryRecordOrDeletesItWhateverComesAtTheSameTime() throws Exception {
        CallContext call = tenant("race");
        for (int round = 0; round < 20; round++) {
            UUID building = make(call, "c_building", "B", null);
            List<Callable<Object>> work = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                work.add(() -> attempt(() -> make(call, "c_floor", "F", building)));
            }
            work.add(2, () -> attempt(() -> delete(call, "c_building", building)));
            try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
                for (Future<Object> done : threads.invokeAll(work)) {
                    done.get();
                }
            }
        }

        assertThat(engine.database()
                        .count(
                                "select count(*) from relata.record_shared c join relata.record_shared p on p.id = c.u01"
                                        + " where c.tenant_id = ? and c.state = 0 and p.state = 1",
                                call.tenant()))
                .isZero();
    }

    @Test
    void refusesToDoTooMuchAtOnce() throws SQLException {
        CallContext call = tenant("many");
        UUID building = make(call, "c_building", "B", null);
        fill(call, "c_floor", building, Consequences.MOST + 1);

        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> delete(call, "c_building", building));

        assertThat(refused.violations()).containsExactly(Violation.of(null, "delete-too-many", Consequences.MOST));
        assertThat(live(call, "c_building", building)).isNotNull();
    }

    @Test
    void refusesDefinitionsThatCannotBeKept() {
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> define(engine.tenant("wrong"), "c_wrong", """
                        , {"name": "c_a", "type": "lookup", "target": "c_wrong", "required": true, "onDelete": "clear", "label": {"en": "A"}}
                        , {"name": "c_b", "type": "lookup", "target": "c_wrong", "onDelete": "explode", "label": {"en": "B"}}
                        , {"name": "c_c", "type": "text", "onDelete": "clear", "label": {"en": "C"}}
                        """));

        assertThat(refused.violations().stream().map(found -> found.field() + " " + found.code()))
                .containsExactly(
                        "fields[1].onDelete on-delete-required",
                        "fields[2].onDelete on-delete-unknown",
                        "fields[3].onDelete not-for-type");
    }

    private CallContext tenant(String slug) throws SQLException {
        CallContext call = engine.tenant("delete-" + slug);
        define(call, "c_building", "");
        define(call, "c_floor", lookup("c_of", "c_building", "cascade"));
        define(call, "c_room", lookup("c_of", "c_floor", "cascade"));
        define(call, "c_permit", lookup("c_of", "c_building", "restrict"));
        define(call, "c_seal", lookup("c_of", "c_floor", "restrict"));
        define(call, "c_note", lookup("c_of", "c_building", "clear"));
        define(call, "c_ring", lookup("c_of", "c_ring", "cascade"));
        define(call, "c_both", lookup("c_of", "c_building", "cascade") + lookup("c_ring", "c_ring", "cascade"));
        return call;
    }

    private static String lookup(String name, String target, String onDelete) {
        return """
                , {"name": "%s", "type": "lookup", "target": "%s", "onDelete": "%s", "label": {"en": "Of"}}
                """.formatted(name, target, onDelete);
    }

    private void define(CallContext call, String name, String fields) {
        try {
            engine.relata()
                    .metadata()
                    .createEntity(call, JsonMapper.builder().build().readTree("""
                    {"name": "%s", "label": {"en": "%s"}, "pluralLabel": {"en": "%ss"},
                     "fields": [{"name": "c_name", "type": "text", "label": {"en": "Name"}}%s]}
                    """.formatted(name, name, name, fields)));
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException(exception);
        }
    }

    private UUID make(CallContext call, String entity, String name, @Nullable UUID of) {
        return engine.create(call, entity, values(name, of)).id();
    }

    private static @Nullable Object[] values(String name, @Nullable UUID of) {
        return of == null ? new Object[] {"c_name", name} : new Object[] {"c_name", name, "c_of_id", of.toString()};
    }

    private void fill(CallContext call, String entity, UUID of, int count) {
        RecordWriter writer = engine.relata().writer();
        writer.transaction(
                call,
                tx -> writer.saveAll(
                        tx,
                        tx.entity(entity),
                        IntStream.range(0, count)
                                .mapToObj(number ->
                                        new RecordInput(null, null, Map.of("c_of_id", of.toString()), Form.JSON))
                                .toList()));
    }

    private RecordData delete(CallContext call, String entity, UUID id) {
        return engine.relata().writer().delete(call, entity, id, null);
    }

    private List<RecordResult> deleteAll(CallContext call, String entity, List<UUID> ids) {
        RecordWriter writer = engine.relata().writer();
        return writer.transaction(
                call,
                tx -> writer.moveAll(
                        tx,
                        tx.entity(entity),
                        ids.stream().map(id -> RecordTarget.of(id, null)).toList(),
                        Move.DELETE));
    }

    private RecordData restore(CallContext call, String entity, UUID id) {
        return engine.relata().writer().restore(call, entity, id);
    }

    private static Object attempt(Callable<?> work) throws Exception {
        try {
            return work.call();
        } catch (ProblemException refused) {
            return refused;
        }
    }

    private @Nullable RecordData live(CallContext call, String entity, UUID id) {
        EntityDefinition definition = engine.relata()
                .metadata()
                .snapshot(call.tenant())
                .entity(entity)
                .orElseThrow();
        return new RecordReader(engine.relata().transactions(), Duration.ofSeconds(10))
                .find(call, definition, id)
                .orElse(null);
    }

    private @Nullable Object link(CallContext call, String entity, UUID id) {
        return Objects.requireNonNull(live(call, entity, id)).value("c_of");
    }

    private long audits(CallContext call) throws SQLException {
        return engine.database()
                .count(
                        "select count(*) from relata.audit a where a.tenant_id = ? and exists (select from relata.record_shared r where r.id = a.record_id)",
                        call.tenant());
    }

    private long events(CallContext call) throws SQLException {
        return engine.database()
                .count(
                        "select count(*) from relata.outbox where tenant_id = ? and type like 'record.%'",
                        call.tenant());
    }
}
