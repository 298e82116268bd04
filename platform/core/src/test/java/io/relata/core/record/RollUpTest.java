package io.relata.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.TestEngine;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.type.Form;
import io.relata.core.problem.ProblemException;
import io.relata.core.query.RecordReader;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

/// Fines of cars, cars of owners: results of results, with every function.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RollUpTest {

    private final LocalPostgres postgres;
    private TestEngine engine;

    RollUpTest(LocalPostgres postgres) {
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
    void isReckonedBesideFormulasThatAreComputedWhenTheyAreRead() throws SQLException {
        CallContext call = tenant("formula");
        for (String field : List.of(
                "{'name': 'c_twice', 'type': 'formula', 'expression': 'c_total * 2', 'scale': 2, 'label': {'en': 'T'}}",
                "{'name': 'c_many', 'type': 'formula', 'expression': 'c_fines > 1', 'label': {'en': 'M'}}")) {
            engine.relata().metadata().addField(call, "c_car", json(field.replace('\'', '"')));
        }
        UUID car = car(call, null);
        fine(call, car, "10", null, "open");
        fine(call, car, "5.5", null, "open");

        RecordData read = record(call, "c_car", car);
        assertThat(read.value("c_total")).isEqualTo(new BigDecimal("15.50"));
        assertThat(read.value("c_twice")).isEqualTo(new BigDecimal("31.00"));
        assertThat(read.value("c_many")).isEqualTo(true);
    }

    @Test
    void followsEveryWayInWhichRecordsChange() throws SQLException {
        CallContext call = tenant("ways");
        UUID owner = engine.create(call, "c_owner", "c_name", "O").id();
        UUID car = car(call, owner);
        UUID second = car(call, owner);
        assertThat(results(call, car)).containsExactly(0L, money("0"), null, null, null, null, null, 0L);

        UUID first = fine(call, car, "10.00", "2026-01-02", "open");
        UUID other = fine(call, car, "30.50", "2026-01-01", "paid");
        fine(call, car, null, null, "paid");
        assertThat(results(call, car))
                .containsExactly(
                        3L, money("40.50"), money("10.00"), money("30.50"), money("20.25"), money("30.50"), "open", 2L);
        assertThat(total(call, owner)).isEqualTo(money("40.50"));

        engine.update(call, "c_fine", other, "c_amount", "5.00", "c_state", "open");
        assertThat(results(call, car))
                .containsExactly(
                        3L, money("15.00"), money("5.00"), money("10.00"), money("7.50"), money("5.00"), "open", 2L);

        engine.update(call, "c_fine", first, "c_car_id", second.toString());
        assertThat(results(call, car))
                .containsExactly(
                        2L, money("5.00"), money("5.00"), money("5.00"), money("5.00"), money("5.00"), "open", 2L);
        assertThat(results(call, second).getFirst()).isEqualTo(1L);
        assertThat(total(call, owner)).isEqualTo(money("15.00"));

        engine.relata().writer().delete(call, "c_fine", other, null);
        assertThat(results(call, car)).containsExactly(1L, money("0.00"), null, null, null, null, "paid", 1L);
        engine.relata().writer().restore(call, "c_fine", other);
        assertThat(total(call, owner)).isEqualTo(money("15.00"));

        engine.relata().writer().delete(call, "c_car", car, null);
        assertThat(total(call, owner)).isEqualTo(money("10.00"));
        engine.relata().writer().restore(call, "c_car", car);
        assertThat(total(call, owner)).isEqualTo(money("15.00"));
        assertThat(results(call, car).getFirst()).isEqualTo(2L);
    }

    @Test
    void forgetsABestThatCameAndWentInOneTransaction() throws SQLException {
        CallContext call = tenant("came");
        UUID car = car(call, null);
        UUID fine = fine(call, car, "10", null, "open");
        RecordWriter writer = engine.relata().writer();
        writer.transaction(call, tx -> {
            for (String amount : List.of("90", "20")) {
                writer.saveAll(
                        tx,
                        tx.entity("c_fine"),
                        List.of(new RecordInput(fine, null, TestEngine.values("c_amount", amount), Form.JSON)));
            }
            return fine;
        });
        assertThat(results(call, car).subList(2, 4)).containsExactly(money("20.00"), money("20.00"));
    }

    @Test
    void leavesTheVersionOfTheRecordAlone() throws SQLException {
        CallContext call = tenant("version");
        UUID car = car(call, null);
        fine(call, car, "10", null, "open");

        RecordData changed = engine.relata().writer().update(call, "c_car", car, 1L, Map.of("c_plate", "new"));

        assertThat(changed.version()).isEqualTo(2);
        assertThat(changed.value("c_total")).isEqualTo(money("10.00"));
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> engine.update(call, "c_car", car, "c_total", "1"));
        assertThat(refused.violations().getFirst().code()).isEqualTo("read-only");
    }

    @Test
    void isRightWhateverManyWritersDoAtTheSameTime() throws Exception {
        CallContext call = tenant("writers");
        UUID owner = engine.create(call, "c_owner", "c_name", "O").id();
        List<UUID> cars =
                IntStream.range(0, 4).mapToObj(number -> car(call, owner)).toList();
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int writer = 0; writer < 8; writer++) {
            Random random = new Random(writer);
            work.add(() -> {
                List<UUID> fines = new ArrayList<>();
                for (int step = 0; step < 25; step++) {
                    act(call, cars, fines, random);
                }
                return true;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
            for (Future<Boolean> done : threads.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
        }

        assertThat(differences(call, "c_car")).isEmpty();
        assertThat(differences(call, "c_owner")).isEmpty();
        assertThat(engine.database()
                        .count(
                                "select count(*) from relata.record_shared where tenant_id = ? and state = 0",
                                call.tenant()))
                .isGreaterThan(50);
    }

    private void act(CallContext call, List<UUID> cars, List<UUID> fines, Random random) {
        UUID car = cars.get(random.nextInt(cars.size()));
        String amount = random.nextInt(1_000) + ".25";
        if (fines.size() < 3 || random.nextInt(3) == 0) {
            fines.addAll(fines(call, cars, random));
        } else if (random.nextInt(3) == 0) {
            UUID gone = fines.remove(random.nextInt(fines.size()));
            engine.relata().writer().delete(call, "c_fine", gone, null);
            if (random.nextBoolean()) {
                engine.relata().writer().restore(call, "c_fine", gone);
                fines.add(gone);
            }
        } else {
            UUID fine = fines.get(random.nextInt(fines.size()));
            engine.update(
                    call, "c_fine", fine, "c_amount", amount, "c_car_id", car.toString(), "c_state", state(random));
        }
    }

    private static String state(Random random) {
        return random.nextBoolean() ? "open" : "paid";
    }

    private List<UUID> fines(CallContext call, List<UUID> cars, Random random) {
        RecordWriter writer = engine.relata().writer();
        List<RecordInput> inputs = IntStream.range(0, 4)
                .mapToObj(number -> {
                    Map<String, @Nullable Object> values = new HashMap<>();
                    values.put("c_amount", random.nextInt(1_000) + ".5");
                    values.put(
                            "c_on",
                            LocalDate.of(2026, 1, 1 + random.nextInt(28)).toString());
                    values.put("c_state", state(random));
                    values.put("c_car_id", cars.get(random.nextInt(cars.size())).toString());
                    return new RecordInput(null, null, values, Form.JSON);
                })
                .toList();
        return writer.transaction(call, tx -> writer.saveAll(tx, tx.entity("c_fine"), inputs)).stream()
                .map(result -> ((RecordResult.Saved) result).data().id())
                .toList();
    }

    @Test
    void findsAndCorrectsWhatIsWrong() throws SQLException {
        CallContext call = tenant("correct");
        UUID owner = engine.create(call, "c_owner", "c_name", "O").id();
        UUID car = car(call, owner);
        fine(call, car, "10", null, "open");
        String slot = definition(call, "c_car").field("c_total").orElseThrow().slot();
        engine.database().update("update relata.record_shared set " + slot + " = 999 where id = ?", car);

        List<RollUpDifference> found = differences(call, "c_car");
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().stored()).isEqualTo(money("9.99"));
        assertThat(found.getFirst().reckoned()).isEqualTo(money("10.00"));

        recalculate(call, "c_car", false);
        assertThat(differences(call, "c_car")).isEmpty();
        // The owner's total follows by the difference, as it would any other change.
        recalculate(call, "c_owner", false);
        assertThat(total(call, owner)).isEqualTo(money("10.00"));
    }

    @Test
    void refusesDefinitionsThatCannotBeReckoned() throws SQLException {
        CallContext call = tenant("wrong");

        assertThat(codes(call, "c_car", "integer", "\"of\": \"c_none\", \"by\": \"c_car\", \"function\": \"count\""))
                .containsExactly("rollUp.of target-unknown");
        assertThat(codes(call, "c_car", "integer", "\"of\": \"c_fine\", \"by\": \"c_state\", \"function\": \"count\""))
                .containsExactly("rollUp.by roll-up-lookup");
        assertThat(codes(
                        call,
                        "c_car",
                        "integer",
                        "\"of\": \"c_fine\", \"by\": \"c_car\", \"function\": \"sum\", \"field\": \"c_amount\""))
                .containsExactly("rollUp.function roll-up-type");
        assertThat(codes(
                        call,
                        "c_car",
                        "integer",
                        "\"of\": \"c_fine\", \"by\": \"c_car\", \"function\": \"count\", \"filter\": \"c_none eq 1\""))
                .containsExactly("rollUp.filter roll-up-filter");
        assertThat(codes(call, "c_car", "integer", "\"of\": \"c_fine\", \"by\": \"c_car\", \"function\": \"most\""))
                .containsExactly("rollUp.function roll-up-function");
        assertThat(codes(
                        call,
                        "c_ring",
                        "money",
                        "\"of\": \"c_ring\", \"by\": \"c_of\", \"function\": \"sum\", \"field\": \"c_new\""))
                .containsExactly("rollUp.of roll-up-circle");
    }

    private List<String> codes(CallContext call, String entity, String type, String rollUp) {
        ProblemException refused = catchThrowableOfType(
                ProblemException.class,
                () -> engine.relata()
                        .metadata()
                        .addField(call, entity, JsonMapper.builder().build().readTree("""
                        {"name": "c_new", "type": "%s", "label": {"en": "New"}, "rollUp": {%s}}
                        """.formatted(type, rollUp))));
        return refused.violations().stream()
                .map(violation -> violation.field() + " " + violation.code())
                .toList();
    }

    private CallContext tenant(String slug) throws SQLException {
        CallContext call = engine.tenant("rollup-" + slug);
        define(call, "c_owner", "");
        define(call, "c_car", """
                , {"name": "c_plate", "type": "text", "maxLength": 20, "label": {"en": "Plate"}}
                , {"name": "c_owner", "type": "lookup", "target": "c_owner", "label": {"en": "Owner"}}
                """);
        define(call, "c_fine", """
                , {"name": "c_car", "type": "lookup", "target": "c_car", "onDelete": "cascade", "label": {"en": "Car"}}
                , {"name": "c_amount", "type": "money", "label": {"en": "Amount"}}
                , {"name": "c_on", "type": "date", "label": {"en": "On"}}
                , {"name": "c_state", "type": "text", "maxLength": 20, "label": {"en": "State"}}
                """);
        define(call, "c_ring", """
                , {"name": "c_of", "type": "lookup", "target": "c_ring", "label": {"en": "Of"}}
                """);
        add(call, "c_car", "c_fines", "integer", "\"of\": \"c_fine\", \"by\": \"c_car\", \"function\": \"count\"");
        for (String function : List.of("sum", "min", "max", "avg")) {
            add(
                    call,
                    "c_car",
                    function.equals("sum") ? "c_total" : "c_" + function,
                    "money",
                    "\"of\": \"c_fine\", \"by\": \"c_car\", \"field\": \"c_amount\", \"function\": \"%s\""
                            .formatted(function));
        }
        add(
                call,
                "c_car",
                "c_first",
                "money",
                "\"of\": \"c_fine\", \"by\": \"c_car\", \"field\": \"c_amount\", \"function\": \"first\", \"orderBy\": \"c_on\"");
        add(
                call,
                "c_car",
                "c_last",
                "text",
                "\"of\": \"c_fine\", \"by\": \"c_car\", \"field\": \"c_state\", \"function\": \"last\", \"orderBy\": \"c_on\"");
        add(
                call,
                "c_car",
                "c_paid",
                "integer",
                "\"of\": \"c_fine\", \"by\": \"c_car\", \"function\": \"count\", \"filter\": \"not (c_state eq 'open' and c_amount gt 5) and c_state in ('paid', 'open')\"");
        add(
                call,
                "c_owner",
                "c_total",
                "money",
                "\"of\": \"c_car\", \"by\": \"c_owner\", \"function\": \"sum\", \"field\": \"c_total\"");
        return call;
    }

    private void add(CallContext call, String entity, String name, String type, String rollUp) {
        engine.relata().metadata().addField(call, entity, json("""
                {"name": "%s", "type": "%s", "label": {"en": "R"}, "rollUp": {%s}}
                """.formatted(name, type, rollUp)));
    }

    private void define(CallContext call, String name, String fields) {
        engine.relata().metadata().createEntity(call, json("""
                {"name": "%s", "label": {"en": "%s"}, "pluralLabel": {"en": "%ss"},
                 "fields": [{"name": "c_name", "type": "text", "label": {"en": "Name"}}%s]}
                """.formatted(name, name, name, fields)));
    }

    private static com.fasterxml.jackson.databind.JsonNode json(String text) {
        try {
            return JsonMapper.builder().build().readTree(text);
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException(exception);
        }
    }

    private UUID car(CallContext call, @Nullable UUID owner) {
        return engine.create(call, "c_car", "c_name", "C", "c_owner_id", owner == null ? null : owner.toString())
                .id();
    }

    private UUID fine(CallContext call, UUID car, @Nullable String amount, @Nullable String on, String state) {
        return engine.create(
                        call, "c_fine", "c_car_id", car.toString(), "c_amount", amount, "c_on", on, "c_state", state)
                .id();
    }

    private List<@Nullable Object> results(CallContext call, UUID car) {
        Map<String, @Nullable Object> values = record(call, "c_car", car).values();
        List<@Nullable Object> results = new ArrayList<>();
        List.of("c_fines", "c_total", "c_min", "c_max", "c_avg", "c_first", "c_last", "c_paid")
                .forEach(name -> results.add(values.get(name)));
        return results;
    }

    private @Nullable Object total(CallContext call, UUID owner) {
        return record(call, "c_owner", owner).value("c_total");
    }

    private RecordData record(CallContext call, String entity, UUID id) {
        return new RecordReader(engine.relata().transactions(), Duration.ofSeconds(10))
                .find(call, definition(call, entity), id)
                .orElseThrow();
    }

    private EntityDefinition definition(CallContext call, String entity) {
        return engine.relata().metadata().snapshot(call.tenant()).entity(entity).orElseThrow();
    }

    private List<RollUpDifference> differences(CallContext call, String entity) {
        return recalculate(call, entity, true);
    }

    private List<RollUpDifference> recalculate(CallContext call, String entity, boolean only) {
        RecordWriter writer = engine.relata().writer();
        UUID last = engine.relata().ids().next();
        return writer.transaction(call, tx -> writer.reckon(tx, tx.entity(entity), null, last, 1_000, only))
                .differences();
    }

    private static BigDecimal money(String amount) {
        return new BigDecimal(amount).setScale(2);
    }
}
