package io.relata.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.TestEngine;
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
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Complaints about a car or a house.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolymorphicLookupTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final LocalPostgres postgres;
    private TestEngine engine;
    private ODataService odata;

    PolymorphicLookupTest(LocalPostgres postgres) {
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
    void pointsToOneOfSeveralAndSaysToWhich() throws SQLException {
        CallContext call = tenant("which");
        UUID car = engine.create(call, "c_car", "c_name", "Volvo").id();
        UUID house = engine.create(call, "c_house", "c_name", "Villa").id();
        RecordData byId = complaint(call, "noise", "c_about_id", car.toString());
        assertThat(byId.value("c_about_type")).isEqualTo("c_car");
        RecordData bound = complaint(call, "smell", "c_about@odata.bind", "c_houses(" + house + ")");
        assertThat(bound.value("c_about_type")).isEqualTo("c_house");
        complaint(call, "nothing");

        assertThat(names(call, "c_complaints", "$filter=c_about_id eq " + car)).containsExactly("noise");
        assertThat(names(call, "c_complaints", "$filter=c_about_type eq 'c_house'"))
                .containsExactly("smell");
        assertThat(names(call, "c_complaints", "$filter=c_about/Relata.c_car/c_name eq 'Volvo'"))
                .containsExactly("noise");
        assertThat(names(
                        call,
                        "c_complaints",
                        "$orderby=c_about/Relata.c_house/c_name,c_name desc&$filter=c_about_id ne null"))
                .containsExactlyInAnyOrder("smell", "noise");
        assertThat(names(
                        call,
                        "c_complaints",
                        "$filter=c_about/Relata.c_car/c_name eq 'Volvo' or c_about/Relata.c_house/c_name eq 'Villa'"))
                .containsExactlyInAnyOrder("noise", "smell");
        assertThat(names(call, "c_cars", "$filter=c_complaints_c_about/any(c:c/c_name eq 'noise')"))
                .containsExactly("Volvo");
        assertThat(names(call, "c_houses", "$filter=c_complaints_c_about/$count eq 1"))
                .containsExactly("Villa");
        String model = new String(odata.metadataXml(call), StandardCharsets.UTF_8);
        assertThat(model).contains("Name=\"c_about\" Type=\"Relata.Record\"").contains("BaseType=\"Relata.Record\"");

        engine.update(call, "c_complaint", bound.id(), "c_about_id", car.toString());
        assertThat(names(call, "c_complaints", "$filter=c_about_type eq 'c_car'&$orderby=c_name"))
                .containsExactly("noise", "smell");
        engine.update(call, "c_complaint", bound.id(), "c_about@odata.bind", null);
        assertThat(names(call, "c_complaints", "$filter=c_about_type eq null&$orderby=c_name"))
                .containsExactly("nothing", "smell");
    }

    @Test
    void isShownWithinTheRecordAsWhatItIs() throws SQLException {
        CallContext call = tenant("shown");
        UUID car = engine.create(call, "c_car", "c_name", "Volvo", "c_seats", 5).id();
        UUID house = engine.create(call, "c_house", "c_name", "Villa").id();
        complaint(call, "a", "c_about_id", car.toString());
        complaint(call, "b", "c_about_id", house.toString());
        complaint(call, "c");

        JsonNode all =
                list(call, "c_complaints", "$orderby=c_name&$expand=c_about").path("value");
        assertThat(all.get(0).path("c_about").path("@odata.type").asText()).isEqualTo("#Relata.c_car");
        assertThat(all.get(0).path("c_about").path("c_seats").asInt()).isEqualTo(5);
        assertThat(all.get(1).path("c_about").path("c_name").asText()).isEqualTo("Villa");
        assertThat(all.get(2).path("c_about").isNull()).isTrue();

        JsonNode cars = list(call, "c_complaints", "$orderby=c_name&$expand=c_about/Relata.c_car($select=c_name)")
                .path("value");
        assertThat(cars.get(0).path("c_about").path("c_name").asText()).isEqualTo("Volvo");
        assertThat(cars.get(0).path("c_about").has("c_seats")).isFalse();
        assertThat(cars.get(1).path("c_about").isNull()).isTrue();

        JsonNode both = list(
                        call,
                        "c_complaints",
                        "$orderby=c_name&$expand=c_about/Relata.c_car($select=c_name),c_about/Relata.c_house($select=id)")
                .path("value");
        assertThat(both.get(0).path("c_about").path("c_name").asText()).isEqualTo("Volvo");
        assertThat(both.get(1).path("c_about").path("id").asText()).isEqualTo(house.toString());
        assertThat(catchThrowableOfType(
                                ProblemException.class,
                                () -> list(call, "c_complaints", "$expand=c_about/Relata.c_complaint"))
                        .detail())
                .isEqualTo("query-unknown-name");
        JsonNode within = list(call, "c_cars", "$expand=c_complaints_c_about($select=c_name)")
                .path("value");
        assertThat(within.get(0).path("c_complaints_c_about").findValuesAsText("c_name"))
                .containsExactly("a");
    }

    @Test
    void whatIsDeletedIsClearedAndComesBackAsWhatItWas() throws SQLException {
        CallContext call = tenant("deleted");
        UUID car = engine.create(call, "c_car", "c_name", "Volvo").id();
        UUID complaint = complaint(call, "noise", "c_about_id", car.toString()).id();
        UUID strict = complaint(call, "strict", "c_must_id", car.toString()).id();
        assertThat(catchThrowableOfType(
                                ProblemException.class,
                                () -> engine.relata().writer().delete(call, "c_car", car, null))
                        .violations())
                .extracting(Violation::code)
                .containsExactly("delete-restricted");
        engine.update(call, "c_complaint", strict, "c_must_id", null);
        engine.relata().writer().delete(call, "c_car", car, null);
        assertThat(names(call, "c_complaints", "$filter=c_about_type eq null and c_about_id eq null"))
                .hasSize(2);
        engine.relata().writer().restore(call, "c_car", car);
        assertThat(names(call, "c_complaints", "$filter=c_about_type eq 'c_car'"))
                .containsExactly("noise");

        engine.relata().writer().delete(call, "c_complaint", complaint, null);
        engine.relata().writer().delete(call, "c_car", car, null);
        engine.relata().writer().restore(call, "c_complaint", complaint);
        assertThat(names(call, "c_complaints", "$filter=c_about_id eq null and c_about_type eq null"))
                .contains("noise");
        engine.relata().writer().restore(call, "c_car", car);
        assertThat(names(call, "c_complaints", "$filter=c_about_type eq 'c_car'"))
                .containsExactly("noise");
    }

    @Test
    void whatMayNotBeReadOrIsNoTargetIsMissing() throws SQLException {
        CallContext call = tenant("missing");
        CallContext other = tenant("missing-other");
        UUID theirs = engine.create(other, "c_car", "c_name", "Theirs").id();
        UUID complaint = complaint(call, "noise").id();
        assertThat(codes(() -> complaint(call, "x", "c_about_id", theirs.toString())))
                .containsExactly("lookup-missing");
        assertThat(codes(() -> complaint(call, "x", "c_about_id", complaint.toString())))
                .containsExactly("lookup-missing");
        assertThat(codes(() -> complaint(call, "x", "c_about@odata.bind", "c_complaints(" + complaint + ")")))
                .containsExactly("bind-unreadable");
        UUID house = engine.create(call, "c_house", "c_name", "Ours").id();
        assertThat(codes(() -> complaint(call, "x", "c_about@odata.bind", "c_cars(" + house + ")")))
                .as("the id of a house is none of a car")
                .containsExactly("lookup-missing");
        assertThat(codes(() -> complaint(call, "x", "c_about_type", "c_car"))).containsExactly("read-only");

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
                "{'entities':{'*':{'read':'own','create':'own'},'c_complaint':{'read':'tenant'}}}");
        put(call, "users", narrow.user().toString(), "{'unit':null,'roles':['narrow']}");
        UUID car = engine.create(call, "c_car", "c_name", "Volvo").id();
        complaint(call, "secret", "c_about_id", car.toString());
        assertThat(list(narrow, "c_complaints", "$filter=c_name eq 'secret'&$expand=c_about")
                        .path("value")
                        .get(0)
                        .path("c_about")
                        .isNull())
                .isTrue();
        assertThat(names(narrow, "c_complaints", "$filter=c_about/Relata.c_car/c_name eq 'Volvo'"))
                .isEmpty();
    }

    @Test
    void rollUpsAndDeepInsertsWorkFromEachTarget() throws SQLException {
        CallContext call = tenant("rollup");
        for (String entity : List.of("c_car", "c_house")) {
            engine.relata()
                    .metadata()
                    .addField(
                            call,
                            entity,
                            json("{'name':'c_count','type':'integer','label':{'en':'N'},'rollUp':"
                                    + "{'of':'c_complaint','by':'c_about','function':'count'}}"));
        }
        UUID car = engine.create(call, "c_car", "c_name", "Volvo").id();
        UUID house = engine.create(call, "c_house", "c_name", "Villa").id();
        RecordData complaint = complaint(call, "noise", "c_about_id", car.toString());
        engine.update(call, "c_complaint", complaint.id(), "c_about_id", house.toString());
        complaint(call, "smell", "c_about_id", car.toString());
        assertThat(list(call, "c_cars", "").path("value").get(0).path("c_count").asInt())
                .isEqualTo(1);
        assertThat(list(call, "c_houses", "")
                        .path("value")
                        .get(0)
                        .path("c_count")
                        .asInt())
                .isEqualTo(1);
        RecordWriter writer = engine.relata().writer();
        writer.transaction(
                call,
                tx -> DeepCreation.create(
                        writer,
                        tx,
                        tx.entity("c_house"),
                        TestEngine.values("c_name", "Hut", "c_complaints_c_about", List.of(Map.of("c_name", "cold")))));
        assertThat(names(call, "c_complaints", "$filter=c_about/Relata.c_house/c_name eq 'Hut'"))
                .containsExactly("cold");
    }

    @Test
    void refusesDefinitionsThatPointNowhere() throws SQLException {
        CallContext call = tenant("wrong");
        assertThat(codes(() -> field(call, "'targets':['c_car'],'typeField':'c_about_type'")))
                .containsExactly("targets-wrong");
        assertThat(codes(() -> field(call, "'targets':['c_car','c_none'],'typeField':'c_about_type'")))
                .containsExactly("target-unknown");
        assertThat(codes(() -> field(call, "'targets':['c_car','c_house'],'typeField':'c_name'")))
                .containsExactly("type-field-wrong");
        assertThat(
                        codes(
                                () -> engine.relata()
                                        .metadata()
                                        .createEntity(
                                                call,
                                                json(
                                                        "{'name':'c_new','label':{'en':'N'},'pluralLabel':{'en':'N'},'fields':["
                                                                + "{'name':'c_name','type':'text','label':{'en':'N'}},"
                                                                + "{'name':'c_to','type':'lookup','label':{'en':'T'},'target':'c_car','typeField':'c_name'}]}"))))
                .containsExactly("type-field-wrong");
    }

    private void field(CallContext call, String settings) {
        engine.relata()
                .metadata()
                .createEntity(
                        call,
                        json("{'name':'c_new','label':{'en':'N'},'pluralLabel':{'en':'N'},'fields':["
                                + "{'name':'c_name','type':'text','label':{'en':'N'}},"
                                + "{'name':'c_about_type','type':'text','readOnly':true,'label':{'en':'T'}},"
                                + "{'name':'c_to','type':'lookup','label':{'en':'T'}," + settings + "}]}"));
    }

    private CallContext tenant(String slug) throws SQLException {
        CallContext call = engine.tenant("poly-" + slug);
        for (String name : List.of("c_car", "c_house")) {
            engine.relata()
                    .metadata()
                    .createEntity(
                            call,
                            json("{'name':'" + name + "','label':{'en':'X'},'pluralLabel':{'en':'X'},'fields':["
                                    + "{'name':'c_name','type':'text','label':{'en':'Name'}},"
                                    + "{'name':'c_seats','type':'integer','label':{'en':'Seats'}}]}"));
        }
        engine.relata().metadata().createEntity(call, json("""
                {'name':'c_complaint','label':{'en':'Complaint'},'pluralLabel':{'en':'Complaints'},'fields':[
                 {'name':'c_name','type':'text','label':{'en':'Name'}},
                 {'name':'c_about','type':'lookup','targets':['c_car','c_house'],'typeField':'c_about_type','indexed':true,'label':{'en':'About'}},
                 {'name':'c_about_type','type':'text','readOnly':true,'maxLength':42,'label':{'en':'Kind'}},
                 {'name':'c_must','type':'lookup','targets':['c_car','c_house'],'typeField':'c_must_type','onDelete':'restrict','label':{'en':'Must'}},
                 {'name':'c_must_type','type':'text','readOnly':true,'maxLength':42,'label':{'en':'Kind'}}]}
                """));
        return call;
    }

    private RecordData complaint(CallContext call, String name, @Nullable Object... more) {
        Map<String, @Nullable Object> values = TestEngine.values(more);
        values.put("c_name", name);
        return engine.relata().writer().create(call, "c_complaint", values);
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
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            odata.list(call, set, encoded).writeTo(out);
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
