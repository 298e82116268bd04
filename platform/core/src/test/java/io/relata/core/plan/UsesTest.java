package io.relata.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.TestCalls;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.imports.ImportService;
import io.relata.core.imports.ImportUpload;
import io.relata.core.metadata.ComponentKey;
import io.relata.core.metadata.Edit;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldAccess;
import io.relata.core.problem.ProblemException;
import io.relata.core.view.KeptInput;
import io.relata.core.view.ReportInput;
import io.relata.core.view.SavedReports;
import io.relata.core.view.ViewInput;
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
import java.util.Objects;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What uses a field, an option or an entity stands against its going.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UsesTest {

    private static final String WORLD = """
            {"op": "add", "component": "c_car", "value": {"label": {"en": "Car"}, "pluralLabel": {"en": "Cars"},
              "fields": [
                {"name": "c_plate", "type": "text", "label": {"en": "Plate"}, "unique": true},
                {"name": "c_maker", "type": "text", "label": {"en": "Maker"}}]}},
            {"op": "add", "component": "c_trip", "value": {"label": {"en": "Trip"}, "pluralLabel": {"en": "Trips"},
              "fields": [
                {"name": "c_name", "type": "text", "label": {"en": "Name"}},
                {"name": "c_car", "type": "lookup", "target": "c_car", "label": {"en": "Car"}},
                {"name": "c_miles", "type": "integer", "label": {"en": "Miles"}},
                {"name": "c_state", "type": "picklist", "label": {"en": "State"}, "options": [
                  {"value": "open", "label": {"en": "Open"}}, {"value": "late", "label": {"en": "Late"}},
                  {"value": "done", "label": {"en": "Done"}}]},
                {"name": "c_part", "type": "picklist", "label": {"en": "Part"}, "dependsOn": "c_state", "options": [
                  {"value": "half", "label": {"en": "Half"}, "under": ["late"]}]},
                {"name": "c_day", "type": "date", "label": {"en": "Day"}},
                {"name": "c_pay", "type": "money", "currencyField": "c_money", "label": {"en": "Pay"}},
                {"name": "c_money", "type": "currency", "label": {"en": "Currency"}},
                {"name": "c_note", "type": "text", "label": {"en": "Note"}},
                {"name": "c_tag", "type": "multiPicklist", "label": {"en": "Tags"}, "options": [
                  {"value": "red", "label": {"en": "Red"}}, {"value": "blue", "label": {"en": "Blue"}}]},
                {"name": "c_far", "type": "formula", "expression": "c_miles > 100", "label": {"en": "Far"}},
                {"name": "c_slow", "type": "formula", "expression": "c_state == 'late'", "label": {"en": "Slow"}},
                {"name": "c_by", "type": "formula", "expression": "c_car.c_maker", "label": {"en": "By"}}],
              "keys": [{"name": "perDay", "fields": ["c_day", "c_name"]}],
              "rules": [{"name": "c_noted", "refuseWhen": "c_note == 'no'", "message": {"en": "No"}}],
              "views": [{"key": "all", "label": {"en": "All"}, "columns": ["c_name", "c_note"],
                         "sort": [{"field": "c_name"}]}],
              "layout": {"sections": [{"label": {"en": "What"}, "fields": ["c_name", "c_note"]}]}}}
            """;

    private final LocalPostgres postgres;
    private TestEngine engine;
    private TestJobs jobs;
    private PlanService plans;

    UsesTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException {
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
    void namesEveryDefinitionThatUsesWhatGoes() throws SQLException {
        CallContext call = world("uses-definitions");

        assertThat(refused(call, remove("c_trip.c_note")))
                .containsExactlyInAnyOrder(
                        "c_trip/views/all.columns field-unknown", "c_trip/layout.sections[0].fields field-unknown");
        assertThat(refused(call, remove("c_trip.c_note") + ", " + """
                        {"op": "change", "component": "c_trip/views/all", "value": {"columns": ["c_name"]}},
                        {"op": "change", "component": "c_trip/layout", "value": {"sections": []}}
                        """))
                .singleElement()
                .asString()
                .startsWith("c_trip.rules[0].refuseWhen ");
        assertThat(refused(call, remove("c_trip.c_day"))).contains("c_trip.keys[0].fields key-field-wrong");
        assertThat(refused(call, remove("c_trip.c_money"))).anyMatch(text -> text.startsWith("c_trip.c_pay."));
        assertThat(refused(call, remove("c_trip.c_miles"))).contains("c_trip.c_far.expression expression-unknown-name");
        assertThat(refused(call, remove("c_car.c_maker"))).anyMatch(text -> text.startsWith("c_trip.c_by.expression"));
        assertThat(refused(call, remove("c_trip.c_state")))
                .containsExactly("c_trip.c_part.dependsOn depends-on-picklist");
        assertThat(refused(call, remove("c_car"))).contains("c_car entity-in-use");
        assertThat(refused(call, retype("c_trip.c_miles", "text")))
                .anyMatch(text -> text.startsWith("c_trip.c_far.expression"));
        assertThat(refused(call, states("open", "done"))).containsExactly("c_trip.c_part.options under-unknown");
        assertThat(refused(call, remove("c_trip.c_part") + "," + states("open", "done")))
                .singleElement()
                .asString()
                .startsWith("c_trip.c_slow.expression");
    }

    @Test
    void automationsStandAgainstWhatTheyReadOrWrite() throws SQLException, IOException {
        CallContext call = world("uses-automations");
        automation(call, "Late", "'condition': 'c_pay > 5', 'steps': [{'do': 'stop'}]");
        automation(call, "Noted", "'steps': [{'do': 'update', 'values': {'c_tag': ['red']}}]");

        assertThat(refused(call, remove("c_trip.c_pay"))).contains("c_trip.c_pay used-by-automation");
        assertThat(refused(call, remove("c_trip.c_tag"))).contains("c_trip.c_tag used-by-automation");
    }

    private void automation(CallContext call, String name, String rest) throws IOException {
        JsonNode body = new ObjectMapper()
                .readTree("{'name': '%s', 'entity': 'c_trip', 'trigger': {'on': 'created'}, %s}"
                        .formatted(name, rest)
                        .replace('\'', '"'));
        engine.relata()
                .transactions()
                .call(call, sql -> engine.relata().automations().create(sql, call, body));
    }

    @Test
    void namesEverythingSharedThatUsesWhatGoesAtOnce() throws SQLException, IOException {
        CallContext call = world("uses-shared");
        plans.now(call, "View over a lookup", changes("""
                {"op": "add", "component": "c_car/views/far", "value": {"label": {"en": "Far"}, "columns": ["c_plate"],
                  "sort": [{"field": "c_plate"}], "filter": "c_trips/any(t:t/c_miles gt 9)"}}
                """));
        view(call, "Long ones", true, "{'columns': ['c_name'], 'filter': 'c_miles gt 500'}");
        view(call, "Columns", true, "{'columns': ['c_name', 'c_miles']}");
        view(call, "Another", true, "{'columns': ['c_name'], 'sort': [{'field': 'c_name'}]}");
        report(
                call,
                SavedReports.Kind.REPORT,
                "Miles",
                "{'set': 'c_trips', 'kind': 'table', 'rows': ['c_car/c_plate']," + " 'measures': ['c_miles:sum']}");
        report(
                call,
                SavedReports.Kind.DASHBOARD,
                "Board",
                "{'tiles': [{'report': {'set': 'c_trips', 'kind': 'number', 'measures': ['count'],"
                        + " 'filter': 'c_miles gt 3'}}]}");
        rule(call, "Far ones", "c_miles gt 7");
        rule(call, "Named", "c_name eq 'c_miles'");
        importing(call, "c_miles");

        assertThat(refused(call, remove("c_trip.c_far") + "," + remove("c_trip.c_miles")))
                .containsExactlyInAnyOrder(
                        "c_car/views/far.filter query-unknown-name",
                        "c_trip.c_miles used-by-view",
                        "c_trip.c_miles used-by-view",
                        "c_trip.c_miles used-by-report",
                        "c_trip.c_miles used-by-dashboard",
                        "c_trip.c_miles used-by-sharing-rule",
                        "c_trip.c_miles used-by-import");
    }

    @Test
    void namesWhatCouldNotBeAskedOfAnotherType() throws SQLException {
        CallContext call = world("uses-type");
        view(call, "Long ones", true, "{'columns': ['c_name'], 'filter': 'c_miles gt 500'}");
        view(call, "Column", true, "{'columns': ['c_miles']}");
        rule(call, "Far ones", "c_miles gt 7");

        assertThat(refused(call, remove("c_trip.c_far") + "," + retype("c_trip.c_miles", "text")))
                .containsExactlyInAnyOrder("c_trip.c_miles used-by-view", "c_trip.c_miles used-by-sharing-rule");
        plans.now(call, "Exact", changes(retype("c_trip.c_miles", "decimal")));
    }

    @Test
    void namesWhatUsesAnOptionThatGoesAndLetsItBeRetired() throws SQLException {
        CallContext call = world("uses-options");
        plans.now(call, "Less", changes(remove("c_trip.c_part") + "," + remove("c_trip.c_slow")));
        plans.now(call, "Counts", changes("""
                {"op": "add", "component": "c_car.c_late", "value": {"type": "integer", "label": {"en": "Late"},
                  "rollUp": {"of": "c_trip", "by": "c_car", "function": "count", "filter": "c_state in ('late', 'open')"}}},
                {"op": "add", "component": "c_car/views/late", "value": {"label": {"en": "Late"}, "columns": ["c_plate"],
                  "sort": [{"field": "c_plate"}], "filter": "c_trips/any(t:t/c_state eq 'late')"}}
                """));
        view(call, "Late ones", true, "{'columns': ['c_name'], 'filter': 'c_state eq ^late^'}");
        view(call, "Red ones", true, "{'columns': ['c_name'], 'filter': 'c_tag/any(t:t eq ^red^)'}");
        view(call, "Open ones", true, "{'columns': ['c_name'], 'filter': 'c_state eq ^open^ and c_name eq ^late^'}");
        rule(call, "Late", "c_state eq 'late'");
        report(
                call,
                SavedReports.Kind.REPORT,
                "Late trips",
                "{'set': 'c_trips', 'kind': 'table', 'rows': ['c_car']," + " 'filter': 'c_state in (^late^,^done^)'}");

        assertThat(refused(call, states("open", "done")))
                .containsExactlyInAnyOrder(
                        "c_car/views/late.filter option-used",
                        "c_trip.c_state used-by-view",
                        "c_trip.c_state used-by-report",
                        "c_trip.c_state used-by-sharing-rule",
                        "c_trip.c_state used-by-roll-up");
        assertThat(refused(call, """
                {"op": "change", "component": "c_trip.c_tag", "value": {"options": [
                  {"value": "blue", "label": {"en": "Blue"}}]}}
                """)).containsExactly("c_trip.c_tag used-by-view");
        plans.now(call, "Retired", changes("""
                {"op": "change", "component": "c_trip.c_state", "value": {"options": [
                  {"value": "open", "label": {"en": "Open"}}, {"value": "late", "label": {"en": "Late"}, "active": false},
                  {"value": "done", "label": {"en": "Done"}}]}}
                """));
    }

    @Test
    void namesReportsOnAnEntityThatGoesWhoseViewsGoWithIt() throws SQLException {
        CallContext call = world("uses-entity");
        view(call, "All", true, "{'columns': ['c_name']}");
        rule(call, "Some", "c_name eq 'x'");
        report(call, SavedReports.Kind.REPORT, "Trips", "{'set': 'c_trips', 'kind': 'number', 'measures': ['count']}");
        report(
                call,
                SavedReports.Kind.REPORT,
                "Used cars",
                "{'set': 'c_cars', 'kind': 'number', 'measures': ['count'], 'filter': 'c_trips/any()'}");

        assertThat(refused(call, remove("c_trip")))
                .containsExactlyInAnyOrder("c_trip used-by-report", "c_trip used-by-report");
    }

    @Test
    void countsWhatPeopleKeepForThemselvesAndGoesOn() throws SQLException {
        CallContext call = world("uses-own");
        CallContext ann = TestCalls.user(call.tenant());
        view(ann, "Mine", false, "{'columns': ['c_name'], 'filter': 'c_miles gt 500'}");
        report(ann, SavedReports.Kind.REPORT, "Mine too", "{'set': 'c_trips', 'kind': 'table', 'rows': ['c_miles']}");

        Plan plan = plans.plan(call, "Less", changes(remove("c_trip.c_far") + "," + remove("c_trip.c_miles")));

        ObjectNode impact = Objects.requireNonNull(
                plan.impacts().get(ComponentKey.parse("c_trip.c_miles").orElseThrow()));
        assertThat(impact.path("keptByPeople").asInt()).isEqualTo(2);
        plans.apply(call, plan.id());
    }

    @Test
    void whatARoleSaysOfAFieldComesBackWithIt() throws SQLException {
        CallContext call = world("uses-role");
        engine.relata().access().put(call, "roles", "clerk", (ObjectNode)
                json("{'entities': {'c_trip': {'read': 'tenant', 'fields': {'c_miles': 'none'}}}}"));
        Plan plan = plans.now(call, "Less", changes(remove("c_trip.c_far") + "," + remove("c_trip.c_miles")));
        engine.relata().access().put(call, "roles", "clerk", (ObjectNode)
                json("{'entities': {'c_trip': {'read': 'unit', 'fields': {'c_miles': 'none'}}}}"));

        plans.apply(call, plans.revert(call, plan.id()).id());

        assertThat(engine.relata().access().list(call, "roles").toString())
                .contains("\"c_miles\":\"" + FieldAccess.NONE.code() + "\"");
    }

    private CallContext world(String slug) throws SQLException {
        CallContext call = engine.tenant(slug);
        plans.now(call, "World", changes(WORLD));
        return call;
    }

    private EntityDefinition trip(CallContext call) {
        return engine.relata()
                .metadata()
                .snapshot(call.tenant())
                .entity("c_trip")
                .orElseThrow();
    }

    private void view(CallContext call, String name, boolean shared, String definition) {
        KeptInput input = ViewInput.read(kept(name, shared, definition), trip(call), true);
        engine.relata().writer().transaction(call, tx -> engine.relata().views().create(tx, trip(call), input));
    }

    private void report(CallContext call, SavedReports.Kind kind, String name, String definition) {
        boolean shared = call.hasRole(CallContext.ADMINISTRATOR);
        ReportInput.Asks asks = (set, filter) -> jobs.odata().selection(call, set, filter.isEmpty() ? "true" : filter);
        KeptInput input = kind == SavedReports.Kind.REPORT
                ? ReportInput.report(kept(name, shared, definition), true, asks)
                : ReportInput.dashboard(kept(name, shared, definition), true, asks);
        engine.relata()
                .writer()
                .transaction(call, tx -> engine.relata().reports().create(tx, kind, input));
    }

    private static ObjectNode kept(String name, boolean shared, String definition) {
        ObjectNode body =
                new ObjectMapper().createObjectNode().put("name", name).put("shared", shared);
        return body.set("definition", json(definition));
    }

    private void rule(CallContext call, String name, String filter) {
        ObjectNode rule = new ObjectMapper().createObjectNode();
        rule.put("name", name).put("entity", "c_trip").put("filter", filter);
        rule.put("principal", team(call).toString()).put("level", "read");
        engine.relata().access().put(call, "rules", UUID.randomUUID().toString(), rule);
    }

    private UUID team(CallContext call) {
        UUID id = UUID.randomUUID();
        engine.relata().access().put(call, "teams", id.toString(), (ObjectNode) json("{'name': 'T'}"));
        return id;
    }

    private void importing(CallContext call, String field) throws IOException {
        ImportService imports = jobs.work().imports();
        JsonNode mapping = json("{'entity': 'c_trip', 'columns': [{'field': 'c_name', 'column': 'n'}," + " {'field': '"
                + field + "', 'column': 'm'}]}");
        byte[] csv = "n,m\none,1\n".getBytes(StandardCharsets.UTF_8);
        try (ImportUpload upload = imports.receive(call, new ByteArrayInputStream(csv))) {
            ImportService.Checked checked = imports.check(call, upload, "file.csv", mapping);
            engine.relata().writer().transaction(call, tx -> imports.submit(tx, checked));
        }
    }

    private List<String> refused(CallContext call, String changes) {
        List<String> found = new ArrayList<>();
        ThrowingCallable attempt = () -> plans.plan(call, "Less", changes(changes));
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> problem.violations()
                                .forEach(violation -> found.add(violation.field() + " " + violation.code())));
        return found;
    }

    private static String remove(String component) {
        return "{\"op\": \"remove\", \"component\": \"" + component + "\"}";
    }

    private static String retype(String component, String type) {
        return "{'op': 'change', 'component': '%s', 'value': {'type': '%s'}}"
                .formatted(component, type)
                .replace('\'', '"');
    }

    private static String states(String... values) {
        StringBuilder options = new StringBuilder();
        for (String value : values) {
            options.append(options.isEmpty() ? "" : ",")
                    .append("{'value': '" + value + "', 'label': {'en': '" + value + "'}}");
        }
        return ("{'op': 'change', 'component': 'c_trip.c_state', 'value': {'options': [" + options + "]}}")
                .replace('\'', '"');
    }

    private static Edit changes(String changes) {
        return Edit.changes(json("[" + changes + "]"));
    }

    /// Where there is no quotation mark, apostrophes stand for them, and carets for apostrophes.
    private static JsonNode json(String text) {
        String quoted = text.contains("\"") ? text : text.replace('\'', '"').replace('^', '\'');
        try {
            return new ObjectMapper().readTree(quoted);
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException(quoted, exception);
        }
    }
}
