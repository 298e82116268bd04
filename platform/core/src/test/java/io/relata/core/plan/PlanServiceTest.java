package io.relata.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.TestCalls;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.metadata.ComponentKey;
import io.relata.core.metadata.Edit;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.LocalizedText;
import io.relata.core.metadata.MetadataDiff;
import io.relata.core.metadata.PicklistOption;
import io.relata.core.metadata.SolutionFiles;
import io.relata.core.metadata.View;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.RecordData;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanServiceTest {

    private static final String VISIT = """
            {"op": "add", "component": "c_visit", "value": {
              "label": {"en": "Visit", "zh-CN": "拜访"}, "pluralLabel": {"en": "Visits", "zh-CN": "拜访"},
              "fields": [
                {"name": "c_subject", "type": "text", "label": {"en": "Subject"}, "required": true, "searchable": true},
                {"name": "c_company", "type": "lookup", "target": "company", "label": {"en": "Company"}},
                {"name": "c_result", "type": "picklist", "label": {"en": "Result"}, "options": [
                  {"value": "good", "label": {"en": "Good"}, "color": "green"},
                  {"value": "bad", "label": {"en": "Bad"}}]},
                {"name": "c_code", "type": "text", "maxLength": 40, "indexed": false, "label": {"en": "Code"}},
                {"name": "c_report", "type": "longText", "label": {"en": "Report"}}],
              "views": [{"key": "good", "label": {"en": "Good ones"}, "columns": ["c_subject", "c_result"],
                         "sort": [{"field": "c_subject"}], "filter": "c_result eq 'good'"}],
              "layout": {"sections": [{"label": {"en": "What"}, "fields": ["c_subject", "c_result", "c_company"]}]}}}
            """;

    private static final String DEAL = """
            {"op": "change", "component": "test.deal", "value": {"label": {"en": "Bargain"}}},
            {"op": "change", "component": "test.deal.amount", "value": {"label": {"en": "Worth"}, "required": true}},
            {"op": "change", "component": "test.deal.stage", "value": {"options": [
              {"value": "won", "color": "green"}, {"value": "open", "label": {"en": "Running"}, "active": false},
              {"value": "paused", "label": {"en": "Paused"}}], "default": "won"}},
            {"op": "add", "component": "test.deal.c_region", "value": {"type": "text", "label": {"en": "Region"}}},
            {"op": "add", "component": "test.deal/views/mine", "value": {
              "label": {"en": "By region"}, "columns": ["name", "c_region"], "filter": "amount gt 10"}},
            {"op": "change", "component": "test.deal/layout", "value": {"sections": [
              {"label": {"en": "All"}, "fields": ["name", "stage", "amount"]}]}}
            """;

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
    void showsWhatWouldDifferAndChangesNothingUntilApplied() throws SQLException {
        CallContext call = engine.tenant("plan-first");

        Plan plan = plans.plan(call, "Visits", changes(VISIT));

        assertThat(plan.diff().changes())
                .extracting(change -> change.operation() + " " + change.component())
                .containsExactlyInAnyOrder(
                        "ADD c_visit",
                        "ADD c_visit.c_subject",
                        "ADD c_visit.c_company",
                        "ADD c_visit.c_result",
                        "ADD c_visit.c_code",
                        "ADD c_visit.c_report",
                        "ADD c_visit/views/good",
                        "ADD c_visit/layout");
        assertThat(find(call, "c_visit")).isEmpty();

        Plan applied = plans.apply(call, plan.id());

        assertThat(applied.state()).isEqualTo(Plan.State.APPLIED);
        assertThat(entity(call, "c_visit").views()).extracting(View::key).containsExactly("good");
        assertThat(entity(call, "c_visit").field("c_code").orElseThrow().slot()).isNull();
        assertThat(plans.newest(call, null, 10)).extracting(Plan::id).containsExactly(plan.id());
        assertThat(plans.find(call, plan.id()).appliedBy()).isEqualTo(call.user());
    }

    @Test
    void refusesAPlanThatWasOvertaken() throws SQLException {
        CallContext call = engine.tenant("plan-late");
        Plan late = plans.plan(call, "Visits", changes(VISIT));
        plans.now(call, "Deals", changes(DEAL));

        assertThatThrownBy(() -> plans.apply(call, late.id()))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.PLAN_OUTDATED);
                    assertThat(problem.detail()).isEqualTo("plan-outdated");
                });
        assertThat(find(call, "c_visit")).isEmpty();
        assertThat(code(() -> plans.revert(call, late.id()))).isEqualTo(ProblemCode.PLAN_STATE);
        Plan again = plans.plan(call, "Visits", changes(VISIT));
        plans.apply(call, again.id());
        assertThat(code(() -> plans.apply(call, again.id()))).isEqualTo(ProblemCode.PLAN_STATE);
    }

    private static ProblemCode code(ThrowingCallable attempt) {
        return catchThrowableOfType(ProblemException.class, attempt).code();
    }

    @Test
    void refusesToMoveAFieldAndMakeItUniqueAtOnce() throws SQLException {
        CallContext call = engine.tenant("plan-apart");
        plans.now(call, "Visits", changes(VISIT));
        String both = """
                {"op": "change", "component": "c_visit.c_code", "value": {"indexed": true, "unique": true}}
                """;

        assertThat(violations(() -> plans.plan(call, "Both", changes(both))))
                .containsExactly("c_visit.c_code.unique unique-apart");

        plans.now(call, "Unique", changes(both.replace("\"indexed\": true, ", "")));
        assertThat(entity(call, "c_visit").field("c_code").orElseThrow().unique())
                .isTrue();
    }

    @Test
    void namesEverythingWrongByComponent() throws SQLException {
        CallContext call = engine.tenant("plan-wrong");
        plans.now(call, "Visits", changes(VISIT));

        assertThat(violations(() -> plans.plan(call, "Wrong", changes("""
                {"op": "change", "component": "c_visit.c_code", "value": {"maxLength": 99999, "colour": "red"}},
                {"op": "change", "component": "c_visit.c_company", "value": {"target": "deal"}},
                {"op": "change", "component": "c_visit.c_nothing", "value": {}},
                {"op": "add", "component": "c_visit.c_code", "value": {"type": "text", "label": {"en": "Code"}}},
                {"op": "change", "component": "c_visit/views/good", "value": {"columns": ["c_gone"]}},
                {"op": "change", "component": "test.deal.amount", "value": {"type": "text"}},
                {"op": "change", "component": "test.deal.name", "value": {"required": false}},
                {"op": "remove", "component": "test.deal.stage"},
                {"op": "paint", "component": "c_visit"},
                {"op": "remove", "component": "Visit!"}
                """))))
                .contains(
                        "c_visit.c_code.maxLength not-between",
                        "c_visit.c_code.colour unknown-member",
                        "c_visit.c_company.target target-fixed",
                        "changes[2].component component-unknown",
                        "changes[3].component component-exists",
                        "c_visit/views/good.columns field-unknown",
                        "test.deal.amount.type not-overridable",
                        "test.deal.name.required required-by-plugin",
                        "changes[7].component component-managed",
                        "changes[8].op change-op",
                        "changes[9].component component-invalid");
        assertThat(violations(() -> plans.plan(call, "Filter", changes("""
                {"op": "change", "component": "c_visit/views/good", "value": {"filter": "c_gone eq 1"}}
                """))))
                .allMatch(text -> text.startsWith("c_visit/views/good.filter "));
        assertThat(violations(() -> plans.plan(call, "Same", changes("""
                {"op": "change", "component": "c_visit.c_code", "value": {"maxLength": 40}}
                """)))).containsExactly("null nothing-changes");
    }

    @Test
    void letsATenantDecideAboutAPluginsParts() throws SQLException {
        CallContext call = engine.tenant("plan-overrides");

        plans.now(call, "Deals", changes(DEAL));

        EntityDefinition deal = entity(call, "deal");
        assertThat(deal.label().in(Locale.ENGLISH)).isEqualTo("Bargain");
        FieldDefinition amount = deal.field("amount").orElseThrow();
        assertThat(amount.label().in(Locale.ENGLISH)).isEqualTo("Worth");
        assertThat(amount.required()).isTrue();
        assertThat(amount.slot()).isEqualTo("n01");
        assertThat(deal.field("stage").orElseThrow().options())
                .extracting(PicklistOption::value, PicklistOption::active, PicklistOption::color)
                .containsExactly(
                        tuple("won", true, "green"),
                        tuple("open", false, "blue"),
                        tuple("paused", true, null),
                        tuple("old", false, null));
        assertThat(deal.views()).extracting(View::key).contains("mine");
        assertThat(deal.layout().sections().getLast().fields()).containsExactly("c_region");

        Plan applied = plans.newest(call, null, 1).getFirst();
        plans.apply(call, plans.revert(call, applied.id()).id());

        EntityDefinition back = entity(call, "deal");
        assertThat(back.label()).isEqualTo(new LocalizedText(Map.of("en", "Deal", "zh-CN", "交易")));
        assertThat(back.fields()).extracting(FieldDefinition::name).doesNotContain("c_region");
        assertThat(plans.files(call)).containsOnlyKeys("solution.json");
    }

    @Test
    void countsWhatIsLostAndBringsItBack() throws SQLException {
        CallContext call = engine.tenant("plan-remove");
        plans.now(call, "Visits", changes(VISIT));
        RecordData first = engine.create(call, "c_visit", "c_subject", "One", "c_code", "a", "c_result", "good");
        RecordData second = engine.create(call, "c_visit", "c_subject", "Two", "c_code", "b");
        engine.create(call, "c_visit", "c_subject", "Three");

        Plan plan = plans.plan(call, "Less", changes("""
                {"op": "remove", "component": "c_visit.c_code"},
                {"op": "remove", "component": "c_visit/views/good"},
                {"op": "remove", "component": "c_visit.c_result"},
                {"op": "change", "component": "c_visit/layout", "value": {"sections": []}}
                """));
        assertThat(impact(plan, "c_visit.c_code").path("values").asInt()).isEqualTo(2);
        assertThat(impact(plan, "c_visit.c_result").path("values").asInt()).isEqualTo(1);
        plans.apply(call, plan.id());
        engine.update(call, "c_visit", first.id(), "c_subject", "One more");
        plans.now(call, "Another code", changes("""
                {"op": "add", "component": "c_visit.c_code", "value": {"type": "text", "indexed": false,
                  "label": {"en": "Other"}}}
                """));
        assertThat(read(call, second, "c_code")).isNull();
        engine.update(call, "c_visit", second.id(), "c_code", "other");
        plans.now(call, "No other code", changes("""
                {"op": "remove", "component": "c_visit.c_code"}
                """));

        Plan revert = plans.revert(call, plan.id());
        assertThat(revert.reverts()).isEqualTo(plan.id());
        plans.apply(call, revert.id());

        assertThat(read(call, first, "c_code")).isEqualTo("a");
        assertThat(read(call, first, "c_subject")).isEqualTo("One more");
        assertThat(read(call, first, "c_result")).isEqualTo("good");
        assertThat(read(call, second, "c_code")).isEqualTo("b");
        assertThat(entity(call, "c_visit").fields())
                .extracting(FieldDefinition::name)
                .containsExactly("c_subject", "c_company", "c_result", "c_code", "c_report");
        assertThat(plans.find(call, plan.id()).revertedBy()).isEqualTo(revert.id());
    }

    @Test
    void bringsAnEntityBackWithItsRecords() throws SQLException {
        CallContext call = engine.tenant("plan-entity");
        plans.now(call, "Visits", changes(VISIT));
        RecordData visit = engine.create(call, "c_visit", "c_subject", "One");
        Plan plan = plans.plan(call, "No visits", changes("{\"op\": \"remove\", \"component\": \"c_visit\"}"));
        assertThat(impact(plan, "c_visit").path("records").asInt()).isEqualTo(1);
        plans.apply(call, plan.id());
        assertThat(find(call, "c_visit")).isEmpty();
        plans.now(call, "Other visits", changes(VISIT));
        assertThat(entity(call, "c_visit").id()).isNotEqualTo(visit.id());

        assertThat(violations(() -> plans.revert(call, plan.id()))).contains("c_visit changed-since");
        plans.now(call, "No other", changes("{\"op\": \"remove\", \"component\": \"c_visit\"}"));
        plans.apply(call, plans.revert(call, plan.id()).id());

        assertThat(read(call, visit, "c_subject")).isEqualTo("One");
    }

    @Test
    void refusesToRemoveWhatALookupPointsTo() throws SQLException {
        CallContext call = engine.tenant("plan-pointed");
        plans.now(call, "Visits", changes(VISIT + """
                , {"op": "add", "component": "c_note", "value": {"label": {"en": "Note"}, "pluralLabel": {"en": "Notes"},
                   "fields": [{"name": "c_text", "type": "text", "label": {"en": "Text"}},
                              {"name": "c_visit", "type": "lookup", "target": "c_visit", "label": {"en": "Visit"}}]}}
                """));

        assertThat(violations(() ->
                        plans.plan(call, "No visits", changes("{\"op\": \"remove\", \"component\": \"c_visit\"}"))))
                .containsExactly("c_visit entity-in-use");
    }

    @Test
    void refusesToTakeAwayWhatARollUpIsReckonedFrom() throws SQLException {
        CallContext call = engine.tenant("plan-reckoned");
        plans.now(call, "Visits", changes(VISIT + """
                , {"op": "add", "component": "c_trip", "value": {"label": {"en": "Trip"}, "pluralLabel": {"en": "Trips"},
                   "fields": [{"name": "c_name", "type": "text", "label": {"en": "Name"}},
                              {"name": "c_visit", "type": "lookup", "target": "c_visit", "label": {"en": "Visit"}},
                              {"name": "c_miles", "type": "integer", "label": {"en": "Miles"}}]}}
                """));
        plans.now(call, "Total", changes("""
                {"op": "add", "component": "c_visit.c_miles", "value": {"type": "integer", "label": {"en": "Miles"},
                   "rollUp": {"of": "c_trip", "by": "c_visit", "function": "sum", "field": "c_miles"}}}
                """));

        String removal = "{\"op\": \"remove\", \"component\": \"c_trip.c_miles\"}";
        assertThat(violations(() -> plans.plan(call, "No miles", changes(removal))))
                .containsExactly("c_visit.c_miles roll-up-broken");
        assertThat(
                        violations(
                                () -> plans.plan(
                                        call,
                                        "Other miles",
                                        changes(
                                                "{\"op\": \"change\", \"component\": \"c_trip.c_miles\", \"value\": {\"type\": \"text\"}}"))))
                .containsExactly("c_visit.c_miles roll-up-broken");
        plans.now(call, "Neither", changes(removal + ", {\"op\": \"remove\", \"component\": \"c_visit.c_miles\"}"));
    }

    @Test
    void countsEmptyTooLongClashingAndDroppedValues() throws SQLException {
        CallContext call = engine.tenant("plan-counts");
        plans.now(call, "Visits", changes(VISIT));
        engine.create(call, "c_visit", "c_subject", "One", "c_code", "same", "c_result", "bad");
        engine.create(call, "c_visit", "c_subject", "Two", "c_code", "same");
        engine.create(call, "c_visit", "c_subject", "Three and more");

        Plan plan = plans.plan(call, "Stricter", changes("""
                {"op": "change", "component": "c_visit.c_code", "value": {"required": true, "unique": true}},
                {"op": "change", "component": "c_visit.c_subject", "value": {"maxLength": 5}},
                {"op": "change", "component": "c_visit.c_result", "value": {"options": [
                   {"value": "good", "label": {"en": "Good"}}]}}
                """));

        assertThat(impact(plan, "c_visit.c_code").path("empty").asInt()).isEqualTo(1);
        assertThat(impact(plan, "c_visit.c_code").path("clashes").asInt()).isEqualTo(1);
        assertThat(impact(plan, "c_visit.c_subject").path("tooLong").asInt()).isEqualTo(1);
        assertThat(impact(plan, "c_visit.c_result")
                        .path("optionsInUse")
                        .path("bad")
                        .asInt())
                .isEqualTo(1);
        assertThat(violations(() -> plans.apply(call, plan.id())))
                .containsExactly("c_visit.c_code.unique unique-clashes");
        assertThat(entity(call, "c_visit").field("c_code").orElseThrow().unique())
                .isFalse();
    }

    @Test
    void makesAFieldUniqueForWhatThereIs() throws SQLException {
        CallContext call = engine.tenant("plan-unique");
        plans.now(call, "Visits", changes(VISIT));
        engine.create(call, "c_visit", "c_subject", "One", "c_code", "one");
        plans.now(call, "Unique", changes("""
                {"op": "change", "component": "c_visit.c_code", "value": {"unique": true}}
                """));

        assertThat(violations(() -> engine.create(call, "c_visit", "c_subject", "Two", "c_code", "one")))
                .containsExactly("c_code not-unique");

        Plan unique = plans.newest(call, null, 1).getFirst();
        plans.apply(call, plans.revert(call, unique.id()).id());
        engine.create(call, "c_visit", "c_subject", "Two", "c_code", "one");
    }

    @Test
    void exportsWhatAnotherTenantExportsAfterApplyingIt() throws SQLException, IOException {
        CallContext from = engine.tenant("plan-export");
        plans.now(from, "All", changes(VISIT + "," + DEAL));
        byte[] exported = SolutionFiles.zip(plans.files(from));
        CallContext to = engine.tenant("plan-import");

        List<Violation> violations = new ArrayList<>();
        SortedMap<String, JsonNode> files = SolutionFiles.unzip(new ByteArrayInputStream(exported), violations);
        assertThat(violations).isEmpty();
        plans.now(to, "All", Edit.files(files, true));

        assertThat(plans.files(from).keySet())
                .containsExactly(
                        "entities/c_visit.json",
                        "entities/test.deal.json",
                        "layouts/c_visit.json",
                        "layouts/test.deal.json",
                        "solution.json",
                        "views/c_visit.json",
                        "views/test.deal.json");
        assertThat(SolutionFiles.zip(plans.files(to))).isEqualTo(exported);
        assertThat(violations(() -> plans.plan(to, "Again", Edit.files(files, true))))
                .containsExactly("null nothing-changes");
        plans.now(to, "More", changes("""
                {"op": "add", "component": "c_visit.c_more", "value": {"type": "text", "label": {"en": "More"}}}
                """));
        assertThat(violations(() -> plans.plan(to, "Merged", Edit.files(files, false))))
                .containsExactly("null nothing-changes");
        Plan complete = plans.plan(to, "Replaced", Edit.files(files, true));
        assertThat(complete.diff().changes())
                .extracting(change -> change.operation() + " " + change.component())
                .containsExactly(MetadataDiff.Operation.REMOVE + " c_visit.c_more");
    }

    @Test
    void saysWhichFilesAreWrong() throws SQLException, IOException {
        CallContext call = engine.tenant("plan-files");
        List<Violation> violations = new ArrayList<>();
        SolutionFiles.unzip(
                new ByteArrayInputStream(SolutionFiles.zip(
                        Map.of("entities/c_a.json", "{\n \"name\": }".getBytes(StandardCharsets.UTF_8)))),
                violations);
        assertThat(violations).containsExactly(Violation.of("entities/c_a.json", "file-no-json", 2));

        assertThat(violations(() -> plans.plan(
                        call,
                        "Files",
                        Edit.files(
                                Map.of(
                                        "solution.json", json("{\"requires\": [\"nothing\"]}"),
                                        "entities/c_b.json", json("{\"name\": \"c_c\"}"),
                                        "entities/nothing.a.json", json("{\"extends\": \"nothing.a\"}"),
                                        "views/c_d.json", json("{\"views\": []}"),
                                        "readme.json", json("{}")),
                                true))))
                .contains(
                        "solution.json plugin-missing",
                        "entities/c_b.json file-name-differs",
                        "nothing.a.extends extends-unknown",
                        "views/c_d.json file-without-entity",
                        "readme.json file-unknown");
    }

    @Test
    void holdsAThousandFieldsAndFiveHundredEntities() throws SQLException {
        CallContext call = engine.tenant("plan-many");
        StringBuilder changes = new StringBuilder();
        for (int entity = 0; entity < 500; entity++) {
            changes.append(entity == 0 ? "" : ",")
                    .append("{\"op\": \"add\", \"component\": \"c_e")
                    .append(entity)
                    .append(
                            "\", \"value\": {\"label\": {\"en\": \"E\"}, \"pluralLabel\": {\"en\": \"E\"}, \"fields\": [");
            for (int field = 0; field < (entity == 0 ? 1_000 : 1); field++) {
                changes.append(field == 0 ? "" : ",")
                        .append("{\"name\": \"c_f")
                        .append(field)
                        .append("\", \"type\": \"text\", \"label\": {\"en\": \"F\"}}");
            }
            changes.append("]}}");
        }

        plans.now(call, "Many", changes(changes.toString()));

        assertThat(engine.relata().metadata().snapshot(call.tenant()).entities())
                .hasSize(502);
        assertThat(entity(call, "c_e0").fields()).hasSize(1_000);
        RecordData record = engine.create(call, "c_e0", "c_f0", "first", "c_f999", "last");
        assertThat(read(call, record, "c_f999")).isEqualTo("last");
        assertThat(violations(() -> plans.plan(call, "Too many", changes("""
                {"op": "add", "component": "c_e0.c_more", "value": {"type": "text", "label": {"en": "M"}}}
                """)))).contains("c_e0.fields list-too-long");
    }

    @Test
    void isForAdministratorsOnly() throws SQLException {
        CallContext call = TestCalls.user(engine.database().tenant("plan-user", "test"));

        for (ThrowingCallable attempt : List.<ThrowingCallable>of(
                () -> plans.plan(call, "Visits", changes(VISIT)),
                () -> plans.newest(call, null, 1),
                () -> plans.files(call))) {
            assertThatThrownBy(attempt)
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.code()).isEqualTo(ProblemCode.FORBIDDEN));
        }
    }

    private static List<String> violations(ThrowingCallable attempt) {
        List<String> found = new ArrayList<>();
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> problem.violations()
                                .forEach(violation -> found.add(violation.field() + " " + violation.code())));
        return found;
    }

    private @Nullable Object read(CallContext call, RecordData record, String field) {
        return engine.update(call, record.entity(), record.id()).value(field);
    }

    private EntityDefinition entity(CallContext call, String name) {
        return find(call, name).orElseThrow();
    }

    private Optional<EntityDefinition> find(CallContext call, String name) {
        return engine.relata().metadata().snapshot(call.tenant()).entity(name);
    }

    private static ObjectNode impact(Plan plan, String component) {
        return Objects.requireNonNull(
                plan.impacts().get(ComponentKey.parse(component).orElseThrow()));
    }

    private static Edit changes(String changes) {
        return Edit.changes(json("[" + changes + "]"));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException(exception);
        }
    }
}
