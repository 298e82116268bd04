package io.relata.core.access;

import static io.relata.core.access.FieldWorld.PERSONS;
import static io.relata.core.access.FieldWorld.TEAMS;
import static io.relata.core.access.FieldWorld.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.type.Form;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.RecordHistory;
import io.relata.core.record.RecordInput;
import io.relata.core.record.RecordTarget;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What single fields are to whom a role hides or masks them, or lets read them only.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FieldSecurityTest {

    private final LocalPostgres postgres;
    private TestEngine engine;
    private TestJobs jobs;
    private FieldWorld world;
    private UUID person;

    FieldSecurityTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException {
        engine = TestEngine.start(postgres, folder);
        jobs = TestJobs.of(engine);
    }

    @AfterAll
    void stop() {
        jobs.close();
        engine.close();
    }

    @BeforeEach
    void people() throws SQLException {
        world = FieldWorld.of(engine, jobs, 0);
        person = world.ids().get(20);
    }

    @Test
    void aHiddenFieldIsNotInTheMetadataNorAnythingThatReadsIt() {
        MetadataSnapshot seen = engine.relata().seen(world.clerk());
        EntityDefinition entity = seen.entity("c_person").orElseThrow();
        assertThat(entity.fields())
                .extracting(FieldDefinition::name)
                .containsExactly("c_name", "c_code", "c_city", "c_age", "c_team", "c_iban", "c_double", "c_note");
        assertThat(entity.views()).extracting(view -> view.key()).containsExactly("all");
        assertThat(entity.views().getFirst().columns()).containsExactly("c_name");
        assertThat(entity.views().getFirst().sort()).hasSize(1);
        assertThat(entity.keys()).isEmpty();
        assertThat(entity.rules()).isEmpty();
        assertThat(entity.field("c_note").orElseThrow().conditions().texts()).isEmpty();
        assertThat(entity.layout().sections().toString()).doesNotContain("c_salary");
        assertThat(seen.entity("c_team").orElseThrow().fields())
                .extracting(FieldDefinition::name)
                .containsExactly("c_name", "c_heads");
        assertThat(seen.relationshipsTo("c_team")).hasSize(1);
        assertThat(new String(jobs.odata().metadataXml(world.clerk()), StandardCharsets.UTF_8))
                .contains("c_age")
                .doesNotContain("c_salary", "c_total", "c_sponsor", "c_kept");
        assertThat(engine.relata().seen(world.administrator()))
                .isSameAs(engine.relata()
                        .metadata()
                        .snapshot(world.administrator().tenant()));
    }

    @Test
    void aHiddenFieldAnswersLikeAMissingOne() {
        for (String query : List.of(
                "$filter=%s gt 5",
                "$filter=not (%s eq null)",
                "$orderby=%s",
                "$select=%s",
                "$apply=groupby((%s))",
                "$apply=aggregate(%s with max as m)",
                "$apply=filter(%s gt 1)/aggregate($count as n)",
                "$compute=%s add 1 as x&$select=x")) {
            ProblemException hidden = refused(() -> list(PERSONS, query.formatted("c_salary")));
            ProblemException missing = refused(() -> list(PERSONS, query.formatted("c_absent")));
            assertThat(told(hidden).replace("c_salary", "c_absent")).isEqualTo(told(missing));
        }
        ProblemException hidden = refused(() -> update("c_salary", 1));
        ProblemException missing = refused(() -> update("c_absent", 1));
        assertThat(told(hidden).replace("c_salary", "c_absent")).isEqualTo(told(missing));
    }

    @Test
    void aMaskedFieldShowsItsEndWhereverItIsUsed() {
        String masked = "••••1017";
        assertThat(list(PERSONS, "$select=c_iban&$filter=c_code eq 'C17'")).contains(masked);
        assertThat(list(PERSONS, "$filter=c_iban eq '" + masked + "'&$select=c_code"))
                .contains("C17");
        assertThat(list(PERSONS, "$filter=startswith(c_iban,'DE')&$select=c_code"))
                .doesNotContain("C1");
        assertThat(list(PERSONS, "$apply=groupby((c_iban))")).contains(masked).doesNotContain("DE");
        assertThat(list(TEAMS, "$expand=c_persons($select=c_iban)"))
                .contains(masked)
                .doesNotContain("DE");
        assertThat(told(refused(() -> update("c_iban", "DE1")))).contains("read-only");
        assertThat(list(PERSONS, "$search=DE10174711")).doesNotContain("Person");
        assertThat(history()).anySatisfy(change -> {
            assertThat(change.field()).isEqualTo("c_iban");
            assertThat(change.after().textValue()).isEqualTo(masked);
        });
    }

    @Test
    void whatIsOnlyToBeReadIsNotChanged() {
        assertThat(told(refused(() -> update("c_city", "Berlin")))).contains("read-only");
        assertThat(list(PERSONS, "$filter=c_city eq 'Halle'&$count=true")).contains("\"@odata.count\":8");
    }

    @Test
    void aWriteLeavesWhatIsHiddenAlone() {
        RecordInput replace = new RecordInput(
                RecordTarget.of(person, null), TestEngine.values("c_name", "New"), RecordInput.Rest.RESET, Form.JSON);
        engine.relata()
                .writer()
                .transaction(world.clerk(), tx -> engine.relata().writer().save(tx, tx.entity("c_person"), replace));
        String all = listAs(PERSONS, "$filter=c_name eq 'New'");
        assertThat(all)
                .contains(
                        "\"c_salary\":85", "orchid Person 17", "DE10174711", "\"c_age\":null", "\"c_city\":\"Halle\"");
    }

    @Test
    void whatSpeaksAgainstAHiddenFieldIsSaidWithoutItsName() {
        engine.relata().metadata().addField(world.administrator(), "c_person", json("""
                {'name': 'c_must', 'type': 'text', 'requiredWhen': 'c_age > 90', 'label': {'en': 'Must'}, 'access': 'none'}
                """));
        ProblemException refused = refused(() -> update("c_age", 91));
        assertThat(refused.violations()).extracting(Violation::code).containsExactly("unseen-field");
        assertThat(refused.violations()).extracting(Violation::field).containsExactly((String) null);
        assertThat(told(refused)).doesNotContain("c_must");
    }

    @Test
    void searchLooksIntoNothingHidden() {
        assertThat(found("orchid")).isEmpty();
        assertThat(found("falcon")).isEmpty();
        assertThat(found("Person")).hasSize(FieldWorld.COUNT);
        assertThat(list(PERSONS, "$search=falcon&$count=true")).contains("\"@odata.count\":0");
        assertThat(list(PERSONS, "$search=NOT falcon&$count=true")).contains("\"@odata.count\":24");
        assertThat(listAs(PERSONS, "$search=falcon&$count=true")).contains("\"@odata.count\":8");
    }

    @Test
    void rolesAddUpForFieldsToo() {
        UUID team = UUID.randomUUID();
        engine.relata().access().put(world.administrator(), "roles", "payroll", json("""
                {'entities': {'c_person': {'read': 'own', 'fields': {'c_salary': 'read', 'c_iban': 'none'}}}}
                """));
        engine.relata()
                .access()
                .put(
                        world.administrator(),
                        "teams",
                        team.toString(),
                        json("{'name':'Pay','roles':['payroll'],'members':[{'user':'"
                                + world.clerk().user() + "'}]}"));
        assertThat(list(PERSONS, "$filter=c_salary eq 85&$select=c_salary,c_iban,c_bonus"))
                .contains("\"c_salary\":85", "••••1017", "\"c_bonus\":8.5");
        assertThat(told(refused(() -> update("c_salary", 1)))).contains("read-only");
    }

    @Test
    void aFieldMayBeClosedFromTheBeginning() {
        engine.relata().metadata().addField(world.administrator(), "c_team", json("""
                {'name': 'c_budget', 'type': 'integer', 'label': {'en': 'Budget'}, 'access': 'none'}
                """));
        assertThat(list(TEAMS, "")).doesNotContain("c_budget");
        assertThat(listAs(TEAMS, "")).contains("c_budget");
        world.role(FieldWorld.CLERK.replace(
                "'c_person':", "'c_team': {'read':'tenant','fields':{'c_budget':'read'}}, 'c_person':"));
        assertThat(list(TEAMS, "")).contains("c_budget");
    }

    @Test
    void aRestorationThatFailsNamesNoHiddenField() {
        CallContext administrator = world.administrator();
        UUID gone = engine.create(administrator, "c_person", "c_name", "Gone", "c_badge", "B-900")
                .id();
        engine.relata().writer().delete(administrator, "c_person", gone, null);
        UUID other = engine.create(administrator, "c_person", "c_name", "Other", "c_badge", "B-900")
                .id();
        ProblemException refused = refused(() -> engine.relata().writer().restore(world.clerk(), "c_person", gone));
        assertThat(refused.violations()).extracting(Violation::code).containsExactly("unseen-field");
        assertThat(told(refused)).doesNotContain("badge");
        engine.relata().writer().delete(administrator, "c_person", other, null);
    }

    @Test
    void aRuleOfSharingReadsWhatItsHolderMayNot() {
        world.role(FieldWorld.CLERK.replace("'read':'tenant'", "'read':'own'"));
        assertThat(list(PERSONS, "$count=true")).contains("\"@odata.count\":0");
        engine.relata()
                .access()
                .put(
                        world.administrator(),
                        "rules",
                        UUID.randomUUID().toString(),
                        json("{'name':'Rich','entity':'c_person','filter':'c_salary ge 100','principal':'"
                                + world.clerk().user() + "','level':'read'}"));
        assertThat(list(PERSONS, "$count=true")).contains("\"@odata.count\":4").doesNotContain("c_salary");
    }

    @Test
    void rolesThatMakeNoSenseAreRefused() {
        ProblemException refused = refused(() -> world.role("""
                {'entities': {'c_person': {'fields': {'c_age': 'masked', 'c_name': 'none', 'c_absent': 'read', 'c_city': 'all'}},
                              '*': {'fields': {'c_age': 'read'}}}}
                """));
        assertThat(refused.violations())
                .extracting(Violation::code)
                .containsExactly(
                        "access-not-maskable",
                        "access-names-record",
                        "field-unknown",
                        "access-unknown-level",
                        "field-unknown");
    }

    private void update(String property, Object value) {
        engine.update(world.clerk(), "c_person", person, property, value);
    }

    private List<RecordHistory.Change> history() {
        return engine.relata().history().of(world.clerk(), "c_person", person).stream()
                .flatMap(entry -> entry.changes().stream())
                .toList();
    }

    private List<UUID> found(String words) {
        return world
                .search()
                .search(world.clerk(), new io.relata.core.search.GlobalSearch.Wish(words, List.of(PERSONS), 50, null))
                .groups()
                .stream()
                .flatMap(group -> group.hits().stream())
                .map(io.relata.core.search.SearchResult.Hit::id)
                .toList();
    }

    private String list(String set, String query) {
        return list(world.clerk(), set, query);
    }

    private String listAs(String set, String query) {
        return list(world.administrator(), set, query);
    }

    private String list(io.relata.spi.CallContext call, String set, String query) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            jobs.odata().list(call, set, encoded(query)).writeTo(out);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    static String encoded(String query) {
        return URLEncoder.encode(query, StandardCharsets.UTF_8)
                .replace("%24", "$")
                .replace("%3D", "=")
                .replace("%26", "&")
                .replace("+", "%20");
    }

    private static String told(ProblemException problem) {
        return problem.code() + " " + problem.detail() + " " + problem.arguments() + " " + problem.violations();
    }

    private static ProblemException refused(Runnable work) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, work::run);
        assertThat(problem).isNotNull();
        assertThat(problem.code()).isIn(ProblemCode.VALIDATION, ProblemCode.INVALID_QUERY);
        return problem;
    }
}
