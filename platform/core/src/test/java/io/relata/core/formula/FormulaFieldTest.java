package io.relata.core.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.TestEngine;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.odata.ODataBody;
import io.relata.core.odata.ODataService;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.query.RecordReader;
import io.relata.core.record.RecordData;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Fields whose values are computed, from the definition to the answer.
@ExtendWith(PostgresExtension.class)
class FormulaFieldTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private TestEngine engine;
    private ODataService odata;
    private CallContext call;

    @BeforeEach
    void start(LocalPostgres postgres, @TempDir Path folder) throws IOException, SQLException {
        engine = TestEngine.start(postgres, folder);
        odata = new ODataService(
                engine.relata().metadata()::snapshot,
                new RecordReader(engine.relata().transactions(), Duration.ofSeconds(10)),
                engine.clock(),
                URI.create("http://localhost/api/v1/data/"));
        call = engine.tenant("formulas");
        entity(
                "{'name': 'c_firm', 'label': {'en': 'Firm'}, 'pluralLabel': {'en': 'Firms'}, 'fields': ["
                        + "{'name': 'c_name', 'type': 'text', 'label': {'en': 'Name'}},"
                        + "{'name': 'c_discount', 'type': 'percent', 'label': {'en': 'Discount'}},"
                        + "{'name': 'c_factor', 'type': 'formula', 'expression': '1 - ifEmpty(c_discount, 0) / 100', 'label': {'en': 'Factor'}}]}");
        entity("{'name': 'c_deal', 'label': {'en': 'Deal'}, 'pluralLabel': {'en': 'Deals'}, 'fields': ["
                + "{'name': 'c_name', 'type': 'text', 'label': {'en': 'Name'}},"
                + "{'name': 'c_amount', 'type': 'money', 'label': {'en': 'Amount'}},"
                + "{'name': 'c_due', 'type': 'date', 'label': {'en': 'Due'}},"
                + "{'name': 'c_firm', 'type': 'lookup', 'target': 'c_firm', 'label': {'en': 'Firm'}},"
                + "{'name': 'c_total', 'type': 'formula', 'expression': 'c_amount * c_firm.c_factor', 'scale': 2, 'label': {'en': 'Total'}},"
                + "{'name': 'c_twice', 'type': 'formula', 'expression': 'c_total * 2', 'label': {'en': 'Twice'}},"
                + "{'name': 'c_size', 'type': 'formula', 'expression': 'c_total > 100 ? ^大^ : ^小^', 'label': {'en': 'Size'}},"
                + "{'name': 'c_late', 'type': 'formula', 'expression': 'c_due < today()', 'label': {'en': 'Late'}}]}");
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    private EntityDefinition entity(String definition) throws IOException {
        return engine.relata().metadata().createEntity(call, json(definition));
    }

    private FieldDefinition field(String entity, String definition) throws IOException {
        return engine.relata().metadata().addField(call, entity, json(definition));
    }

    /// Written with single quotes, so that it can be read; an expression's own are written as ^.
    private static JsonNode json(String text) throws IOException {
        return JSON.readTree(text.replace('\'', '"').replace('^', '\''));
    }

    private JsonNode list(String... options) throws IOException {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < options.length; i += 2) {
            query.append(i == 0 ? "" : "&").append(options[i]).append('=');
            query.append(URLEncoder.encode(options[i + 1], StandardCharsets.UTF_8));
        }
        return body(odata.list(call, "c_deals", query.toString()));
    }

    private static JsonNode body(ODataBody body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        body.writeTo(out);
        return JSON.readTree(out.toByteArray());
    }

    private List<String> names(String... options) throws IOException {
        List<String> names = new ArrayList<>();
        list(options)
                .get("value")
                .forEach(record -> names.add(record.get("c_name").asText()));
        return names;
    }

    private void deals() {
        RecordData firm = engine.create(call, "c_firm", "c_name", "北京食品", "c_discount", "12.5");
        engine.create(
                call,
                "c_deal",
                "c_name",
                "a",
                "c_amount",
                "100",
                "c_firm_id",
                firm.id().toString(),
                "c_due",
                "2001-01-01");
        engine.create(
                call,
                "c_deal",
                "c_name",
                "b",
                "c_amount",
                "200.10",
                "c_firm_id",
                firm.id().toString(),
                "c_due",
                "9000-01-01");
        engine.create(call, "c_deal", "c_name", "c", "c_amount", "300");
    }

    @Test
    void infersTheType() {
        EntityDefinition deal = engine.relata()
                .metadata()
                .snapshot(call.tenant())
                .entity("c_deal")
                .orElseThrow();

        assertThat(deal.field("c_total").orElseThrow().type().typeName()).isEqualTo("decimal");
        assertThat(deal.field("c_size").orElseThrow().type().typeName()).isEqualTo("text");
        assertThat(deal.field("c_late").orElseThrow().type().typeName()).isEqualTo("boolean");
        assertThat(deal.field("c_total").orElseThrow().readOnly()).isTrue();
    }

    @Test
    void isComputedInListsAndOverLookups() throws IOException {
        deals();

        JsonNode value = list("$orderby", "c_name", "$select", "c_name,c_total,c_twice,c_size,c_late")
                .get("value");

        assertThat(value.get(0).get("c_total").decimalValue()).isEqualByComparingTo("87.50");
        assertThat(value.get(1).get("c_total").decimalValue()).isEqualByComparingTo("175.09");
        assertThat(value.get(1).get("c_twice").decimalValue()).isEqualByComparingTo("350.18");
        assertThat(value.get(0).get("c_size").asText()).isEqualTo("小");
        assertThat(value.get(1).get("c_size").asText()).isEqualTo("大");
        assertThat(value.get(0).get("c_late").asBoolean()).isTrue();
        assertThat(value.get(1).get("c_late").asBoolean()).isFalse();
        assertThat(value.get(2).get("c_total").isNull()).isTrue();
    }

    @Test
    void filtersSortsAndGroups() throws IOException {
        deals();

        assertThat(names("$filter", "c_total gt 100")).containsExactly("b");
        assertThat(names("$filter", "c_late eq true or c_size eq '大'", "$orderby", "c_total desc"))
                .containsExactly("b", "a");
        assertThat(names("$orderby", "c_size desc,c_name")).hasSize(3);
        assertThat(names("$filter", "c_firm/c_factor lt 1", "$orderby", "c_name"))
                .containsExactly("a", "b");
        JsonNode groups = list("$apply", "groupby((c_size),aggregate(c_total with sum as sum,$count as n))");
        assertThat(groups.get("value")).hasSize(2);
        JsonNode sum = list("$apply", "aggregate(c_total with sum as sum)")
                .get("value")
                .get(0);
        assertThat(sum.get("sum").decimalValue()).isEqualByComparingTo("262.59");
    }

    @Test
    void pagesByAFormula() throws IOException {
        deals();

        JsonNode first = list("$orderby", "c_total", "$top", "3", "$select", "c_name", "$count", "true");

        assertThat(first.get("@odata.count").asInt()).isEqualTo(3);
        assertThat(first.get("value")).hasSize(3);
        assertThat(first.get("value").get(2).get("c_name").asText()).isEqualTo("c");
    }

    @Test
    void answersAWriteWithTheValues() {
        deals();
        RecordData made = engine.create(call, "c_deal", "c_name", "d", "c_amount", "10");
        RecordData changed = engine.update(call, "c_deal", made.id(), "c_amount", "11");

        assertThat(made.value("c_late")).isEqualTo(false);
        assertThat(changed.value("c_size")).isEqualTo("小");
    }

    @Test
    void cannotBeWritten() {
        assertThat(violations(() -> engine.create(call, "c_deal", "c_name", "x", "c_total", 1)))
                .extracting(Violation::code)
                .containsExactly("read-only");
    }

    @Test
    void storesWhatIsToBeStored() throws IOException, SQLException {
        EntityDefinition part = entity(
                "{'name': 'c_part', 'label': {'en': 'Part'}, 'pluralLabel': {'en': 'Parts'}, 'fields': ["
                        + "{'name': 'c_name', 'type': 'text', 'label': {'en': 'Name'}},"
                        + "{'name': 'c_amount', 'type': 'money', 'label': {'en': 'Amount'}},"
                        + "{'name': 'c_net', 'type': 'formula', 'expression': 'c_amount / 3', 'scale': 2, 'stored': true, 'indexed': true, 'label': {'en': 'Net'}}]}");
        String slot = part.field("c_net").orElseThrow().slot();
        assertThat(slot).startsWith("n");

        RecordData made = engine.create(call, "c_part", "c_name", "s", "c_amount", "10");
        assertThat(made.value("c_net")).isEqualTo(new BigDecimal("3.33"));
        assertThat(engine.database().count("select " + slot + " from relata.record_shared where id = ?", made.id()))
                .isEqualTo(333);
        assertThat(engine.update(call, "c_part", made.id(), "c_amount", "20").value("c_net"))
                .isEqualTo(new BigDecimal("6.67"));
        JsonNode found =
                body(odata.list(call, "c_parts", "$filter=c_net%20eq%206.67")).get("value");
        assertThat(found).hasSize(1);
    }

    @Test
    void storesNothingThatWouldGrowOld() {
        assertThat(
                        violations(
                                () -> entity(
                                        "{'name': 'c_part', 'label': {'en': 'Part'}, 'pluralLabel': {'en': 'Parts'}, 'fields': ["
                                                + "{'name': 'c_name', 'type': 'text', 'label': {'en': 'Name'}},"
                                                + "{'name': 'c_firm', 'type': 'lookup', 'target': 'c_firm', 'label': {'en': 'Firm'}},"
                                                + "{'name': 'c_today', 'type': 'formula', 'expression': 'today()', 'stored': true, 'label': {'en': 'X'}},"
                                                + "{'name': 'c_x', 'type': 'formula', 'expression': 'c_firm.c_name', 'stored': true, 'label': {'en': 'X'}}]}")))
                .extracting(Violation::code)
                .containsExactlyInAnyOrder("expression-not-steady", "expression-reads-lookups");
    }

    @Test
    void refusesWrongDefinitionsWithThePlace() {
        assertThat(violations(() -> field(
                        "c_deal",
                        "{'name': 'c_x', 'type': 'formula', 'expression': 'c_amonut * 2', 'label': {'en': 'X'}}")))
                .containsExactly(Violation.of("expression", "expression-unknown-name-hint", 1, "c_amonut", "c_amount"));
        assertThat(violations(() -> field(
                        "c_deal", "{'name': 'c_x', 'type': 'formula', 'expression': 'c_x + 1', 'label': {'en': 'X'}}")))
                .extracting(Violation::code)
                .contains("expression-cycle");
        assertThat(violations(() -> field(
                        "c_deal", "{'name': 'c_x', 'type': 'formula', 'expression': 'c_firm', 'label': {'en': 'X'}}")))
                .extracting(Violation::code)
                .containsExactly("expression-no-field");
        assertThat(engine.relata()
                        .metadata()
                        .snapshot(call.tenant())
                        .entity("c_deal")
                        .orElseThrow()
                        .field("c_x"))
                .isEmpty();
    }

    @Test
    void staysWithinTheTenant() throws IOException, SQLException {
        deals();
        CallContext other = engine.tenant("other");

        assertThatThrownBy(() -> odata.list(other, "c_deals", "")).isInstanceOf(ProblemException.class);
    }

    @FunctionalInterface
    private interface Attempt {
        void run() throws IOException;
    }

    private static List<Violation> violations(Attempt attempt) {
        return catchThrowableOfType(ProblemException.class, attempt::run).violations();
    }
}
