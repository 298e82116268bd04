package io.relata.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.TestEngine;
import io.relata.core.metadata.type.Form;
import io.relata.core.problem.ProblemException;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What definitions say about values beyond the type: together with other fields, with other records, in the history.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FieldRulesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String CASE = """
            {"name": "c_case", "label": {"en": "Case"}, "pluralLabel": {"en": "Cases"},
             "keys": [{"name": "perDay", "fields": ["c_day", "c_title"]}],
             "fields": [
               {"name": "c_title", "type": "text", "label": {"en": "Title"}, "maxLength": 80},
               {"name": "c_number", "type": "autoNumber", "pattern": "C{yyyy}-{0000}", "label": {"en": "Number"}},
               {"name": "c_day", "type": "date", "label": {"en": "Day"}},
               {"name": "c_secret", "type": "text", "audited": false, "label": {"en": "Secret"}},
               {"name": "c_price", "type": "money", "currencyField": "c_currency", "label": {"en": "Price"}},
               {"name": "c_currency", "type": "currency", "label": {"en": "Currency"}},
               {"name": "c_country", "type": "picklist", "label": {"en": "Country"}, "options": [
                 {"value": "cn", "label": {"en": "China"}}, {"value": "de", "label": {"en": "Germany"}}]},
               {"name": "c_city", "type": "picklist", "dependsOn": "c_country", "label": {"en": "City"}, "options": [
                 {"value": "sh", "label": {"en": "Shanghai"}, "under": ["cn"]},
                 {"value": "b", "label": {"en": "Berlin"}, "under": ["de"]},
                 {"value": "x", "label": {"en": "Elsewhere"}}]},
               {"name": "c_places", "type": "multiPicklist", "dependsOn": "c_city", "label": {"en": "Places"}, "options": [
                 {"value": "bund", "label": {"en": "Bund"}, "under": ["sh"]},
                 {"value": "gate", "label": {"en": "Gate"}, "under": ["b"]}]}]}
            """;

    private final LocalPostgres postgres;
    private TestEngine engine;

    FieldRulesTest(LocalPostgres postgres) {
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
    void numbersRecordsWithoutGapsWhoeverWrites() throws Exception {
        CallContext call = tenant();
        List<Callable<String>> writers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String title = "T" + i;
            boolean refused = i % 10 == 0;
            writers.add(() -> refused
                    ? code(call, "c_title", title, "c_currency", "XYZ")
                    : String.valueOf(create(call, "c_title", title).value("c_number")));
        }
        List<String> given = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(100)) {
            for (Future<String> writer : threads.invokeAll(writers)) {
                if (!writer.get().startsWith("c_currency")) {
                    given.add(writer.get());
                }
            }
        }
        int year = engine.clock().instant().atZone(call.zone()).getYear();
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 90; i++) {
            expected.add("C%d-%04d".formatted(year, i));
        }
        assertThat(given).containsExactlyInAnyOrderElementsOf(expected);

        engine.clock().advance(Duration.ofDays(366));
        assertThat(create(call).value("c_number")).isEqualTo("C%d-0001".formatted(year + 1));
        assertThat(create(tenant()).value("c_number")).isEqualTo("C%d-0001".formatted(year + 1));
    }

    @Test
    void numbersRecordsWithGapsAndNeverTwice() throws Exception {
        CallContext call = queues();
        List<Callable<String>> writers = Collections.nCopies(
                100, () -> String.valueOf(engine.create(call, "c_queue").value("c_ticket")));
        List<String> given = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            try (ExecutorService threads = Executors.newFixedThreadPool(100)) {
                for (Future<String> writer : threads.invokeAll(writers)) {
                    given.add(writer.get());
                }
            }
        }
        engine.relata().writer().transaction(call, tx -> {
            List<RecordInput> many = Collections.nCopies(1_000, new RecordInput(null, null, Map.of(), Form.JSON));
            engine.relata()
                    .writer()
                    .saveAll(tx, tx.entity("c_queue"), many)
                    .forEach(result -> given.add(
                            String.valueOf(((RecordResult.Saved) result).data().value("c_ticket"))));
            return given;
        });

        assertThat(given).hasSize(1_400).doesNotHaveDuplicates().allMatch(number -> number.matches("T\\d\\d-\\d{5}"));
        assertThat(engine.create(queues(), "c_queue").value("c_ticket"))
                .asString()
                .as("another tenant counts for itself")
                .endsWith("-00001");
    }

    @Test
    void waitsForNobodyWhereGapsAreAllowed() throws Exception {
        CallContext call = queues();
        engine.create(call, "c_queue");
        engine.create(call, "c_queue");

        engine.relata().writer().transaction(call, tx -> {
            RecordInput input = new RecordInput(null, null, Map.of(), Form.JSON);
            String mine = String.valueOf(engine.relata()
                    .writer()
                    .save(tx, tx.entity("c_queue"), input)
                    .data()
                    .value("c_ticket"));
            String other = CompletableFuture.supplyAsync(
                            () -> String.valueOf(engine.create(call, "c_queue").value("c_ticket")))
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
            assertThat(other).isGreaterThan(mine);
            return mine;
        });
    }

    private CallContext queues() throws SQLException {
        CallContext call = tenant();
        engine.relata().metadata().createEntity(call, json("""
                {"name": "c_queue", "label": {"en": "Queue"}, "pluralLabel": {"en": "Queue"}, "fields": [
                   {"name": "c_title", "type": "text", "label": {"en": "Title"}},
                   {"name": "c_ticket", "type": "autoNumber", "pattern": "T{yy}-{00000}", "gaps": true, "label": {"en": "Ticket"}}]}
                """));
        return call;
    }

    @Test
    void letsNoTwoRecordsShareAKey() throws SQLException {
        CallContext call = tenant();
        RecordData first = create(call, "c_title", "A", "c_day", "2026-01-31");

        assertThat(code(call, "c_title", "A", "c_day", "2026-01-31"))
                .isEqualTo("c_day not-unique-together, c_title not-unique-together");
        create(call, "c_title", "A", "c_day", "2026-02-01");
        create(call, "c_title", "A");
        create(call, "c_title", "A");
        engine.update(call, "c_case", first.id(), "c_title", "B");
        RecordData second = create(call, "c_title", "A", "c_day", "2026-01-31");
        ProblemException clash = catchThrowableOfType(
                ProblemException.class, () -> engine.update(call, "c_case", second.id(), "c_title", "B"));
        assertThat(clash.violations()).hasSize(2);
        engine.relata().writer().delete(call, "c_case", first.id(), null);
        engine.update(call, "c_case", second.id(), "c_title", "B");
        assertThat(catchThrowableOfType(
                        ProblemException.class, () -> engine.relata().writer().restore(call, "c_case", first.id())))
                .isNotNull();
    }

    @Test
    void offersOptionsBesideThoseTheyDependOn() throws SQLException {
        CallContext call = tenant();
        RecordData record = create(call, "c_country", "cn", "c_city", "sh", "c_places", List.of("bund"));

        assertThat(code(call, "c_country", "de", "c_city", "sh")).isEqualTo("c_city option-not-beside");
        assertThat(code(call, "c_city", "sh")).isEqualTo("c_city option-not-beside");
        assertThat(code(call, "c_country", "de", "c_city", "b", "c_places", List.of("gate", "bund")))
                .isEqualTo("c_places option-not-beside");
        create(call, "c_country", "de", "c_city", "x");
        ProblemException problem = catchThrowableOfType(
                ProblemException.class, () -> engine.update(call, "c_case", record.id(), "c_country", "de"));
        assertThat(problem.violations()).extracting("field").containsExactly("c_city");
    }

    @Test
    void keepsAmountsToTheDecimalsOfTheirCurrency() throws SQLException {
        CallContext call = tenant();

        create(call, "c_price", "10.50", "c_currency", "CNY");
        create(call, "c_price", "10", "c_currency", "JPY");
        assertThat(code(call, "c_price", "10.50", "c_currency", "JPY")).isEqualTo("c_price too-many-decimals");
    }

    @Test
    void keepsTheFactButNotTheValuesOfWhatIsNotAudited() throws SQLException {
        CallContext call = tenant();
        RecordData record = create(call, "c_title", "A", "c_secret", "old");
        engine.update(call, "c_case", record.id(), "c_secret", "new");

        RecordHistory.Entry entry =
                engine.relata().history().of(call, "c_case", record.id()).getFirst();

        assertThat(entry.changes()).extracting(RecordHistory.Change::field).containsExactly("c_secret");
        assertThat(entry.changes().getFirst().before().isMissingNode()).isTrue();
        assertThat(engine.database()
                        .all("select changes::text from relata.audit where record_id = ?", record.id())
                        .toString())
                .doesNotContain("\"old\": \"old\"")
                .doesNotContain("\"new\": \"new\"")
                .doesNotContain("\"new\": \"old\"");
        assertThat(engine.database()
                        .all(
                                "select payload::text from relata.outbox where tenant_id = ? and type = 'record.update'",
                                call.tenant())
                        .toString())
                .contains("new");
    }

    @Test
    void refusesDefinitionsThatCannotHold() throws SQLException {
        CallContext call = engine.tenant("wrong");
        ProblemException problem = catchThrowableOfType(
                ProblemException.class, () -> engine.relata().metadata().createEntity(call, json("""
                        {"name": "c_bad", "label": {"en": "Bad"}, "pluralLabel": {"en": "Bad"},
                         "keys": [{"name": "k", "fields": ["c_a", "c_none"]}],
                         "fields": [
                           {"name": "c_name", "type": "text", "label": {"en": "N"}},
                           {"name": "c_a", "type": "picklist", "dependsOn": "c_b", "label": {"en": "A"},
                            "options": [{"value": "1", "label": {"en": "1"}}]},
                           {"name": "c_b", "type": "picklist", "dependsOn": "c_a", "label": {"en": "B"},
                            "options": [{"value": "1", "label": {"en": "1"}}]},
                           {"name": "c_c", "type": "picklist", "dependsOn": "c_d", "label": {"en": "C"},
                            "options": [{"value": "1", "label": {"en": "1"}, "under": ["none"]}]},
                           {"name": "c_d", "type": "picklist", "label": {"en": "D"},
                            "options": [{"value": "1", "label": {"en": "1"}}]},
                           {"name": "c_e", "type": "autoNumber", "pattern": "no place", "label": {"en": "E"}},
                           {"name": "c_f", "type": "money", "currency": "XYZ", "currencyField": "c_a", "label": {"en": "F"}},
                           {"name": "c_g", "type": "phone", "country": "XX", "label": {"en": "G"}}]}""")));

        assertThat(problem.violations())
                .extracting(violation -> violation.field() + " " + violation.code())
                .contains(
                        "fields[1].dependsOn depends-in-circle",
                        "fields[2].dependsOn depends-in-circle",
                        "fields[3].options under-unknown",
                        "fields[5].pattern pattern-wrong",
                        "fields[6].currency currency-unknown",
                        "fields[6].currencyField currency-field-wrong",
                        "fields[7].country country-unknown",
                        "keys[0].fields key-field-wrong",
                        "keys[0].fields key-fields");
    }

    private CallContext tenant() throws SQLException {
        CallContext call = engine.tenant("rules");
        engine.relata().metadata().createEntity(call, json(CASE));
        return call;
    }

    private RecordData create(CallContext call, @Nullable Object... namesAndValues) {
        return engine.create(call, "c_case", namesAndValues);
    }

    /// Returns the fields that are refused, each with the code of the reason.
    private String code(CallContext call, @Nullable Object... namesAndValues) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> create(call, namesAndValues));
        return String.join(
                ", ",
                problem.violations().stream()
                        .map(violation -> violation.field() + " " + violation.code())
                        .toList());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException(exception);
        }
    }
}
