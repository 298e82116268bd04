package io.relata.core.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.TestCalls;
import io.relata.core.TestEngine;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.view.SavedReports.Kind;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SavedReportsTest {

    private static final String PIPELINE = """
            {"set": "deals", "kind": "matrix", "rows": ["account/sector", "closeDate:month"], "columns": ["stage"],
             "measures": ["count", "amount:sum"], "filter": "stage ne null", "sort": "-amount:sum", "top": 20}""";

    private final LocalPostgres postgres;
    private TestEngine engine;

    SavedReportsTest(LocalPostgres postgres) {
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
    void showsEachTheOwnReportsAndTheSharedOnesApartFromDashboards() throws SQLException {
        CallContext ann = TestCalls.user(engine.database().tenant("reports", "test"));
        CallContext bob = TestCalls.user(ann.tenant());
        Kept own = create(ann, Kind.REPORT, "Mine", false);
        Kept shared = create(ann, Kind.REPORT, "Ours", true);
        Kept dashboard = create(ann, Kind.DASHBOARD, "Board", true);

        assertThat(list(ann, Kind.REPORT)).containsExactly(own, shared);
        assertThat(list(bob, Kind.REPORT)).containsExactly(shared);
        assertThat(list(bob, Kind.DASHBOARD)).containsExactly(dashboard);
        assertThat(list(TestCalls.user(engine.database().tenant("reports-other", "test")), Kind.REPORT))
                .isEmpty();
        assertThatThrownBy(() -> delete(bob, Kind.REPORT, shared)).satisfies(is(ProblemCode.FORBIDDEN));
        assertThatThrownBy(() -> delete(bob, Kind.REPORT, own)).satisfies(is(ProblemCode.NOT_FOUND));
        assertThatThrownBy(() -> delete(ann, Kind.REPORT, dashboard)).satisfies(is(ProblemCode.NOT_FOUND));
        delete(TestCalls.administrator(ann.tenant()), Kind.REPORT, shared);
        assertThat(list(ann, Kind.REPORT)).containsExactly(own);
    }

    @Test
    void takesWhatCanBeAskedAndNamesAllElse() {
        assertThat(ReportInput.report(body(PIPELINE), true, SavedReportsTest::asked)
                        .definition())
                .isEqualTo(json(PIPELINE));
        assertThat(violations(() -> ReportInput.report(body("""
                        {"set": "deals", "kind": "pie", "rows": ["a/b/c/d/e", "hidden", 1], "columns": {}, "measures":
                         ["amount:median", "count"], "filter": 1, "sort": "x y", "top": 0, "x": 1}"""), true, SavedReportsTest::asked)))
                .containsExactlyInAnyOrder(
                        "definition.kind: report-kind",
                        "definition.rows: report-path",
                        "definition.rows: report-path",
                        "definition.rows: report-path",
                        "definition.columns: expects-list",
                        "definition.measures: report-path",
                        "definition.filter: expects-text",
                        "definition.sort: report-path",
                        "definition.top: not-between",
                        "definition.x: unknown-member");
        assertThatThrownBy(() -> ReportInput.report(
                        body("{\"set\": \"deals\", \"filter\": \"hidden eq 1\"}"), true, SavedReportsTest::asked))
                .satisfies(is(ProblemCode.INVALID_QUERY));
        assertThat(violations(() -> ReportInput.report(body("{\"set\": \"nosuch\"}"), true, SavedReportsTest::asked)))
                .containsExactly("definition.set: entity-unknown");
    }

    @Test
    void takesDashboardsWhoseEveryTileCanBeAsked() {
        String tiles = "{\"tiles\": [{\"title\": \"Open\", \"width\": 2, \"height\": 1, \"report\": " + PIPELINE
                + "}, {\"title\": 1, \"width\": 9, \"report\": {\"set\": \"deals\", \"top\": \"x\"}, \"y\": 1}, {}]}";
        assertThat(violations(() -> ReportInput.dashboard(body(tiles), true, SavedReportsTest::asked)))
                .containsExactlyInAnyOrder(
                        "definition.tiles.1.title: expects-text",
                        "definition.tiles.1.width: not-between",
                        "definition.tiles.1.report.top: not-between",
                        "definition.tiles.1.y: unknown-member",
                        "definition.tiles.2.report: required");
    }

    /// As the engine refuses: a set that is not there, and a property that nobody knows.
    private static void asked(String set, String filter) {
        if (!set.equals("deals")) {
            throw ProblemException.notFound();
        }
        if (filter.startsWith("hidden")) {
            throw ProblemException.of(ProblemCode.INVALID_QUERY, "property-hidden");
        }
    }

    private Kept create(CallContext context, Kind kind, String name, boolean shared) {
        String definition = kind == Kind.REPORT ? PIPELINE : "{\"tiles\": []}";
        ObjectNode body = body(definition).put("name", name).put("shared", shared);
        KeptInput input = kind == Kind.REPORT
                ? ReportInput.report(body, true, SavedReportsTest::asked)
                : ReportInput.dashboard(body, true, SavedReportsTest::asked);
        return engine.relata()
                .writer()
                .transaction(context, tx -> engine.relata().reports().create(tx, kind, input));
    }

    private void delete(CallContext context, Kind kind, Kept kept) {
        engine.relata().writer().transaction(context, tx -> {
            engine.relata().reports().delete(tx, kind, kept.id());
            return kept;
        });
    }

    private List<Kept> list(CallContext context, Kind kind) {
        return engine.relata().reports().list(context, kind);
    }

    private static List<String> violations(Supplier<KeptInput> read) {
        try {
            return List.of("taken: " + read.get());
        } catch (ProblemException problem) {
            return problem.violations().stream()
                    .map(violation -> violation.field() + ": " + violation.code())
                    .toList();
        }
    }

    private static java.util.function.Consumer<Throwable> is(ProblemCode code) {
        return thrown -> assertThat(((ProblemException) thrown).code()).isEqualTo(code);
    }

    private static ObjectNode body(String definition) {
        return json("{\"name\": \"x\", \"definition\": " + definition + "}");
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JsonMapper.builder().build().readTree(text);
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException(exception);
        }
    }
}
