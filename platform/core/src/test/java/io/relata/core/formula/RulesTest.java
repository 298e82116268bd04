package io.relata.core.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.TestEngine;
import io.relata.core.metadata.Edit;
import io.relata.core.metadata.type.Form;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.RecordData;
import io.relata.core.record.RecordInput;
import io.relata.core.record.RecordResult;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Rules, conditions of fields and computed defaults, on the way that all writes take.
@ExtendWith(PostgresExtension.class)
class RulesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TestEngine engine;
    private CallContext call;

    @BeforeEach
    void start(LocalPostgres postgres, @TempDir Path folder) throws IOException, SQLException {
        engine = TestEngine.start(postgres, folder);
        call = engine.tenant("rules");
        entity("{'name': 'c_area', 'label': {'en': 'Area'}, 'pluralLabel': {'en': 'Areas'}, 'fields': ["
                + "{'name': 'c_name', 'type': 'text', 'label': {'en': 'Name'}},"
                + "{'name': 'c_limit', 'type': 'money', 'label': {'en': 'Limit'}}]}");
        entity(
                "{'name': 'c_fine', 'label': {'en': 'Fine'}, 'pluralLabel': {'en': 'Fines'}, 'fields': ["
                        + "{'name': 'c_plate', 'type': 'text', 'label': {'en': 'Plate'}},"
                        + "{'name': 'c_state', 'type': 'picklist', 'label': {'en': 'State'}, 'default': 'open', 'options': ["
                        + "{'value': 'open', 'label': {'en': 'Open'}}, {'value': 'paid', 'label': {'en': 'Paid'}},"
                        + "{'value': 'waived', 'label': {'en': 'Waived'}}],"
                        + " 'optionsWhen': [{'value': 'waived', 'when': 'c_amount < 100'}]},"
                        + "{'name': 'c_amount', 'type': 'money', 'label': {'en': 'Amount'}, 'readOnlyWhen': 'c_state == ^paid^'},"
                        + "{'name': 'c_reason', 'type': 'text', 'label': {'en': 'Reason'}, 'requiredWhen': 'c_state == ^waived^', 'visibleWhen': 'c_state == ^waived^'},"
                        + "{'name': 'c_due', 'type': 'date', 'label': {'en': 'Due'}, 'defaultExpression': 'today() + 30'},"
                        + "{'name': 'c_area', 'type': 'lookup', 'target': 'c_area', 'label': {'en': 'Area'}}],"
                        + "'rules': [{'name': 'c_plate_form', 'refuseWhen': '!isEmpty(c_plate) && !matches(c_plate, ^[A-Z0-9]{2,8}^)',"
                        + " 'message': {'en': 'A plate has 2 to 8 letters and digits.', 'zh-CN': '车牌为 2 到 8 个字母或数字。'}, 'field': 'c_plate'},"
                        + "{'name': 'c_limit', 'refuseWhen': 'c_amount > c_area.c_limit', 'message': {'en': 'More than the area allows.'}}]}");
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    private void entity(String definition) throws IOException {
        engine.relata().metadata().createEntity(call, json(definition));
    }

    private static JsonNode json(String text) throws IOException {
        return JSON.readTree(text.replace('\'', '"').replace('^', '\''));
    }

    @FunctionalInterface
    private interface Attempt {
        void run() throws IOException;
    }

    private static List<Violation> violations(Attempt attempt) {
        return catchThrowableOfType(ProblemException.class, attempt::run).violations();
    }

    @Test
    void saysAllThatSpeaksAgainstARecordAtOnce() {
        RecordData area = engine.create(call, "c_area", "c_name", "A", "c_limit", "50");

        assertThat(violations(() -> engine.create(
                        call,
                        "c_fine",
                        "c_plate",
                        "a b",
                        "c_state",
                        "waived",
                        "c_amount",
                        "75",
                        "c_area_id",
                        area.id().toString())))
                .containsExactlyInAnyOrder(
                        Violation.of(
                                "c_plate", "rule-broken", "A plate has 2 to 8 letters and digits.", "c_plate_form"),
                        Violation.of("c_reason", "required"),
                        Violation.of(null, "rule-broken", "More than the area allows.", "c_limit"));
    }

    @Test
    void speaksTheLanguageOfTheCaller() {
        CallContext chinese = new CallContext(
                call.tenant(),
                call.user(),
                call.roles(),
                Locale.SIMPLIFIED_CHINESE,
                call.zone(),
                call.currency(),
                call.requestId(),
                call.origin());

        assertThat(violations(() -> engine.create(chinese, "c_fine", "c_plate", "a b"))
                        .getFirst()
                        .arguments()
                        .getFirst())
                .isEqualTo("车牌为 2 到 8 个字母或数字。");
    }

    @Test
    void keepsConditionsOfFields() {
        RecordData fine = engine.create(call, "c_fine", "c_plate", "AB12", "c_amount", "150");

        assertThat(violations(() -> engine.update(call, "c_fine", fine.id(), "c_state", "waived", "c_reason", "x")))
                .containsExactly(Violation.of("c_state", "not-an-option"));
        assertThat(violations(() -> engine.update(call, "c_fine", fine.id(), "c_reason", "x")))
                .containsExactly(Violation.of("c_reason", "not-visible"));
        engine.update(call, "c_fine", fine.id(), "c_state", "paid");
        assertThat(violations(() -> engine.update(call, "c_fine", fine.id(), "c_amount", "1")))
                .containsExactly(Violation.of("c_amount", "read-only-now"));
        assertThat(engine.update(call, "c_fine", fine.id(), "c_state", "open", "c_amount", "1")
                        .version())
                .isEqualTo(3);
    }

    @Test
    void leavesRulesAloneWhoseFieldsAreWrongAnyway() {
        assertThat(violations(() -> engine.create(call, "c_fine", "c_plate", "AB12", "c_amount", "many")))
                .containsExactly(Violation.of("c_amount", "expects-number"));
    }

    @Test
    void computesDefaults() {
        LocalDate today = LocalDate.ofInstant(engine.clock().instant(), call.zone());

        assertThat(engine.create(call, "c_fine", "c_plate", "AB12").value("c_due"))
                .isEqualTo(today.plusDays(30));
        assertThat(engine.create(call, "c_fine", "c_plate", "AB13", "c_due", null)
                        .value("c_due"))
                .isNull();
    }

    @Test
    void holdsSetsAgainstRulesOneByOne() {
        List<RecordInput> inputs = List.of(
                new RecordInput(null, null, TestEngine.values("c_plate", "AB12"), Form.TEXT),
                new RecordInput(null, null, TestEngine.values("c_plate", "?"), Form.TEXT));

        List<RecordResult> results = engine.relata()
                .writer()
                .transaction(call, tx -> engine.relata().writer().saveAll(tx, tx.entity("c_fine"), inputs));

        assertThat(results.get(0)).isInstanceOf(RecordResult.Saved.class);
        assertThat(results.get(1)).isInstanceOf(RecordResult.Rejected.class);
    }

    @Test
    void addsRulesToEntitiesOfPlugins() throws IOException {
        setRules(
                "test.company",
                "{'name': 'c_no_test', 'refuseWhen': 'contains(name, ^test^)',"
                        + " 'message': {'en': 'No tests.'}, 'field': 'name'}");

        assertThat(violations(() -> engine.create(call, "company", "name", "a test")))
                .contains(Violation.of("name", "rule-broken", "No tests.", "c_no_test"));
    }

    @Test
    void putsConditionsOnFieldsOfPlugins() throws IOException {
        change("{'op': 'change', 'component': 'test.company.website',"
                + " 'value': {'requiredWhen': 'startsWith(name, ^City^)'}}");

        assertThat(violations(() -> engine.create(call, "company", "name", "City of Oslo")))
                .extracting(Violation::field)
                .containsExactly("website");
        engine.create(call, "company", "name", "Oslo");
    }

    @Test
    void refusesWrongRulesWithThePlace() {
        assertThat(violations(() ->
                        setRules("c_fine", "{'name': 'c_x', 'refuseWhen': 'c_amount + 1', 'message': {'en': 'x'}}")))
                .containsExactly(
                        Violation.of("c_fine.rules[0].refuseWhen", "expression-result", 1, "boolean", "number"));
        assertThat(violations(() -> setRules(
                        "c_fine", "{'name': 'c_x', 'refuseWhen': 'c_state == ^payed^', 'message': {'en': 'x'}}")))
                .containsExactly(
                        Violation.of("c_fine.rules[0].refuseWhen", "expression-no-option-hint", 12, "payed", "paid"));
        assertThat(violations(() -> setRules(
                        "c_fine", "{'name': 'c_x', 'refuseWhen': 'true', 'message': {'en': 'x'}, 'field': 'c_no'}")))
                .containsExactly(Violation.of("c_fine.rules[0].field", "field-unknown", "c_no"));
        assertThat(violations(() ->
                        setRules("test.company", "{'name': 'plain', 'refuseWhen': 'true', 'message': {'en': 'x'}}")))
                .extracting(Violation::code)
                .contains("name-invalid");
    }

    private void setRules(String component, String rules) throws IOException {
        change("{'op': 'change', 'component': '" + component + "', 'value': {'rules': [" + rules + "]}}");
    }

    private void change(String change) throws IOException {
        Edit edit = Edit.changes(json("[" + change + "]"));
        engine.relata().metadata().change(call, tx -> {
            tx.save(tx.propose(edit));
            return true;
        });
    }
}
