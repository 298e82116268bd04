package io.relata.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.TestEngine;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.odata.ODataService;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.query.RecordReader;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// People and the firms they work for, tied by jobs; and people who know each other.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinkTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final LocalPostgres postgres;
    private TestEngine engine;
    private ODataService odata;

    LinkTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException {
        engine = TestEngine.start(postgres, folder);
        odata = new ODataService(
                engine.relata().metadata()::snapshot,
                new RecordReader(engine.relata().transactions(), Duration.ofSeconds(10)),
                engine.clock(),
                URI.create("http://localhost/data/"));
    }

    @AfterAll
    void stop() {
        engine.close();
    }

    @Test
    void isSeenFromBothSides() throws SQLException {
        CallContext call = tenant("sides");
        UUID ann = person(call, "Ann", "10");
        UUID bob = person(call, "Bob", "20");
        UUID acme = firm(call, "Acme");
        UUID bolt = firm(call, "Bolt");
        job(call, ann, acme, "chair");
        job(call, ann, bolt, "clerk");
        job(call, bob, acme, "clerk");

        assertThat(names(call, "c_persons", "$filter=c_firms/any(f:f/c_name eq 'Bolt')"))
                .containsExactly("Ann");
        assertThat(names(call, "c_firms", "$filter=c_people/all(p:p/c_pay gt 15)"))
                .isEmpty();
        assertThat(names(call, "c_firms", "$filter=c_people/any(p:p/c_pay gt 15)"))
                .containsExactly("Acme");
        assertThat(names(call, "c_firms", "$filter=c_people/$count eq 1")).containsExactly("Bolt");
        assertThat(names(call, "c_firms", "$orderby=c_people/$count desc,c_name"))
                .containsExactly("Acme", "Bolt");
        assertThat(names(call, "c_persons", "$filter=c_jobs/any(j:j/c_role eq 'clerk' and j/c_firm/c_name eq 'Acme')"))
                .containsExactly("Bob");
        assertThat(names(
                        call,
                        "c_persons",
                        "$filter=c_firms/any(f:f/c_people/any(p:p/c_name eq 'Bob'))&$orderby=c_name"))
                .containsExactly("Ann", "Bob");

        JsonNode expanded = list(
                        call,
                        "c_persons",
                        "$orderby=c_name&$expand=c_firms($select=c_name;$orderby=c_name desc;$count=true)")
                .path("value");
        assertThat(expanded.get(0).path("c_firms@odata.count").asInt()).isEqualTo(2);
        assertThat(expanded.get(0).path("c_firms").findValuesAsText("c_name")).containsExactly("Bolt", "Acme");
        assertThat(expanded.get(1).path("c_firms").findValuesAsText("c_name")).containsExactly("Acme");
        JsonNode paged = list(call, "c_firms", "$filter=c_name eq 'Acme'&$expand=c_people($select=c_name;$top=1)")
                .path("value");
        assertThat(paged.get(0).path("c_people")).hasSize(1);
        String model = new String(odata.metadataXml(call), StandardCharsets.UTF_8);
        assertThat(model)
                .contains("Name=\"c_firms\" Type=\"Collection(Relata.c_firm)\"")
                .contains("Partner=\"c_people\"");
    }

    @Test
    void theRestOfALongCollectionIsFoundFromTheOtherSide() throws SQLException {
        CallContext call = tenant("long");
        UUID acme = firm(call, "Acme");
        IntStream.range(0, 53)
                .forEach(number -> job(call, person(call, "P%03d".formatted(number), "1"), acme, "clerk"));

        JsonNode firm = list(call, "c_firms", "$expand=c_people($orderby=c_name;$select=c_name)")
                .path("value")
                .get(0);
        assertThat(firm.path("c_people")).hasSize(50);
        String next = firm.path("c_people@odata.nextLink").asText();
        assertThat(next).startsWith("http://localhost/data/c_persons?");
        JsonNode rest =
                raw(call, "c_persons", next.substring(next.indexOf('?') + 1)).path("value");
        assertThat(rest.findValuesAsText("c_name")).containsExactly("P050", "P051", "P052");
    }

    @Test
    void tiedAgainTheSameLinkComesBackWithOtherAttributesAndItsHistory() throws SQLException {
        CallContext call = tenant("again");
        UUID ann = person(call, "Ann", "10");
        UUID acme = firm(call, "Acme");
        RecordData first = job(call, ann, acme, "clerk", "c_from", "2020-01-01", "c_to", "2021-01-01");
        assertThat(codes(() -> job(call, ann, acme, "chair"))).containsOnly("not-unique-together");
        engine.relata().writer().delete(call, "c_job", first.id(), null);
        assertThat(names(call, "c_persons", "$filter=c_firms/any()")).isEmpty();

        RecordData again = job(call, ann, acme, "chair", "c_from", "2025-06-01");

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.version()).isEqualTo(3);
        assertThat(again.createdAt()).isEqualTo(first.createdAt());
        assertThat(again.value("c_role")).isEqualTo("chair");
        assertThat(again.value("c_to")).isNull();
        assertThat(names(call, "c_persons", "$filter=c_jobs/any(j:j/c_to eq null)"))
                .containsExactly("Ann");
        List<RecordHistory.Entry> history = engine.relata().history().of(call, "c_job", first.id());
        assertThat(history).extracting(RecordHistory.Entry::action).containsExactly("restore", "delete", "create");
        assertThat(history.getFirst().changes())
                .extracting(change -> change.field() + " " + change.before() + " " + change.after())
                .contains("c_role \"clerk\" \"chair\"", "c_to \"2021-01-01\" null");
        assertThat(codes(() -> job(call, ann, acme, "clerk"))).containsOnly("not-unique-together");
        assertThat(list(call, "c_jobs", "").path("value")).hasSize(1);
    }

    @Test
    void aRefusedLinkStaysDeleted() throws SQLException {
        CallContext call = tenant("refused");
        UUID ann = person(call, "Ann", "10");
        UUID acme = firm(call, "Acme");
        RecordData first = job(call, ann, acme, "clerk");
        engine.relata().writer().delete(call, "c_job", first.id(), null);
        RecordWriter writer = engine.relata().writer();
        List<RecordResult> results = writer.transaction(
                call,
                tx -> writer.saveAll(
                        tx,
                        tx.entity("c_job"),
                        List.of(
                                input(ann, acme, "c_from", "never"),
                                input(person(call, "Bob", "1"), acme, "c_role", "clerk"))));

        assertThat(results.getFirst()).isInstanceOf(RecordResult.Rejected.class);
        assertThat(results.getLast()).isInstanceOf(RecordResult.Saved.class);
        assertThat(names(call, "c_persons", "$filter=c_firms/any()")).containsExactly("Bob");
    }

    @Test
    void goesWithEitherEndAndComesBackWithIt() throws SQLException {
        CallContext call = tenant("ends");
        UUID ann = person(call, "Ann", "10");
        UUID acme = firm(call, "Acme");
        UUID job = job(call, ann, acme, "clerk").id();
        for (Map.Entry<String, UUID> end :
                Map.of("c_person", ann, "c_firm", acme).entrySet()) {
            engine.relata().writer().delete(call, end.getKey(), end.getValue(), null);
            assertThat(list(call, "c_jobs", "").path("value")).isEmpty();
            assertThat(codes(() -> job(call, ann, acme, "chair"))).containsExactly("lookup-missing");
            engine.relata().writer().restore(call, end.getKey(), end.getValue());
            assertThat(list(call, "c_jobs", "").path("value").findValuesAsText("id"))
                    .containsExactly(job.toString());
        }
    }

    @Test
    void isMadeTogetherWithARecord() throws SQLException {
        CallContext call = tenant("deep");
        UUID acme = firm(call, "Acme");
        RecordWriter writer = engine.relata().writer();
        writer.transaction(
                call,
                tx -> DeepCreation.create(
                        writer,
                        tx,
                        tx.entity("c_person"),
                        TestEngine.values(
                                "c_name", "Ann",
                                "c_firms", List.of(Map.of("c_name", "Bolt"), Map.of("c_name", "Cone")),
                                "c_firms@odata.bind", List.of("c_firms(" + acme + ")"))));

        assertThat(names(call, "c_firms", "$filter=c_people/any(p:p/c_name eq 'Ann')&$orderby=c_name"))
                .containsExactly("Acme", "Bolt", "Cone");
        ProblemException refused = catchThrowableOfType(
                ProblemException.class,
                () -> writer.transaction(
                        call,
                        tx -> DeepCreation.create(
                                writer,
                                tx,
                                tx.entity("c_person"),
                                TestEngine.values(
                                        "c_name",
                                        "Bob",
                                        "c_pay",
                                        "much",
                                        "c_firms",
                                        List.of(Map.of("c_none", "Bolt")),
                                        "c_firms@odata.bind",
                                        List.of("c_firms(" + UUID.randomUUID() + ")")))));
        assertThat(refused.violations())
                .extracting(violation -> violation.field() + " " + violation.code())
                .containsExactlyInAnyOrder(
                        "c_pay expects-number",
                        "c_firms[0].c_none unknown-field",
                        "c_firms@odata.bind[0].c_firm_id lookup-missing");
        assertThat(names(call, "c_persons", "")).containsExactly("Ann");
    }

    @Test
    void tiesRecordsOfOneEntity() throws SQLException {
        CallContext call = tenant("self");
        UUID ann = person(call, "Ann", "1");
        UUID bob = person(call, "Bob", "1");
        engine.create(call, "c_knows", "c_how", "school", "c_who_id", ann.toString(), "c_whom_id", bob.toString());

        assertThat(names(call, "c_persons", "$filter=c_knows_whom/any(p:p/c_name eq 'Bob')"))
                .containsExactly("Ann");
        assertThat(names(call, "c_persons", "$filter=c_known_by/any(p:p/c_name eq 'Ann')"))
                .containsExactly("Bob");
        engine.create(call, "c_knows", "c_how", "school", "c_who_id", bob.toString(), "c_whom_id", ann.toString());
        assertThat(names(call, "c_persons", "$filter=c_known_by/any()&$orderby=c_name"))
                .containsExactly("Ann", "Bob");
    }

    @Test
    void whatTheCallerMayNotReadTiesNothing() throws SQLException {
        CallContext call = tenant("access");
        CallContext narrow = new CallContext(
                call.tenant(),
                UUID.randomUUID(),
                Set.of(),
                call.locale(),
                call.zone(),
                call.currency(),
                "r",
                call.origin());
        engine.database()
                .update(
                        "insert into control.membership (tenant_id, user_id, kind, role, status, username, display_name,"
                                + " created_at) values (?, ?, 'person', 'user', 'active', 'n', 'N', now())",
                        narrow.tenant(),
                        narrow.user());
        put(
                call,
                "roles",
                "narrow",
                "{'entities':{'*':{'read':'tenant','create':'own'},'c_job':{'read':'own','create':'own'}}}");
        put(call, "users", narrow.user().toString(), "{'unit':null,'roles':['narrow']}");
        UUID ann = person(call, "Ann", "1");
        UUID acme = firm(call, "Acme");
        UUID job = job(call, ann, acme, "clerk").id();

        assertThat(names(narrow, "c_persons", "$filter=c_firms/any()")).isEmpty();
        assertThat(list(narrow, "c_persons", "$expand=c_firms")
                        .path("value")
                        .get(0)
                        .path("c_firms"))
                .isEmpty();
        engine.relata().writer().delete(call, "c_job", job, null);
        assertThat(job(narrow, ann, acme, "chair").id()).isEqualTo(job);
        assertThat(names(narrow, "c_persons", "$filter=c_firms/any()")).containsExactly("Ann");
        put(call, "roles", "narrow", "{'entities':{'*':{'read':'tenant'}}}");
        engine.relata().writer().delete(call, "c_job", job, null);
        assertThat(catchThrowableOfType(ProblemException.class, () -> job(narrow, ann, acme, "chair"))
                        .detail())
                .isEqualTo("access-forbidden");
        assertThat(names(call, "c_persons", "$filter=c_firms/any()")).isEmpty();
    }

    @Test
    void tiesNothingOfAnotherTenant() throws SQLException {
        CallContext call = tenant("mine");
        CallContext other = tenant("theirs");
        UUID ann = person(call, "Ann", "1");
        UUID acme = firm(call, "Acme");
        UUID theirs = firm(other, "Theirs");
        assertThat(codes(() -> job(call, ann, theirs, "clerk"))).containsExactly("lookup-missing");
        UUID job = job(call, ann, acme, "clerk").id();
        engine.relata().writer().delete(call, "c_job", job, null);
        assertThat(codes(() -> job(other, ann, acme, "clerk"))).containsOnly("lookup-missing");
        assertThat(list(call, "c_jobs", "").path("value")).isEmpty();
    }

    @Test
    void rollUpsCountWhatIsAtTheFarSide() throws SQLException {
        CallContext call = tenant("rollups");
        UUID ann = person(call, "Ann", "10");
        UUID bob = person(call, "Bob", "20");
        UUID acme = firm(call, "Acme");
        assertThat(results(call, acme)).containsExactly(0L, money("0"), null, 0L);
        UUID job = job(call, ann, acme, "clerk").id();
        job(call, bob, acme, "clerk");
        assertThat(results(call, acme)).containsExactly(2L, money("30.00"), "Bob", 1L);

        engine.update(call, "c_person", ann, "c_pay", "35");
        assertThat(results(call, acme)).containsExactly(2L, money("55.00"), "Ann", 2L);
        engine.relata().writer().delete(call, "c_person", bob, null);
        assertThat(results(call, acme)).containsExactly(1L, money("35.00"), "Ann", 1L);
        engine.relata().writer().restore(call, "c_person", bob);
        engine.relata().writer().delete(call, "c_job", job, null);
        assertThat(results(call, acme)).containsExactly(1L, money("20.00"), "Bob", 1L);
        job(call, ann, acme, "chair");
        assertThat(results(call, acme)).containsExactly(2L, money("55.00"), "Ann", 2L);

        UUID bolt = firm(call, "Bolt");
        engine.update(call, "c_job", job, "c_firm_id", bolt.toString());
        assertThat(results(call, acme)).containsExactly(1L, money("20.00"), "Bob", 1L);
        assertThat(results(call, bolt)).containsExactly(1L, money("35.00"), "Ann", 1L);
        assertThat(differences(call)).isEmpty();
        engine.database()
                .update(
                        "update relata.record_shared set "
                                + definition(call, "c_firm")
                                        .field("c_count")
                                        .orElseThrow()
                                        .slot() + " = 9 where id = ?",
                        acme);
        assertThat(differences(call)).hasSize(1);
    }

    @Test
    void rollUpsAreRightWhateverManyWritersDo() throws Exception {
        CallContext call = tenant("writers");
        List<UUID> people = IntStream.range(0, 6)
                .mapToObj(number -> person(call, "P" + number, "1"))
                .toList();
        List<UUID> firms = IntStream.range(0, 3)
                .mapToObj(number -> firm(call, "F" + number))
                .toList();
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int writer = 0; writer < 6; writer++) {
            Random random = new Random(writer);
            UUID person = people.get(writer);
            work.add(() -> {
                List<UUID> jobs = new ArrayList<>();
                for (int step = 0; step < 25; step++) {
                    if (random.nextBoolean()) {
                        engine.update(
                                call, "c_person", people.get(random.nextInt(6)), "c_pay", random.nextInt(90) + ".5");
                    } else if (jobs.isEmpty()) {
                        jobs.add(job(call, person, firms.get(random.nextInt(3)), "clerk")
                                .id());
                    } else {
                        engine.relata().writer().delete(call, "c_job", jobs.removeFirst(), null);
                    }
                }
                return true;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
            for (Future<Boolean> done : threads.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
        }
        assertThat(differences(call)).isEmpty();
    }

    @Test
    void refusesDefinitionsThatTieNothing() throws SQLException {
        CallContext call = tenant("wrong");
        assertThat(codes(() -> link(call, "c_wrong", "'c_person'", "{'lookup':'c_one','collection':'c_x'}")))
                .contains("link-two-ends");
        assertThat(codes(() -> link(
                        call,
                        "c_wrong",
                        "'c_person'",
                        "{'lookup':'c_one','collection':'c_x'},{'lookup':'c_name','collection':'c_y'}")))
                .containsExactly("link-end");
        assertThat(codes(() -> link(
                        call,
                        "c_wrong",
                        "'c_person','onDelete':'restrict'",
                        "{'lookup':'c_one','collection':'c_pay'},{'lookup':'c_two','collection':'c_y'}")))
                .contains("link-cascades", "link-name-taken");
        assertThat(codes(() -> engine.relata()
                        .metadata()
                        .addField(
                                call,
                                "c_firm",
                                json("{'name':'c_n','type':'integer','label':{'en':'N'},'rollUp':"
                                        + "{'of':'c_person','through':'c_knows','by':'c_firm','function':'count'}}"))))
                .containsExactly("roll-up-through");
    }

    private void link(CallContext call, String name, String target, String ends) {
        engine.relata().metadata().createEntity(call, json("""
                {'name':'%s','label':{'en':'L'},'pluralLabel':{'en':'Ls'},'link':[%s],'fields':[
                 {'name':'c_name','type':'text','label':{'en':'Name'}},
                 {'name':'c_one','type':'lookup','required':true,'label':{'en':'One'},'target':%s},
                 {'name':'c_two','type':'lookup','required':true,'label':{'en':'Two'},'target':'c_firm'}]}
                """.formatted(name, ends, target)));
    }

    private CallContext tenant(String slug) throws SQLException {
        CallContext call = engine.tenant("link-" + slug);
        define(
                call,
                "{'name':'c_person','label':{'en':'Person'},'pluralLabel':{'en':'People'},'fields':["
                        + "{'name':'c_name','type':'text','label':{'en':'Name'}},"
                        + "{'name':'c_pay','type':'money','label':{'en':'Pay'}}]}");
        define(
                call,
                "{'name':'c_firm','label':{'en':'Firm'},'pluralLabel':{'en':'Firms'},'fields':["
                        + "{'name':'c_name','type':'text','label':{'en':'Name'}}]}");
        define(call, """
                {'name':'c_job','label':{'en':'Job'},'pluralLabel':{'en':'Jobs'},
                 'link':[{'lookup':'c_person','collection':'c_firms'},{'lookup':'c_firm','collection':'c_people'}],
                 'fields':[
                  {'name':'c_role','type':'text','label':{'en':'Role'}},
                  {'name':'c_person','type':'lookup','target':'c_person','required':true,'label':{'en':'Person'}},
                  {'name':'c_firm','type':'lookup','target':'c_firm','required':true,'label':{'en':'Firm'}},
                  {'name':'c_from','type':'date','label':{'en':'From'}},{'name':'c_to','type':'date','label':{'en':'To'}}]}
                """);
        define(call, """
                {'name':'c_knows','label':{'en':'Knows'},'pluralLabel':{'en':'Know'},
                 'link':[{'lookup':'c_who','collection':'c_knows_whom'},{'lookup':'c_whom','collection':'c_known_by'}],
                 'fields':[
                  {'name':'c_how','type':'text','label':{'en':'How'}},
                  {'name':'c_who','type':'lookup','target':'c_person','required':true,'label':{'en':'Who'}},
                  {'name':'c_whom','type':'lookup','target':'c_person','required':true,'label':{'en':'Whom'}}]}
                """);
        rollUp(call, "c_count", "integer", "'function':'count'");
        rollUp(call, "c_sum", "money", "'function':'sum','field':'c_pay'");
        rollUp(call, "c_best", "text", "'function':'last','field':'c_name','orderBy':'c_pay'");
        rollUp(call, "c_rich", "integer", "'function':'count','filter':'c_pay gt 15'");
        return call;
    }

    private void rollUp(CallContext call, String name, String type, String how) {
        engine.relata()
                .metadata()
                .addField(
                        call,
                        "c_firm",
                        json("{'name':'" + name + "','type':'" + type
                                + "','label':{'en':'R'},'rollUp':{'of':'c_person','through':'c_job','by':'c_firm',"
                                + how + "}}"));
    }

    private void define(CallContext call, String definition) {
        engine.relata().metadata().createEntity(call, json(definition));
    }

    private UUID person(CallContext call, String name, String pay) {
        return engine.create(call, "c_person", "c_name", name, "c_pay", pay).id();
    }

    private UUID firm(CallContext call, String name) {
        return engine.create(call, "c_firm", "c_name", name).id();
    }

    private RecordData job(CallContext call, UUID person, UUID firm, String role, @Nullable Object... more) {
        Map<String, @Nullable Object> values = TestEngine.values(more);
        values.putAll(
                TestEngine.values("c_person_id", person.toString(), "c_firm_id", firm.toString(), "c_role", role));
        return engine.relata().writer().create(call, "c_job", values);
    }

    private static RecordInput input(UUID person, UUID firm, String name, String value) {
        return new RecordInput(
                null,
                null,
                TestEngine.values("c_person_id", person.toString(), "c_firm_id", firm.toString(), name, value),
                io.relata.core.metadata.type.Form.JSON);
    }

    private List<@Nullable Object> results(CallContext call, UUID firm) {
        RecordData record = new RecordReader(engine.relata().transactions(), Duration.ofSeconds(10))
                .find(call, definition(call, "c_firm"), firm)
                .orElseThrow();
        List<@Nullable Object> results = new ArrayList<>();
        for (String field : List.of("c_count", "c_sum", "c_best", "c_rich")) {
            results.add(record.value(field));
        }
        return results;
    }

    private static BigDecimal money(String amount) {
        return new BigDecimal(amount).setScale(2);
    }

    private List<RollUpDifference> differences(CallContext call) {
        RecordWriter writer = engine.relata().writer();
        return writer.transaction(
                        call,
                        tx -> writer.reckon(
                                tx,
                                tx.entity("c_firm"),
                                null,
                                UUID.fromString("ffffffff-ffff-ffff-ffff-ffffffffffff"),
                                500,
                                true))
                .differences();
    }

    private EntityDefinition definition(CallContext call, String entity) {
        return engine.relata().metadata().snapshot(call.tenant()).entity(entity).orElseThrow();
    }

    private static List<String> codes(Runnable work) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, work::run);
        assertThat(refused).isNotNull();
        return refused.violations().stream().map(Violation::code).toList();
    }

    private void put(CallContext call, String kind, String key, String body) {
        engine.relata().access().put(call, kind, key, (ObjectNode) json(body));
    }

    private List<String> names(CallContext call, String set, String query) {
        return list(call, set, query).path("value").findValuesAsText("c_name");
    }

    private JsonNode list(CallContext call, String set, String query) {
        String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8)
                .replace("%3D", "=")
                .replace("%26", "&")
                .replace("%24", "$");
        return raw(call, set, encoded);
    }

    private JsonNode raw(CallContext call, String set, String query) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            odata.list(call, set, query).writeTo(out);
            return JSON.readTree(out.toByteArray());
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
