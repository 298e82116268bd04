package io.relata.core.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.relata.core.TestCalls;
import io.relata.core.TestClock;
import io.relata.core.TestDatabase;
import io.relata.core.audit.AuditTrail;
import io.relata.core.id.Ids;
import io.relata.core.plugin.TestSolution;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetadataServiceTest {

    static final String SITE_VISIT = """
            {"name": "c_site_visit", "label": {"en": "Site visit", "zh-CN": "现场拜访"},
             "pluralLabel": {"en": "Site visits", "zh-CN": "现场拜访"},
             "fields": [
               {"name": "c_subject", "type": "text", "label": {"en": "Subject"}, "required": true},
               {"name": "c_company", "type": "lookup", "target": "company", "label": {"en": "Company"}},
               {"name": "c_day", "type": "date", "label": {"en": "Day"}},
               {"name": "c_cost", "type": "money", "label": {"en": "Cost"}, "indexed": true},
               {"name": "c_report", "type": "longText", "label": {"zh-CN": "报告"}},
               {"name": "c_notes", "type": "text", "label": {"en": "Notes"}, "indexed": false},
               {"name": "c_follow_up", "type": "lookup", "target": "c_site_visit", "label": {"en": "Follow-up"}},
               {"name": "c_result", "type": "picklist", "label": {"en": "Result"},
                "options": [{"value": "good", "label": {"en": "Good"}}]}]}
            """;

    private final LocalPostgres postgres;
    private final TestClock clock = new TestClock();
    private TestDatabase database;
    private Solution solution;

    MetadataServiceTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void create(@TempDir Path plugins) throws IOException, SQLException {
        solution = new SolutionReader().read(TestSolution.writeTo(plugins)).orElseThrow();
        database = TestDatabase.create(postgres, plugins);
    }

    @Test
    void showsATenantTheEntitiesOfItsPluginsOnly() throws SQLException {
        MetadataService service = node();

        assertThat(service.snapshot(database.tenant("with", "test")).entities())
                .extracting(EntityDefinition::name)
                .containsExactly("company", "deal");
        assertThat(service.snapshot(database.tenant("without")).entities()).isEmpty();
    }

    @Test
    void servesANewEntityAtOnceToItsTenantOnly() throws SQLException {
        MetadataService service = node();
        UUID tenant = database.tenant("acme", "test");
        UUID other = database.tenant("other", "test");
        long before = service.snapshot(tenant).version();

        EntityDefinition visit = service.createEntity(TestCalls.administrator(tenant), json(SITE_VISIT));

        assertThat(visit.setName()).isEqualTo("c_site_visits");
        assertThat(visit.custom()).isTrue();
        assertThat(visit.table()).isEqualTo("record_shared");
        assertThat(visit.nameField()).isEqualTo("c_subject");
        assertThat(visit.fields())
                .extracting(FieldDefinition::slot)
                .containsExactly("t01", "u01", "d01", "n01", null, null, "u02", "t02");
        assertThat(visit.views().getFirst().columns())
                .startsWith("c_subject", "c_company")
                .doesNotContain("c_report");
        assertThat(visit.layout().sections().getFirst().fields()).hasSize(8);
        assertThat(service.snapshot(tenant).entity("c_site_visit")).contains(visit);
        assertThat(service.snapshot(tenant).version()).isGreaterThan(before);
        assertThat(service.snapshot(tenant).navigation().getLast().entities()).containsExactly("c_site_visit");
        assertThat(service.snapshot(other).entity("c_site_visit")).isEmpty();
    }

    @Test
    void writesTheChangeIntoTheAuditTrail() throws SQLException {
        UUID tenant = database.tenant("audited", "test");

        node().createEntity(TestCalls.administrator(tenant), json(SITE_VISIT));

        assertThat(database.all(
                        "select changes -> 0 -> 'new' ->> 'name' from relata.audit where tenant_id = ?", tenant))
                .containsExactly("c_site_visit");
        assertThat(database.all("select type from relata.outbox where tenant_id = ?", tenant))
                .containsExactly("definition.create");
    }

    @Test
    void seesAChangeMadeOnAnotherNodeWithinASecond() throws SQLException {
        MetadataService here = node();
        UUID tenant = database.tenant("nodes", "test");
        here.snapshot(tenant);

        node().createEntity(TestCalls.administrator(tenant), json(SITE_VISIT));
        clock.advance(Duration.ofSeconds(1));

        assertThat(here.snapshot(tenant).entity("c_site_visit")).isPresent();
    }

    @Test
    void addsAFieldToAPluginsEntityInASlotKeptForTenants() throws SQLException {
        MetadataService service = node();
        UUID tenant = database.tenant("extends", "test");

        FieldDefinition field = service.addField(TestCalls.administrator(tenant), "company", json("""
                {"name": "c_rank", "type": "integer", "label": {"en": "Rank"}}
                """));
        service.addField(TestCalls.administrator(tenant), "company", json("""
                {"name": "c_partner", "type": "lookup", "target": "company", "label": {"en": "Partner"}}
                """));

        EntityDefinition company = service.snapshot(tenant).entity("company").orElseThrow();
        assertThat(field.slot()).isEqualTo("n10");
        assertThat(company.fields()).extracting(FieldDefinition::name).endsWith("c_rank", "c_partner");
        assertThat(company.layout().sections().getLast().fields()).containsExactly("c_rank", "c_partner");
        assertThat(company.byProperty()).containsKey("c_partner_id");
    }

    @Test
    void addsAFieldToAnOwnEntity() throws SQLException {
        MetadataService service = node();
        CallContext call = TestCalls.administrator(database.tenant("grows", "test"));
        service.createEntity(call, json(SITE_VISIT));

        service.addField(call, "c_site_visit", json("""
                {"name": "c_done", "type": "boolean", "label": {"en": "Done"}, "default": "false"}
                """));

        EntityDefinition visit =
                service.snapshot(call.tenant()).entity("c_site_visit").orElseThrow();
        assertThat(visit.fields()).hasSize(9);
        assertThat(visit.field("c_done").orElseThrow().slot()).isEqualTo("n02");
        assertThat(visit.field("c_cost").orElseThrow().slot()).isEqualTo("n01");
    }

    @Test
    void namesEverythingThatIsWrongAndWritesNothing() throws SQLException {
        UUID tenant = database.tenant("wrong", "test");

        assertThatThrownBy(() -> node().createEntity(TestCalls.administrator(tenant), json("""
                {"name": "Visit", "label": {}, "pluralLabel": {"fr": "Visites"}, "nameField": "c_e", "family": "deal",
                 "fields": [
                   {"name": "id", "type": "text", "label": {"en": "A"}},
                   {"name": "c_b", "type": "integer", "scale": 2, "label": {"en": "B"}},
                   {"name": "c_b", "type": "text", "maxLength": 999999, "slot": "t01", "label": {"en": "C"}},
                   {"name": "c_d", "type": "picklist", "label": {"en": "D\\u0000"}, "default": "x"},
                   {"name": "c_e", "type": "lookup", "target": "nowhere", "label": {"en": "E"}},
                   {"name": "c_e_id", "type": "decimal", "scale": 9, "label": {"en": "F"}},
                   {"name": "c_g", "type": "longText", "indexed": true, "label": {"en": "G"}},
                   7]}
                """)))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.VALIDATION);
                    assertThat(problem.violations())
                            .extracting(violation -> violation.field() + " " + violation.code())
                            .contains(
                                    "name name-invalid",
                                    "label required",
                                    "pluralLabel.fr unknown-member",
                                    "family unknown-member",
                                    "nameField name-field-wrong",
                                    "fields[0].name name-invalid",
                                    "fields[1].scale not-for-type",
                                    "fields[2].name name-duplicate",
                                    "fields[2].maxLength not-between",
                                    "fields[2].slot unknown-member",
                                    "fields[3].label.en bad-characters",
                                    "fields[3].options required",
                                    "fields[3].default not-an-option",
                                    "fields[4].target target-unknown",
                                    "fields[5].name name-duplicate",
                                    "fields[5].scale not-between",
                                    "fields[6].indexed slot-too-long",
                                    "fields[7] expects-object");
                });
        assertThat(database.count("select count(*) from relata.entity_definition where tenant_id = ?", tenant))
                .isZero();
        assertThat(database.count("select count(*) from relata.metadata_version where tenant_id = ?", tenant))
                .isZero();
    }

    @Test
    void refusesWhatIsNoObject() throws SQLException {
        CallContext call = TestCalls.administrator(database.tenant("scalar", "test"));

        assertThatThrownBy(() -> node().createEntity(call, json("[1]"))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> node().addField(call, "company", json("\"x\"")))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void refusesWhenIndexedColumnsRunOut() throws SQLException {
        MetadataService service = node();
        CallContext call = TestCalls.administrator(database.tenant("slots", "test"));
        for (int i = 0; i < 3; i++) {
            addNumber(service, call, i, "");
        }

        assertThat(addNumber(service, call, 3, "").slot()).isNull();
        assertThatThrownBy(() -> addNumber(service, call, 4, ", \"indexed\": true"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.violations().getFirst().code())
                                .isEqualTo("slots-exhausted"));
    }

    @Test
    void refusesEverybodyButAdministrators() throws SQLException {
        CallContext user = TestCalls.user(database.tenant("plain", "test"));

        assertThatThrownBy(() -> node().createEntity(user, json(SITE_VISIT)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.FORBIDDEN));
    }

    @Test
    void losesNoChangeOfAdministratorsAtTheSameTime() throws Exception {
        CallContext call = TestCalls.administrator(database.tenant("busy", "test"));
        int each = 5;

        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> results = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int first = thread * each;
                MetadataService service = node();
                results.add(threads.submit(() -> {
                    for (int i = first; i < first + each; i++) {
                        addNumber(service, call, i, "");
                    }
                }));
            }
            for (Future<?> result : results) {
                result.get();
            }
        }

        EntityDefinition company =
                node().snapshot(call.tenant()).entity("company").orElseThrow();
        assertThat(company.fields().stream()
                        .filter(field -> field.name().startsWith("c_"))
                        .count())
                .isEqualTo(20);
        assertThat(company.fields().stream().map(FieldDefinition::slot).filter(slot -> slot != null))
                .doesNotHaveDuplicates();
    }

    private static FieldDefinition addNumber(MetadataService service, CallContext call, int number, String more) {
        return service.addField(
                call,
                "company",
                json("{\"name\": \"c_n" + number + "\", \"type\": \"integer\", \"label\": {\"en\": \"N\"}" + more
                        + "}"));
    }

    private MetadataService node() {
        Ids ids = new Ids(clock);
        return new MetadataService(
                new TenantTransaction(database.application()),
                plugins -> plugins.contains("test") ? List.of(solution) : List.of(),
                new AuditTrail(ids, clock),
                ids,
                clock);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException(exception);
        }
    }
}
