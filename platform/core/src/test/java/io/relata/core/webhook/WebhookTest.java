package io.relata.core.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.FailingDataSource;
import io.relata.core.TestCalls;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.outgoing.Destinations;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.tenant.TenantTransaction;
import io.relata.core.webhook.Delivery.State;
import io.relata.core.webhook.WebhookReceiver.Message;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Another system that is told of what happens, over HTTP.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final LocalPostgres postgres;
    private WebhookReceiver receiver;
    private TestEngine engine;
    private TestJobs jobs;
    private WebhookDispatcher dispatcher;

    WebhookTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException {
        receiver = new WebhookReceiver();
        engine = TestEngine.start(postgres, folder, new Destinations(List.of(receiver.authority())));
        jobs = TestJobs.of(engine);
        dispatcher = engine.relata().dispatcher();
    }

    @BeforeEach
    void forget() {
        receiver.answer(message -> 204);
        receiver.take();
        receiver.asked();
    }

    @AfterAll
    void stop() {
        dispatcher.close();
        jobs.close();
        engine.close();
        receiver.close();
    }

    private Webhooks.Made hook(CallContext call, String... events) {
        return hook(call, false, events);
    }

    private Webhooks.Made hook(CallContext call, boolean skipOwn, String... events) {
        var body = JSON.createObjectNode()
                .put("name", "Ledger")
                .put("url", receiver.address())
                .put("skipOwn", skipOwn);
        List.of(events).forEach(body.putArray("events")::add);
        return write(call, body);
    }

    private Webhooks.Made write(CallContext call, JsonNode body) {
        return engine.relata()
                .transactions()
                .call(call, sql -> engine.relata().webhooks().create(sql, call, body));
    }

    private List<Message> told(CallContext call, Webhooks.Made hook) {
        dispatcher.turn(call.tenant(), hook.webhook().id());
        return receiver.take();
    }

    private List<Delivery> deliveries(CallContext call, Webhooks.Made hook) {
        return engine.relata().webhooks().deliveries().list(call, hook.webhook().id(), null, null, 100);
    }

    private Webhook now(CallContext call, Webhooks.Made hook) {
        return engine.relata().webhooks().find(call, hook.webhook().id());
    }

    private UUID company(CallContext call, String name) {
        return engine.create(call, "company", "name", name).id();
    }

    @Test
    void tellsWhatHappensFromNowOnAndSignsIt() throws Exception {
        CallContext call = jobs.member("signed");
        company(call, "Before");
        Webhooks.Made hook = hook(call, "company.*");
        UUID company = company(call, "Kestrel 红隼");
        engine.update(call, "company", company, "name", "Kestrel Ltd");

        List<Message> told = told(call, hook);
        assertThat(told)
                .extracting(Message::text)
                .containsExactly("company.created Kestrel 红隼", "company.updated Kestrel Ltd");
        Message message = told.getLast();
        JsonNode data = message.json().path("data");
        assertThat(data.path("set").asText()).isEqualTo("companies");
        assertThat(data.path("id").asText()).isEqualTo(company.toString());
        assertThat(data.path("version").asLong()).isEqualTo(2);
        assertThat(data.path("changes").path(0).path("property").asText()).isEqualTo("name");
        assertThat(data.path("changes").path(0).path("before").asText()).isEqualTo("Kestrel 红隼");
        assertThat(message.headers().getFirst("webhook-signature")).isEqualTo(signature(hook.secret(), message));
        assertThat(told(call, hook)).as("once").isEmpty();
        assertThat(deliveries(call, hook)).allSatisfy(one -> {
            assertThat(one.state()).isEqualTo(State.DELIVERED);
            assertThat(one.status()).isEqualTo(204);
            assertThat(one.attempts()).isOne();
        });
    }

    /// As a receiver would, from the description of the standard.
    private static String signature(String secret, Message message) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        mac.update((message.id() + "." + message.headers().getFirst("webhook-timestamp") + ".")
                .getBytes(StandardCharsets.UTF_8));
        return "v1,"
                + Base64.getEncoder().encodeToString(mac.doFinal(message.body().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void tellsOnlyWhatIsAskedFor() throws SQLException {
        CallContext call = jobs.member("asked");
        Webhooks.Made created = hook(call, "company.created");
        Webhooks.Made phone = hook(call, "company.field_updated.phone", "deal.deleted");
        UUID company = company(call, "Kestrel");
        engine.update(call, "company", company, "name", "Kestrel Ltd");
        engine.update(call, "company", company, "phone", "+8613800138000");

        assertThat(told(call, created)).extracting(Message::text).containsExactly("company.created Kestrel");
        assertThat(told(call, phone)).extracting(Message::text).containsExactly("company.updated +8613800138000");
    }

    @Test
    void doesNotTellWhoAsksNotToBeToldOfItsOwnDoing() throws SQLException {
        CallContext call = jobs.member("own");
        Webhooks.Made hook = hook(call, true, "company.created");
        company(call, "Own");
        CallContext colleague = TestCalls.administrator(call.tenant());
        company(colleague, "Colleague's");

        assertThat(told(call, hook)).extracting(Message::text).containsExactly("company.created Colleague's");
    }

    @Test
    void sendsAgainWithTheSameIdAndKeepsTheOrderOfEachRecord() throws SQLException {
        CallContext call = jobs.member("again");
        Webhooks.Made hook = hook(call, "company.*");
        UUID first = company(call, "First");
        engine.update(call, "company", first, "name", "First, changed");
        company(call, "Second");
        Set<String> tried = new HashSet<>();
        receiver.answer(message -> {
            boolean refused = message.text().endsWith("First") && tried.add(message.id());
            return refused ? 500 : 200;
        });

        assertThat(told(call, hook))
                .as("the change waits for the creation of its record, another record does not")
                .extracting(Message::text)
                .containsExactly("company.created Second");
        assertThat(told(call, hook)).isEmpty();
        engine.clock().advance(Duration.ofSeconds(12));
        List<Message> later = told(call, hook);
        assertThat(later)
                .extracting(Message::text)
                .containsExactly("company.created First", "company.updated First, changed");
        assertThat(tried).containsExactly(later.getFirst().id());
        assertThat(now(call, hook).failures()).isZero();
    }

    @Test
    void givesUpWhatIsNeverTakenAndTheRestGoesOn() throws SQLException {
        CallContext call = jobs.member("poison");
        Webhooks.Made hook = hook(call, "company.created");
        company(call, "Poison");
        receiver.answer(message -> message.text().endsWith("Poison") ? 500 : 200);
        for (Duration wait : WebhookTurn.WAITS) {
            dispatcher.turn(call.tenant(), hook.webhook().id());
            company(call, "Fine");
            assertThat(told(call, hook)).hasSize(1);
            engine.clock().advance(wait.plus(wait.dividedBy(10)).plusSeconds(1));
        }
        dispatcher.turn(call.tenant(), hook.webhook().id());

        Delivery given = deliveries(call, hook).getLast();
        assertThat(given.state()).isEqualTo(State.FAILED);
        assertThat(given.attempts()).isEqualTo(WebhookTurn.WAITS.size() + 1);
        receiver.answer(message -> 200);
        engine.relata()
                .transactions()
                .call(
                        call,
                        sql -> engine.relata()
                                .webhooks()
                                .deliveries()
                                .again(sql, call, hook.webhook().id(), null));
        assertThat(told(call, hook))
                .extracting(Message::id)
                .containsExactly(given.id().toString());
    }

    @Test
    void asksNowAndThenWhetherWhoDoesNotAnswerIsBack() throws SQLException {
        CallContext call = jobs.member("sick");
        Webhooks.Made hook = hook(call, "company.created");
        for (int i = 0; i < 30; i++) {
            company(call, "Company " + i);
        }
        receiver.answer(message -> 503);
        dispatcher.turn(call.tenant(), hook.webhook().id());
        assertThat(receiver.asked()).isEqualTo(WebhookTurn.SICK);
        dispatcher.turn(call.tenant(), hook.webhook().id());
        assertThat(receiver.asked()).as("it rests").isZero();
        engine.clock().advance(Duration.ofSeconds(21));
        dispatcher.turn(call.tenant(), hook.webhook().id());
        assertThat(receiver.asked()).as("one tries").isOne();

        receiver.answer(message -> 200);
        engine.clock().advance(Duration.ofMinutes(2));
        assertThat(told(call, hook)).hasSizeGreaterThan(20);
        engine.clock().advance(Duration.ofMinutes(2));
        dispatcher.turn(call.tenant(), hook.webhook().id());
        assertThat(deliveries(call, hook)).hasSize(30).allMatch(one -> one.state() == State.DELIVERED);
    }

    @Test
    void tellsNoMoreWhoIsGoneOrFailsForDays() throws SQLException {
        CallContext call = jobs.member("gone");
        Webhooks.Made gone = hook(call, "company.created");
        company(call, "Unwanted");
        receiver.answer(message -> 410);
        dispatcher.turn(call.tenant(), gone.webhook().id());
        assertThat(now(call, gone).active()).isFalse();
        assertThat(now(call, gone).pausedBecause()).isEqualTo("gone");

        Webhooks.Made failing = hook(call, "company.created");
        receiver.answer(message -> 500);
        for (int i = 0; i < 80 && now(call, failing).active(); i++) {
            company(call, "Company " + i);
            dispatcher.turn(call.tenant(), failing.webhook().id());
            engine.clock().advance(Duration.ofHours(1));
        }
        assertThat(now(call, failing).pausedBecause()).isEqualTo("failing");
    }

    @Test
    void stopsWhenItsOwnerIsNoAdministratorAnyMore() throws SQLException {
        CallContext call = jobs.member("left");
        Webhooks.Made hook = hook(call, "company.created");
        company(call, "Secret");
        engine.database().update("update control.membership set role = 'user' where tenant_id = ?", call.tenant());

        assertThat(told(call, hook)).isEmpty();
        assertThat(now(call, hook).pausedBecause()).isEqualTo("owner");
    }

    @Test
    void anotherSecretCountsAtOnceAndTheOneBeforeForADay() throws Exception {
        CallContext call = jobs.member("secret");
        Webhooks.Made hook = hook(call, "company.created");
        Webhooks.Made renewed = engine.relata()
                .transactions()
                .call(
                        call,
                        sql -> engine.relata()
                                .webhooks()
                                .renewSecret(sql, call, hook.webhook().id()));
        company(call, "Both");
        Message both = told(call, hook).getFirst();
        assertThat(both.headers().getFirst("webhook-signature"))
                .isEqualTo(signature(renewed.secret(), both) + " " + signature(hook.secret(), both));
        engine.clock().advance(Duration.ofHours(25));
        company(call, "One");
        Message one = told(call, hook).getFirst();
        assertThat(one.headers().getFirst("webhook-signature")).isEqualTo(signature(renewed.secret(), one));
        assertThat(engine.database().all("select secret from relata.webhook"))
                .as("sealed")
                .noneMatch(secret -> secret.toString().contains(renewed.secret().substring(8)));
    }

    @Test
    void saysAllThatIsWrongAtOnce() throws Exception {
        CallContext call = jobs.member("wrong");
        JsonNode body = JSON.readTree("""
                {"url": "http://127.0.0.1/hook", "events": ["company.created", "company.sold", "nothing.*",
                 "company.field_updated.colour"], "skipOwn": "yes", "more": 1}""");
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> write(call, body));
        assertThat(refused.violations())
                .extracting(Violation::field)
                .containsExactlyInAnyOrder("name", "url", "events[1]", "events[2]", "events[3]", "skipOwn", "more");
        assertThat(engine.relata().webhooks().list(call)).isEmpty();
        ProblemException forbidden = catchThrowableOfType(
                ProblemException.class, () -> engine.relata().webhooks().list(TestCalls.user(call.tenant())));
        assertThat(forbidden.code()).isEqualTo(ProblemCode.FORBIDDEN);
    }

    @Test
    void triesWhatIsTypedWithoutAnEvent() throws SQLException {
        CallContext call = jobs.member("trial");
        Webhooks.Made hook = hook(call, "company.created");
        WebhookDispatcher.Trial trial = dispatcher.trial(call, hook.webhook().id());
        assertThat(trial.arrived()).isTrue();
        assertThat(receiver.take()).hasSize(1);
        receiver.answer(message -> 404);
        assertThat(dispatcher.trial(call, hook.webhook().id()).status()).isEqualTo(404);
        assertThat(deliveries(call, hook)).isEmpty();
    }

    @Test
    void whatIsSensitiveIsNotSentOut() throws Exception {
        CallContext call = jobs.member("sensitive");
        engine.relata().metadata().createEntity(call, JSON.readTree("""
                {"name": "c_patient", "label": {"en": "Patient"}, "pluralLabel": {"en": "Patients"},
                 "nameField": "c_name", "fields": [
                  {"name": "c_name", "type": "text", "required": true, "label": {"en": "Name"}},
                  {"name": "c_illness", "type": "text", "sensitive": true, "label": {"en": "Illness"}}]}"""));
        Webhooks.Made hook = hook(call, "c_patient.*");
        UUID patient = engine.create(call, "c_patient", "c_name", "Li Wei", "c_illness", "gout")
                .id();
        engine.relata().writer().delete(call, "c_patient", patient, null);

        List<Message> told = told(call, hook);
        assertThat(told).hasSize(2).noneMatch(message -> message.body().contains("gout"));
        assertThat(told).allMatch(message -> message.body().contains("Li Wei"));
        assertThat(told.getFirst().body()).contains("{\"property\":\"c_illness\",\"withheld\":true}");
    }

    @Test
    void whatWasToldIsForgottenAfterEightDays() throws SQLException {
        CallContext call = jobs.member("forgotten");
        Webhooks.Made hook = hook(call, "company.created");
        company(call, "Old");
        assertThat(told(call, hook)).hasSize(1);
        engine.clock().advance(Duration.ofDays(7));
        company(call, "New");
        assertThat(told(call, hook)).hasSize(1);
        engine.relata().clear();
        assertThat(deliveries(call, hook)).hasSize(2);
        engine.clock().advance(Duration.ofDays(2));
        engine.relata().clear();
        assertThat(deliveries(call, hook)).hasSize(1);
    }

    /// The process dies at each of its commits in turn, before and after the database has it: every change is told, and
    /// what is told twice has the same id.
    @Test
    void aProcessThatDiesLosesNothing() throws SQLException {
        CallContext call = jobs.member("killed");
        Webhooks.Made hook = hook(call, "company.*");
        List<String> names = new ArrayList<>();
        List<Message> all = new ArrayList<>();
        for (int commits = 1; commits <= 12; commits++) {
            for (FailingDataSource.Commit commit : FailingDataSource.Commit.values()) {
                for (int i = 0; i < 3; i++) {
                    String name = "Company " + commits + " " + commit + " " + i;
                    company(call, name);
                    names.add("company.created " + name);
                }
                die(call, hook, commits, commit);
                engine.clock().advance(Duration.ofMinutes(4));
                dispatcher.turn(call.tenant(), hook.webhook().id());
                all.addAll(receiver.take());
            }
        }
        assertThat(all.stream().map(Message::text).distinct()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(all.stream().map(Message::id).distinct()).hasSameSizeAs(names);
    }

    private void die(CallContext call, Webhooks.Made hook, int commits, FailingDataSource.Commit commit) {
        DataSource failing = FailingDataSource.failing(engine.database().application(), commits, commit);
        Webhooks.Parts parts = new Webhooks.Parts(
                new TenantTransaction(failing),
                engine.relata().metadata()::snapshot,
                engine.relata().trail(),
                engine.relata().vault(),
                engine.relata().outgoing(),
                engine.relata().ids(),
                engine.clock());
        try (WebhookDispatcher dying = new WebhookDispatcher(parts)) {
            dying.turn(call.tenant(), hook.webhook().id());
        } catch (RuntimeException died) {
            assertThat(died).hasRootCauseInstanceOf(SQLException.class);
        }
    }

    @Test
    void findsByItselfWhatThereIsToTell() throws Exception {
        CallContext call = jobs.member("itself");
        CallContext other = jobs.member("neighbour");
        Webhooks.Made hook = hook(call, "company.created");
        company(other, "Neighbour's");
        company(call, "Itself");
        try (WebhookDispatcher running = engine.relata().dispatcher()) {
            running.start();
            Instant end = Instant.now().plusSeconds(20);
            List<Message> told = new ArrayList<>();
            while (told.isEmpty() && Instant.now().isBefore(end)) {
                told.addAll(receiver.take());
                Thread.onSpinWait();
            }
            assertThat(told)
                    .as("%s %s", now(call, hook), deliveries(call, hook))
                    .extracting(Message::text)
                    .containsExactly("company.created Itself");
        }
    }
}
