package io.relata.core.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.jooq.impl.DSL.val;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.consent.ConsentEntry;
import io.relata.core.consent.ConsentEntry.State;
import io.relata.core.consent.ConsentEntry.Way;
import io.relata.core.consent.ConsentPurpose;
import io.relata.core.consent.ConsentText;
import io.relata.core.consent.RecordConsents;
import io.relata.core.job.Job;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.RecordHistory;
import io.relata.core.record.WriteTransaction;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.zip.ZipFile;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What persons have agreed to: what they said last counts, it can be proven, and plugins ask for it.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsentTest {

    private static final String TEXT = "May we send you our letter each month?";

    private final LocalPostgres postgres;
    private TestEngine engine;
    private TestJobs jobs;
    private PersonWorld world;
    private CallContext call;
    private UUID ada;
    private ConsentPurpose letter;

    ConsentTest(LocalPostgres postgres) {
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
        ada = world.guest("Ada Lovelace", "ada@example.org", null);
        letter = purpose("""
                {'code': 'letter', 'label': {'en': 'Letter', 'zh-CN': '简报'}, 'months': 24,
                 'text': {'en': '%s', 'zh-CN': '我们可以每月给您寄简报吗？'}}
                """.formatted(TEXT));
    }

    @Test
    void whatWasSaidLastCountsWhateverWasWrittenDownLast() {
        assertThat(allowed(ada, "letter")).isFalse();
        say("{'purpose': 'letter', 'state': 'given', 'at': '" + ago(3) + "'}");
        assertThat(allowed(ada, "letter")).isTrue();
        say("{'purpose': 'letter', 'state': 'withdrawn', 'source': 'telephone'}");
        assertThat(allowed(ada, "letter")).isFalse();
        say("{'purpose': 'letter', 'state': 'given', 'way': 'form', 'at': '" + ago(1) + "'}");
        assertThat(allowed(ada, "letter"))
                .as("a paper form from before that comes in late")
                .isFalse();
        say("{'purpose': 'letter', 'state': 'given'}");
        RecordConsents.Standing standing = standing();
        assertThat(standing.counting()).containsExactly("letter");
        assertThat(standing.entries())
                .extracting(ConsentEntry::state, ConsentEntry::way, ConsentEntry::current)
                .containsExactly(
                        tuple(State.GIVEN, Way.API, true),
                        tuple(State.WITHDRAWN, Way.API, false),
                        tuple(State.GIVEN, Way.FORM, false),
                        tuple(State.GIVEN, Way.API, false));
    }

    @Test
    void aConsentRunsOutAndCountsForItsOwnPurposeAndRecordOnly() {
        purpose("{'code': 'calls', 'label': {'en': 'Calls'}, 'text': {'en': 'May we call?'}}");
        UUID grace = world.guest("Grace Hopper", "grace@example.org", null);
        say("{'purpose': 'letter', 'state': 'given', 'at': '" + ago(720) + "'}");
        assertThat(allowed(ada, "calls")).isFalse();
        assertThat(allowed(grace, "letter")).isFalse();
        assertThat(allowed(ada, "nothing")).isFalse();
        assertThat(allowed(ada, "letter")).isTrue();
        assertThat(standing().counting()).containsExactly("letter");
        within(tx -> {
            String old = "{'purpose': 'letter', 'state': 'given', 'at': '" + ago(735) + "'}";
            engine.relata().consents().say(tx, tx.entity("c_guest"), grace, PersonWorld.json(old));
            return true;
        });
        assertThat(allowed(grace, "letter")).isFalse();
    }

    @Test
    void aPurposeThatHasEndedIsAskedForNoMoreAndCountsForNobody() {
        say("{'purpose': 'letter', 'state': 'given'}");
        within(tx -> engine.relata()
                .consentPurposes()
                .replace(
                        tx.sql(), call, letter.id(), PersonWorld.json("{'label': {'en': 'Letter'}, 'active': false}")));
        assertThat(allowed(ada, "letter")).isFalse();
        assertThat(refused("{'purpose': 'letter', 'state': 'given'}")).containsExactly("purpose consent-purpose-ended");
        say("{'purpose': 'letter', 'state': 'withdrawn'}");
        assertThatThrownBy(() -> within(tx -> {
                    engine.relata().consentPurposes().delete(tx.sql(), call, letter.id());
                    return true;
                }))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void theDeletedAreNotContacted() {
        say("{'purpose': 'letter', 'state': 'given'}");
        engine.relata().writer().delete(call, "c_guest", ada, null);
        assertThat(allowed(ada, "letter")).isFalse();
    }

    @Test
    void aTextStaysAsItWasShown() throws Exception {
        say("{'purpose': 'letter', 'state': 'given', 'language': 'en', 'address': '2001:db8::7', 'source': 'form 7'}");
        within(tx -> engine.relata()
                .consentPurposes()
                .write(tx.sql(), call, letter.id(), PersonWorld.json("{'text': {'en': 'Another text'}}")));
        assertThat(engine.relata().consentPurposes().texts(call, letter.id()))
                .extracting(ConsentText::version, text -> text.texts().texts().get("en"))
                .containsExactly(tuple(2, "Another text"), tuple(1, TEXT));
        ConsentEntry entry = standing().entries().getFirst();
        assertThat(entry.textVersion()).isEqualTo(1);
        assertThat(entry.shown())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(TEXT.getBytes(StandardCharsets.UTF_8))));
        assertThat(entry.address()).isEqualTo("2001:db8:0:0:0:0:0:7");
        for (String change : List.of(
                "update relata.consent_text set version = 3 where tenant_id = {0}",
                "delete from relata.consent_text where tenant_id = {0}",
                "update relata.consent set state = 'given' where tenant_id = {0}")) {
            assertThatThrownBy(() ->
                            engine.relata().transactions().call(call, sql -> sql.execute(change, val(call.tenant()))))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        assertThat(refused("""
                        {'purpose': 'none', 'state': 'perhaps', 'at': '2999-01-01T00:00:00Z', 'way': 'dove',
                         'address': 'home', 'more': 1}
                        """))
                .containsExactlyInAnyOrder(
                        "purpose consent-purpose-unknown",
                        "state consent-state",
                        "at consent-later",
                        "way consent-way",
                        "address consent-address",
                        "more unknown-member");
        assertThat(refused("{'purpose': 'letter', 'state': 'given', 'textVersion': 7}"))
                .containsExactly("textVersion consent-text-unknown");
        assertThat(refused("{'purpose': 'letter', 'state': 'given', 'language': 'fr'}"))
                .containsExactly("language consent-language");
    }

    @Test
    void whoSeesTheRecordSeesItAndWhoChangesTheRecordSaysIt() throws SQLException {
        engine.relata()
                .access()
                .put(call, "roles", "reader", PersonWorld.json("{'entities': {'*': {'read': 'tenant'}}}"));
        engine.relata().access().put(call, "roles", "blind", PersonWorld.json("{'entities': {'*': {'read': 'own'}}}"));
        say("{'purpose': 'letter', 'state': 'given', 'address': '192.0.2.7'}");
        CallContext reader = as("reader");
        RecordConsents.Standing seen = engine.relata()
                .writer()
                .transaction(reader, tx -> engine.relata().consents().of(tx, tx.entity("c_guest"), ada));
        assertThat(seen.counting()).containsExactly("letter");
        assertThat(seen.entries().getFirst().address()).isNull();
        assertThat(standing().entries().getFirst().address()).isEqualTo("192.0.2.7");
        assertThat(code(() -> say(reader, "{'purpose': 'letter', 'state': 'withdrawn'}")))
                .isEqualTo(ProblemCode.FORBIDDEN);
        CallContext nobody = as("blind");
        assertThat(code(() -> say(nobody, "{'purpose': 'letter', 'state': 'withdrawn'}")))
                .isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(code(() -> engine.relata()
                        .writer()
                        .transaction(
                                reader,
                                tx -> engine.relata()
                                        .consentPurposes()
                                        .create(tx.sql(), reader, PersonWorld.json("{}")))))
                .isEqualTo(ProblemCode.FORBIDDEN);
        assertThat(standing().entries()).hasSize(1);
    }

    @Test
    void itStandsInTheHistoryAndGoesWithThePackage() throws Exception {
        say("{'purpose': 'letter', 'state': 'given', 'language': 'zh-CN', 'source': 'stand 12 <b>'}");
        say("{'purpose': 'letter', 'state': 'withdrawn'}");
        within(tx -> {
            engine.relata().holds().place(tx, tx.entity("c_guest"), ada, "Lawsuit 7");
            engine.relata().holds().lift(tx, tx.entity("c_guest"), ada);
            return true;
        });
        assertThat(engine.relata().history().of(call, "c_guest", ada))
                .extracting(RecordHistory.Entry::action)
                .containsExactly("release", "hold", "withdraw", "consent", "create");
        UUID request = world.find("{'record': {'entity': 'c_guest', 'id': '%s'}}".formatted(ada));
        Job job = within(tx -> jobs.work().persons().pack(tx, request, "zh-CN"));
        assertThat(jobs.run(call, job).state()).isEqualTo(Job.State.DONE);
        try (ZipFile zip =
                new ZipFile(jobs.work().persons().packed(call, request).toFile())) {
            JsonNode agreements = JsonMapper.builder()
                    .build()
                    .readTree(zip.getInputStream(zip.getEntry("person.json")))
                    .path("agreements");
            assertThat(agreements).hasSize(2);
            assertThat(agreements.path(0).path("text").asText()).isEqualTo("我们可以每月给您寄简报吗？");
            assertThat(agreements.path(1).path("state").asText()).isEqualTo("withdrawn");
            assertThat(new String(
                            zip.getInputStream(zip.getEntry("person.html")).readAllBytes(), StandardCharsets.UTF_8))
                    .contains("简报", "我们可以每月给您寄简报吗？", "stand 12 &lt;b&gt;", "撤回");
        }
    }

    @Test
    void ofTheErasedTheFactStaysAndCountsNoMore() throws SQLException {
        say("{'purpose': 'letter', 'state': 'given', 'source': 'Ada at the fair', 'address': '192.0.2.7'}");
        UUID request = world.find("{'record': {'entity': 'c_guest', 'id': '%s'}}".formatted(ada));
        Job job = within(tx -> jobs.work()
                .persons()
                .erase(tx, request, ErasureWish.read(PersonWorld.json("{'reason': 'asked'}"), tx.snapshot())));
        assertThat(jobs.run(call, job).state()).isEqualTo(Job.State.DONE);
        assertThat(allowed(ada, "letter")).isFalse();
        assertThat(standing().entries()).singleElement().satisfies(entry -> {
            assertThat(entry.state()).isEqualTo(State.GIVEN);
            assertThat(entry.textVersion()).isEqualTo(1);
            assertThat(entry.source()).isNull();
            assertThat(entry.address()).isNull();
        });
        assertThat(engine.relata().history().of(call, "c_guest", ada))
                .extracting(RecordHistory.Entry::action)
                .contains("consent");
        assertThat(engine.database()
                        .count(
                                "select count(*) from relata.audit where tenant_id = ? and action = 'consent'"
                                        + " and changes -> 0 ->> 'purpose' = 'letter'",
                                call.tenant()))
                .isEqualTo(1);
    }

    private String ago(int days) {
        return engine.clock().instant().minus(Duration.ofDays(days)).toString();
    }

    /// Asks as a plugin does.
    private boolean allowed(UUID guest, String purpose) {
        return "allowed"
                .equals(engine.create(call, "deal", "name", "ask c_guest " + guest + " " + purpose)
                        .value("name"));
    }

    private CallContext as(String role) throws SQLException {
        UUID user = UUID.randomUUID();
        engine.database()
                .update(
                        "insert into control.membership (tenant_id, user_id, kind, role, status, username, display_name,"
                                + " created_at) values (?, ?, 'person', 'user', 'active', ?, 'U', now())",
                        call.tenant(),
                        user,
                        "u" + user);
        engine.relata()
                .access()
                .put(
                        call,
                        "users",
                        user.toString(),
                        PersonWorld.json("{'unit': null, 'roles': ['%s']}".formatted(role)));
        return new CallContext(
                call.tenant(), user, Set.of("user"), call.locale(), call.zone(), call.currency(), "r", call.origin());
    }

    private ConsentPurpose purpose(String definition) {
        return within(tx -> engine.relata().consentPurposes().create(tx.sql(), call, PersonWorld.json(definition)));
    }

    private RecordConsents.Standing standing() {
        return within(tx -> engine.relata().consents().of(tx, tx.entity("c_guest"), ada));
    }

    private void say(String said) {
        say(call, said);
    }

    private void say(CallContext context, String said) {
        engine.relata().writer().transaction(context, tx -> {
            engine.relata().consents().say(tx, tx.entity("c_guest"), ada, PersonWorld.json(said));
            return true;
        });
    }

    private <T> T within(Function<WriteTransaction, T> work) {
        return engine.relata().writer().transaction(call, work);
    }

    private List<String> refused(String said) {
        return catchThrowableOfType(ProblemException.class, () -> say(said)).violations().stream()
                .map((Violation one) -> one.field() + " " + one.code())
                .toList();
    }

    private static ProblemCode code(ThrowingCallable work) {
        return catchThrowableOfType(ProblemException.class, work).code();
    }
}
