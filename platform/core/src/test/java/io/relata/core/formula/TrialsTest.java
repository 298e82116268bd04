package io.relata.core.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.TestCalls;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.metadata.ComponentKey;
import io.relata.core.metadata.Edit;
import io.relata.core.plan.Plan;
import io.relata.core.plan.Trials;
import io.relata.core.plan.Trials.Trial;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.RecordData;
import io.relata.core.record.RecordTrial.Sample;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Expressions are tried on records before a definition has them.
@ExtendWith(PostgresExtension.class)
class TrialsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TestEngine engine;
    private TestJobs jobs;
    private Trials trials;
    private CallContext call;

    @BeforeEach
    void start(LocalPostgres postgres, @TempDir Path folder) throws IOException, SQLException {
        engine = TestEngine.start(postgres, folder);
        jobs = TestJobs.of(engine);
        trials = new Trials(engine.relata()::seen, engine.relata().metadata(), engine.clock());
        call = jobs.member("trials");
        plan(call, """
                [{"op": "add", "component": "c_street", "value": {"label": {"en": "Street"}, "pluralLabel": {"en": "Streets"},
                   "fields": [{"name": "c_name", "type": "text", "label": {"en": "Name"}},
                              {"name": "c_rate", "type": "decimal", "label": {"en": "Rate"}}]}},
                 {"op": "add", "component": "c_fine", "value": {"label": {"en": "Fine"}, "pluralLabel": {"en": "Fines"},
                   "fields": [{"name": "c_plate", "type": "text", "label": {"en": "Plate"}},
                              {"name": "c_amount", "type": "money", "label": {"en": "Amount"}},
                              {"name": "c_street", "type": "lookup", "target": "c_street", "label": {"en": "Street"}},
                              {"name": "c_twice", "type": "formula", "expression": "c_amount * 2", "label": {"en": "Twice"}}]}}]
                """);
    }

    @AfterEach
    void stop() {
        jobs.close();
        engine.close();
    }

    private Plan plan(CallContext context, String changes) {
        Plan plan = work(context, changes);
        return jobs.work().plans().apply(context, plan.id());
    }

    private Plan work(CallContext context, String changes) {
        try {
            return jobs.work().plans().plan(context, "Trial", Edit.changes(JSON.readTree(changes)));
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException(exception);
        }
    }

    private RecordData fine(CallContext context, String plate, int amount) {
        return engine.create(context, "c_fine", "c_plate", plate, "c_amount", amount);
    }

    @Test
    void saysHowManyRecordsAConditionRefusesAndWhich() throws SQLException {
        fine(call, "A1", 10);
        RecordData dear = fine(call, "A2", 900);
        engine.relata().writer().delete(call, "c_fine", fine(call, "A3", 901).id(), null);

        Trial trial = trials.condition(call, "c_fine", "refuseWhen", "c_twice > 1000");

        assertThat(trial.outcome().tried()).isEqualTo(2);
        assertThat(trial.outcome().counted()).isEqualTo(1);
        assertThat(trial.outcome().complete()).isTrue();
        assertThat(trial.outcome().samples()).extracting(Sample::id).containsExactly(dear.id());
        Trial direct = trials.condition(call, "c_fine", "refuseWhen", "c_amount > 500 && c_plate == 'A2'");
        assertThat(direct.outcome().samples().getFirst().read()).containsOnlyKeys("c_plate", "c_amount");
    }

    @Test
    void looksAtTheNewestThousand() {
        UUID oldest = fine(call, "old", 5_000).id();
        for (int i = 0; i < 1_000; i++) {
            fine(call, "P" + i, 1);
        }

        Trial trial = trials.condition(call, "c_fine", "refuseWhen", "c_amount > 500");

        assertThat(oldest).isNotNull();
        assertThat(trial.outcome().tried()).isEqualTo(1_000);
        assertThat(trial.outcome().counted()).isZero();
    }

    @Test
    void showsWhatAFormulaGivesOverLookupsToo() {
        RecordData street = engine.create(call, "c_street", "c_name", "Main", "c_rate", "1.5");
        engine.create(
                call,
                "c_fine",
                "c_plate",
                "A1",
                "c_amount",
                10,
                "c_street_id",
                street.id().toString());
        fine(call, "A2", 20);

        Trial trial = trials.formula(call, "c_fine", "expression", "c_amount * c_street.c_rate", 1);

        assertThat(Objects.requireNonNull(trial.type()).type().typeName()).isEqualTo("decimal");
        assertThat(trial.outcome().counted()).as("without a street").isEqualTo(1);
        assertThat(trial.outcome().samples())
                .extracting(sample -> String.valueOf(sample.value()))
                .containsExactly("null", "15.0");
    }

    @Test
    void countsRecordsThatTakeTooMuchWork() {
        fine(call, "x".repeat(200), 1);
        String text = "c_plate";
        for (int i = 0; i < 6; i++) {
            text = "replace(" + text + ", 'x', 'xxx')";
        }
        String costly = String.join(" + ", Collections.nCopies(10, "size(" + text + ")"));

        Trial trial = trials.formula(call, "c_fine", "expression", costly, null);

        assertThat(trial.outcome().tooCostly()).isEqualTo(1);
    }

    @Test
    void refusesWrongExpressionsAndOtherPeople() {
        assertThat(catchThrowableOfType(
                                ProblemException.class,
                                () -> trials.condition(call, "c_fine", "refuseWhen", "c_amonut > 1"))
                        .violations())
                .containsExactly(Violation.of("refuseWhen", "expression-unknown-name-hint", 1, "c_amonut", "c_amount"));
        assertThat(catchThrowableOfType(
                                ProblemException.class,
                                () -> trials.condition(
                                        TestCalls.user(call.tenant()), "c_fine", "refuseWhen", "c_amount > 1"))
                        .code())
                .isEqualTo(ProblemCode.FORBIDDEN);
    }

    @Test
    void countsInThePlanWhatRulesAndConditionsRefuse() {
        fine(call, "A1", 10);
        RecordData dear = fine(call, "A2", 900);

        Plan plan = work(call, """
                [{"op": "change", "component": "c_fine", "value": {"rules": [
                   {"name": "c_dear", "refuseWhen": "c_amount > 500 || c_new == 'x'", "message": {"en": "Too dear."}}]}},
                 {"op": "add", "component": "c_fine.c_new", "value": {"type": "text", "label": {"en": "New"}}},
                 {"op": "change", "component": "c_fine.c_street", "value": {"requiredWhen": "c_amount > 5"}},
                 {"op": "change", "component": "c_fine.c_twice", "value": {"expression": "c_amount * 3"}}]
                """);

        ObjectNode rules = impact(plan, "c_fine");
        assertThat(rules.path("broken").asInt()).isEqualTo(1);
        assertThat(rules.path("tried").asInt()).isEqualTo(2);
        assertThat(rules.path("samples").path(0).path("id").asText())
                .isEqualTo(dear.id().toString());
        assertThat(rules.path("samples").path(0).path("arguments").path(0).asText())
                .isEqualTo("Too dear.");
        assertThat(impact(plan, "c_fine.c_street").path("unmet").asInt()).isEqualTo(2);
        assertThat(impact(plan, "c_fine.c_twice")
                        .path("samples")
                        .path(0)
                        .path("value")
                        .asInt())
                .isEqualTo(2700);
    }

    private static ObjectNode impact(Plan plan, String component) {
        return Objects.requireNonNull(
                plan.impacts().get(ComponentKey.parse(component).orElseThrow()), List.of(component)::toString);
    }
}
