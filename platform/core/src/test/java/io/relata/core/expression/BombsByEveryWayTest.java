package io.relata.core.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.metadata.Edit;
import io.relata.core.plan.Trials;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bombs do no harm wherever an administrator may put an expression: a formula, a rule, a condition, a default, a plan
/// and a trial, and on the records themselves. What a request may cost is counted in bytes; its steps have a budget.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BombsByEveryWayTest {

    private static final long MOST_BYTES = 16 << 20;
    private static final String LONG = "北".repeat(100_000);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final LocalPostgres postgres;
    private TestEngine engine;
    private TestJobs jobs;
    private Trials trials;
    private CallContext call;

    BombsByEveryWayTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException {
        engine = TestEngine.start(postgres, folder);
        jobs = TestJobs.of(engine);
        trials = new Trials(engine.relata()::seen, engine.relata().metadata(), engine.clock());
        call = jobs.member("bombs");
        engine.relata().metadata().createEntity(call, entity("c_deal"));
    }

    @AfterAll
    void stop() {
        jobs.close();
        engine.close();
    }

    static List<String> bombs() {
        return BombTest.bombs().stream()
                .map(bomb -> bomb.replaceAll("\\b(name|notes|note|amount)\\b", "c_$1"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void isRefusedWhereverItIsPut(String bomb) {
        refused(
                "formula",
                () -> engine.relata().metadata().addField(call, "c_deal", field("formula", "expression", bomb)));
        refused(
                "stored",
                () -> engine.relata()
                        .metadata()
                        .addField(
                                call,
                                "c_deal",
                                field("formula", "expression", bomb).put("stored", true)));
        refused(
                "default",
                () -> engine.relata().metadata().addField(call, "c_deal", field("text", "defaultExpression", bomb)));
        refused(
                "condition",
                () -> engine.relata().metadata().addField(call, "c_deal", field("text", "requiredWhen", bomb)));
        refused("rule", () -> engine.relata().metadata().createEntity(call, ruled(bomb)));
        refused("plan", () -> jobs.work().plans().plan(call, "Bomb", changes(bomb)));
        refused("trial", () -> trials.formula(call, "c_deal", "expression", bomb, null));
        refused("tried rule", () -> trials.condition(call, "c_deal", "refuseWhen", bomb));
    }

    private static void refused(String way, ThrowingCallable work) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, work);
        assertThat(refused).as(way).isNotNull();
        assertThat(refused.violations())
                .as(way)
                .isNotEmpty()
                .extracting(Violation::code)
                .allMatch(code -> code.startsWith("expression-") || code.equals("too-long"))
                .doesNotContain("expression-unknown-name", "expression-unknown-name-hint");
        assertThat(bytes(() -> assertThat(catchThrowableOfType(ProblemException.class, work))
                        .isNotNull()))
                .as(way)
                .isLessThan(MOST_BYTES);
    }

    @Test
    void stopsARuleThatGrowsWhenARecordComes() {
        engine.relata().metadata().createEntity(call, growing("c_grows", "rules"));
        ProblemException refused = stopped("c_grows");
        assertThat(refused.violations()).extracting(Violation::code).containsExactly("expression-too-costly");
    }

    @Test
    void stopsADefaultThatGrowsWhenARecordComes() {
        engine.relata().metadata().createEntity(call, growing("c_starts", "default"));
        ProblemException refused = stopped("c_starts");
        assertThat(refused.violations()).extracting(Violation::code).containsExactly("expression-too-costly");
    }

    @Test
    void countsWhatATrialCouldNotAfford() {
        engine.create(call, "c_deal", "c_name", "long", "c_notes", LONG);
        assertThat(trials.condition(call, "c_deal", "refuseWhen", costly())
                        .outcome()
                        .tooCostly())
                .isEqualTo(1);
        assertThat(bytes(() -> trials.condition(call, "c_deal", "refuseWhen", costly())))
                .isLessThan(MOST_BYTES);
    }

    private ProblemException stopped(String entity) {
        ThrowingCallable work = () -> engine.create(call, entity, "c_name", "x", "c_notes", LONG);
        ProblemException refused = catchThrowableOfType(ProblemException.class, work);
        assertThat(refused).isNotNull();
        assertThat(bytes(() -> assertThat(catchThrowableOfType(ProblemException.class, work))
                        .isNotNull()))
                .isLessThan(MOST_BYTES);
        return refused;
    }

    /// Each text is allowed, all together are too much for one record.
    private static String costly() {
        String five = "c_notes + c_notes + c_notes + c_notes + c_notes";
        return String.join(" || ", Collections.nCopies(60, "size(" + five + ") < 0"));
    }

    private static ObjectNode growing(String name, String way) {
        ObjectNode entity = entity(name);
        if (way.equals("rules")) {
            rule(entity, costly());
        } else {
            ArrayNode fields = (ArrayNode) entity.get("fields");
            fields.add(field("boolean", "defaultExpression", costly()));
        }
        return entity;
    }

    private static ObjectNode ruled(String condition) {
        ObjectNode entity = entity("c_ruled");
        rule(entity, condition);
        return entity;
    }

    private static void rule(ObjectNode entity, String condition) {
        ObjectNode rule =
                entity.putArray("rules").addObject().put("name", "c_rule").put("refuseWhen", condition);
        rule.putObject("message").put("en", "No.");
    }

    private static Edit changes(String bomb) {
        ArrayNode changes = JSON.createArrayNode();
        ObjectNode change = changes.addObject().put("op", "add").put("component", "c_deal.c_new");
        ObjectNode value = field("formula", "expression", bomb);
        value.remove("name");
        change.set("value", value);
        return Edit.changes(changes);
    }

    private static ObjectNode entity(String name) {
        return (ObjectNode) json("""
                {"name": "%s", "label": {"en": "D"}, "pluralLabel": {"en": "D"},
                 "fields": [{"name": "c_name", "type": "text", "label": {"en": "Name"}},
                            {"name": "c_note", "type": "longText", "label": {"en": "Note"}},
                            {"name": "c_notes", "type": "longText", "maxLength": 100000, "label": {"en": "Notes"}},
                            {"name": "c_amount", "type": "money", "label": {"en": "Amount"}}]}
                """.formatted(name));
    }

    private static ObjectNode field(String type, String member, String expression) {
        ObjectNode field =
                (ObjectNode) json("{\"name\": \"c_new\", \"type\": \"" + type + "\", \"label\": {\"en\": \"New\"}}");
        return field.put(member, expression);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException exception) {
            throw new IllegalArgumentException(exception);
        }
    }

    private static long bytes(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
