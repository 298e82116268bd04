package io.relata.core.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.privacy.PersonFinding.Kind;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Whoever is looked for is found in everything that a tenant has, and nobody else is.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PersonRequestsTest {

    private final LocalPostgres postgres;
    private TestEngine engine;
    private TestJobs jobs;
    private PersonWorld world;
    private CallContext call;

    PersonRequestsTest(LocalPostgres postgres) {
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
    void hotel() throws SQLException {
        world = PersonWorld.of(engine, jobs);
        call = world.call();
    }

    @Test
    void aPersonIsFoundByARecordInAllThatPointsToItOrNamesIt() throws SQLException, IOException {
        UUID ada = world.guest("Ada Lovelace", "ada@example.org", "+49 30 1234567");
        UUID other = world.guest("Grace Hopper", "grace@example.org", "+49 30 7654321");
        UUID twin = world.guest("A. L.", "ADA@example.org ".strip().replace("ADA", "Ada.2"), "030 123 4567");
        engine.create(call, "c_booking", "c_title", "Suite", "c_guest_id", ada.toString());
        engine.create(call, "c_booking", "c_title", "Other", "c_guest_id", other.toString());
        engine.create(call, "c_booking", "c_title", "Remarked", "c_remark", "Call ada  lovelace before noon");
        engine.create(call, "c_booking", "c_title", "Clueless", "c_remark", "Call Adaline Lovelaces, not 0301234568");
        engine.update(call, "c_guest", ada, "c_stars", 5);
        engine.update(
                call,
                "c_guest",
                ada,
                "c_photo",
                world.file("face.txt", "a face").id().toString());
        engine.create(
                call,
                "c_booking",
                "c_title",
                "Scanned",
                "c_scan",
                world.file("scan.txt", "Signed: ADA@EXAMPLE.ORG").id().toString());
        world.file("Ada Lovelace.txt", "nobody has it");

        UUID request = world.find("{'record': {'entity': 'c_guest', 'id': '%s'}}".formatted(ada));

        assertThat(world.found(request))
                .containsExactlyInAnyOrder(
                        "person c_guest Ada Lovelace  1",
                        "person c_guest A. L.  1",
                        "mention c_booking Remarked c_remark 1",
                        "reference c_booking Suite c_guest 1",
                        "file c_guest Ada Lovelace c_photo 1",
                        "file c_booking Scanned c_scan 1",
                        "file file null  1",
                        "audit c_guest Ada Lovelace  3",
                        "audit c_guest A. L.  1",
                        "audit c_booking Remarked  1");
        assertThat(twin).isNotNull();
        assertThat(jobs.work().persons().find(call, request).counts())
                .contains(
                        new PersonRequests.Counted(Kind.PERSON, "c_guest", 2, 2),
                        new PersonRequests.Counted(Kind.AUDIT, "c_guest", 2, 4));
    }

    @Test
    void deletedRecordsAndFormerValuesAndSecretsAreFound() throws SQLException {
        UUID ada = engine.create(call, "c_guest", "c_name", "Somebody", "c_passport", "X 4711 LOVELACE")
                .id();
        UUID moved = world.guest("Married Name", "new@example.org", null);
        engine.update(call, "c_guest", moved, "c_name", "Lovelace");
        engine.update(call, "c_guest", moved, "c_name", "Married Name");
        engine.relata().writer().delete(call, "c_guest", ada, null);

        assertThat(world.found(world.find("{'names': ['lovelace']}")))
                .containsExactlyInAnyOrder(
                        "mention c_guest Somebody c_passport 1 deleted",
                        "audit c_guest Somebody  2 deleted",
                        "audit c_guest Married Name  2");
    }

    @Test
    void allIsHandedOutAsOnePackageInThePersonsLanguage() throws SQLException, IOException {
        UUID ada = world.guest("Ada <b>", "ada@example.org", null);
        engine.update(call, "c_guest", ada, "c_passport", "X 4711", "c_stars", 5);
        engine.update(
                call,
                "c_guest",
                ada,
                "c_photo",
                world.file("face.txt", "bytes of a face").id().toString());
        engine.create(call, "c_booking", "c_title", "Suite", "c_room", 7, "c_guest_id", ada.toString());
        UUID request = world.find("{'record': {'entity': 'c_guest', 'id': '%s'}}".formatted(ada));
        PersonRequests persons = jobs.work().persons();
        jobs.run(call, engine.relata().writer().transaction(call, tx -> persons.pack(tx, request, "zh-CN")));

        Map<String, String> packed = unpacked(persons.packed(call, request));
        JsonNode json = JsonMapper.builder().build().readTree(packed.get("person.json"));
        assertThat(json.path("records")).hasSize(2);
        JsonNode person = json.path("records").get(0);
        assertThat(person.path("found").asText()).isEqualTo("person");
        assertThat(person.path("values").path("c_passport").asText()).isEqualTo("X 4711");
        assertThat(person.path("values").path("c_stars").asInt()).isEqualTo(5);
        JsonNode booking = json.path("records").get(1);
        assertThat(booking.path("values").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("c_title", "c_guest");
        assertThat(json.path("history").toString()).contains("ada@example.org").doesNotContain("4711");
        assertThat(packed.get("person.html"))
                .contains("我们保存的关于您的信息", "姓名", "Ada &lt;b&gt;", "X 4711")
                .doesNotContain("<b>");
        assertThat(packed.entrySet()).anySatisfy(file -> {
            assertThat(file.getKey()).startsWith("files/").endsWith("face.txt");
            assertThat(file.getValue()).isEqualTo("bytes of a face");
        });
        assertThat(engine.database()
                        .count(
                                "select count(*) from relata.audit where tenant_id = ? and action = 'export'",
                                call.tenant()))
                .isEqualTo(1);
    }

    private static Map<String, String> unpacked(Path file) throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }

    @Test
    void chineseNamesAreFoundWithinText() throws SQLException {
        engine.create(call, "c_booking", "c_title", "预订", "c_remark", "请联系王小明先生");
        assertThat(world.found(world.find("{'names': ['王小明']}"))).contains("mention c_booking 预订 c_remark 1");
    }

    @Test
    void pagesGoOnBehindAFinding() throws SQLException {
        for (int i = 0; i < 5; i++) {
            world.guest("Ada Lovelace", "ada" + i + "@example.org", null);
        }
        UUID request = world.find("{'names': ['Ada Lovelace']}");
        PersonRequests persons = jobs.work().persons();
        List<PersonRequests.Shown> first = persons.findings(call, request, Kind.MENTION, null, 2);
        List<PersonRequests.Shown> rest =
                persons.findings(call, request, Kind.MENTION, first.getLast().finding(), 10);
        assertThat(first).hasSize(2);
        assertThat(rest).hasSize(3).doesNotContainAnyElementsOf(first);
    }

    @Test
    void onlyWhoLooksAfterPrivacyMayAsk() throws SQLException {
        UUID request = world.find("{'names': ['Nobody']}");
        CallContext clerk = member();
        PersonRequests persons = jobs.work().persons();
        assertThat(refusal(() -> persons.find(clerk, request))).isEqualTo(ProblemCode.FORBIDDEN);
        assertThat(refusal(() -> persons.newest(clerk))).isEqualTo(ProblemCode.FORBIDDEN);
        assertThat(refusal(() -> persons.findings(clerk, request, null, null, 1)))
                .isEqualTo(ProblemCode.FORBIDDEN);
        assertThat(refusal(() -> engine.relata()
                        .writer()
                        .transaction(
                                clerk,
                                tx -> persons.submit(tx, PersonWish.read(PersonWorld.json("{'names': ['Nobody']}"))))))
                .isEqualTo(ProblemCode.FORBIDDEN);
        engine.relata().access().put(call, "roles", "guardian", PersonWorld.json("{'entities': {}, 'privacy': true}"));
        engine.relata()
                .access()
                .put(call, "users", clerk.user().toString(), PersonWorld.json("{'unit': null, 'roles': ['guardian']}"));
        assertThat(persons.newest(clerk)).hasSize(1);
    }

    @Test
    void whatIsWrongIsSaidAtOnce() {
        ProblemException refused = catchThrowableOfType(
                ProblemException.class,
                () -> PersonWish.read(PersonWorld.json(
                        "{'phones': ['12'], 'names': ['x'], 'emails': 'a', 'record': {'id': 'y'}, 'z': 1}")));
        assertThat(refused.violations())
                .extracting(Violation::field)
                .containsExactlyInAnyOrder("z", "record.id", "record.entity", "emails", "phones", "names");
        assertThat(refusal(() -> PersonWish.read(PersonWorld.json("{}")))).isEqualTo(ProblemCode.VALIDATION);
    }

    private static ProblemCode refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ProblemException.class, call).code();
    }

    private CallContext member() throws SQLException {
        CallContext clerk = new CallContext(
                call.tenant(),
                UUID.randomUUID(),
                Set.of("user"),
                call.locale(),
                call.zone(),
                call.currency(),
                "r",
                call.origin());
        engine.database()
                .update(
                        "insert into control.membership (tenant_id, user_id, kind, role, status, username, display_name,"
                                + " created_at) values (?, ?, 'person', 'user', 'active', 'c', 'Clerk', now())",
                        clerk.tenant(),
                        clerk.user());
        return clerk;
    }
}
