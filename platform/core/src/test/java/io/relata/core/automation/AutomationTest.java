package io.relata.core.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.FailingDataSource;
import io.relata.core.FailingDataSource.Commit;
import io.relata.core.TestCalls;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.automation.AutomationRun.State;
import io.relata.core.notification.Notification;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.query.RecordReader;
import io.relata.core.record.RecordData;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What a tenant has done by itself.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AutomationTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String UPDATED = "{'on': 'updated', 'fields': ['stage']}";
    private static final String CREATED = "{'on': 'created'}";

    private final LocalPostgres postgres;
    private TestEngine engine;
    private TestJobs jobs;
    private AutomationDispatcher dispatcher;

    AutomationTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException {
        engine = TestEngine.start(postgres, folder);
        jobs = TestJobs.of(engine);
        dispatcher = engine.relata().automationDispatcher();
    }

    @AfterAll
    void stop() {
        dispatcher.close();
        jobs.close();
        engine.close();
    }

    private Automations automations() {
        return engine.relata().automations();
    }

    private static JsonNode body(String entity, String trigger, @Nullable String condition, String steps) {
        try {
            return JSON.createObjectNode()
                    .put("name", "Follow up")
                    .put("entity", entity)
                    .put("condition", condition)
                    .<ObjectNode>set("trigger", JSON.readTree(trigger.replace('\'', '"')))
                    .set("steps", JSON.readTree(steps.replace('\'', '"').replace('`', '\'')));
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    private Automation automation(CallContext call, String entity, String trigger, String steps) {
        return automation(call, entity, trigger, null, steps);
    }

    private Automation automation(
            CallContext call, String entity, String trigger, @Nullable String condition, String steps) {
        JsonNode body = body(entity, trigger, condition, steps);
        return engine.relata().transactions().call(call, sql -> automations().create(sql, call, body));
    }

    private void turn(CallContext call, Automation automation) {
        dispatcher.turn(call.tenant(), automation.id());
    }

    private List<AutomationRun> runs(CallContext call, Automation automation) {
        return automations().runs().list(call, automation.id(), null, null, 100);
    }

    private RecordData record(CallContext call, String entity, UUID id) {
        return new RecordReader(engine.relata().transactions(), Duration.ofSeconds(10))
                .find(call, engine.relata().seen(call).entity(entity).orElseThrow(), id)
                .orElseThrow();
    }

    private UUID deal(CallContext call, @Nullable Object... more) {
        List<@Nullable Object> values = new ArrayList<>(List.of("name", "Deal"));
        values.addAll(Arrays.asList(more));
        return engine.create(call, "deal", values.toArray()).id();
    }

    private List<String> told(CallContext call) {
        return engine.relata().notifications().list(call, null, 50).stream()
                .map(Notification::text)
                .toList();
    }

    @Test
    void doesItsStepsWhenAFieldChangesAndTheConditionHolds() throws SQLException {
        CallContext call = jobs.member("steps");
        UUID before = deal(call, "stage", "won", "amount", new BigDecimal("5000"));
        Automation automation = automation(call, "deal", UPDATED, "stage == 'won' && amount > 1000", """
                [{'do': 'update', 'values': {'notes': '跟进'}, 'formulas': {'weight': 'amount * 2', 'due': 'closeDate'}},
                 {'do': 'notify', 'to': ['creator'], 'text': '{name} is {stage}: {amount}'}]""");
        UUID small = deal(call, "amount", new BigDecimal("10"));
        UUID large = deal(call, "amount", new BigDecimal("2000"), "closeDate", "2026-05-01");
        engine.update(call, "deal", small, "stage", "won");
        engine.update(call, "deal", large, "name", "Kestrel");
        engine.update(call, "deal", large, "stage", "won");

        turn(call, automation);

        RecordData done = record(call, "deal", large);
        assertThat(done.value("notes")).isEqualTo("跟进");
        assertThat((BigDecimal) done.value("weight")).isEqualByComparingTo("4000");
        assertThat(done.value("due")).isEqualTo(LocalDate.of(2026, 5, 1));
        assertThat(record(call, "deal", small).value("notes")).isNull();
        assertThat(record(call, "deal", before).value("notes")).isNull();
        assertThat(told(call)).containsExactly("Kestrel is Won: $2,000");
        assertThat(runs(call, automation)).singleElement().satisfies(run -> {
            assertThat(run.state()).isEqualTo(State.DONE);
            assertThat(run.log())
                    .extracting(AutomationRun.Entry::step, AutomationRun.Entry::outcome)
                    .containsExactly(tuple("steps[0]", "done"), tuple("steps[1]", "done"));
        });
        Automation now = automations().find(call, automation.id());
        assertThat(now.done()).isOne();
        assertThat(now.waiting()).isZero();
        turn(call, automation);
        assertThat(runs(call, automation)).as("not its own changes, and once").hasSize(1);
        assertThat(engine.database()
                        .count("select count(*) from relata.audit where record_id = '" + large
                                + "' and cause = 'automation:" + automation.id() + "'"))
                .isOne();
    }

    @Test
    void waitsAndBranches() throws SQLException {
        CallContext call = jobs.member("waits");
        Automation automation = automation(call, "deal", CREATED, """
                [{'do': 'wait', 'days': 2},
                 {'do': 'branch', 'if': 'hot == true',
                  'then': [{'do': 'update', 'values': {'urgent': true}}],
                  'else': [{'do': 'update', 'values': {'notes': 'cold'}}, {'do': 'stop'}]},
                 {'do': 'update', 'values': {'notes': 'after'}}]""");
        UUID hot = deal(call);
        UUID cold = deal(call);
        UUID gone = deal(call);
        turn(call, automation);
        assertThat(record(call, "deal", cold).value("notes")).isNull();
        engine.update(call, "deal", hot, "hot", true);
        engine.relata().writer().delete(call, "deal", gone, null);
        engine.clock().advance(Duration.ofDays(1));
        turn(call, automation);
        assertThat(runs(call, automation)).allMatch(run -> run.state() == State.WAITING);

        engine.clock().advance(Duration.ofDays(1));
        turn(call, automation);

        assertThat(record(call, "deal", hot).value("urgent")).isEqualTo(true);
        assertThat(record(call, "deal", hot).value("notes")).isEqualTo("after");
        assertThat(record(call, "deal", cold).value("notes")).isEqualTo("cold");
        assertThat(runs(call, automation))
                .extracting(AutomationRun::record, AutomationRun::state)
                .containsExactlyInAnyOrder(tuple(hot, State.DONE), tuple(cold, State.DONE), tuple(gone, State.STOPPED));
    }

    @Test
    void aWaitAtTheEndIsWaitedFor() throws SQLException {
        CallContext call = jobs.member("last");
        Automation automation = automation(call, "deal", CREATED, "[{'do': 'wait', 'hours': 1}]");
        deal(call);
        turn(call, automation);
        assertThat(runs(call, automation)).allMatch(run -> run.state() == State.WAITING);
        engine.clock().advance(Duration.ofHours(1));
        turn(call, automation);
        assertThat(runs(call, automation)).allMatch(run -> run.state() == State.DONE);
    }

    @Test
    void createsWhatBelongsToTheRecord() throws SQLException {
        CallContext call = jobs.member("creates");
        Automation automation = automation(call, "company", CREATED, """
                [{'do': 'create', 'entity': 'deal', 'values': {'stage': 'open'},
                  'formulas': {'name': '`First deal with ` + name'}, 'links': {'companyId': 'id'}}]""");
        UUID company = engine.create(call, "company", "name", "红隼 Kestrel").id();
        turn(call, automation);

        String made = runs(call, automation).getFirst().log().getFirst().detail();
        RecordData deal = record(call, "deal", UUID.fromString(String.valueOf(made)));
        assertThat(deal.value("name")).isEqualTo("First deal with 红隼 Kestrel");
        assertThat(deal.value("company")).isEqualTo(company);
    }

    @Test
    void givesRecordsToEachInTurn() throws SQLException {
        CallContext call = jobs.member("turns");
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        Automation automation = automation(
                call, "deal", CREATED, "[{'do': 'assign', 'owners': ['%s', '%s']}]".formatted(first, second));
        for (int round = 0; round < 2; round++) {
            IntStream.range(0, 5).forEach(i -> deal(call));
            turn(call, automation);
        }
        assertThat(owned(call, first)).isEqualTo(5);
        assertThat(owned(call, second)).isEqualTo(5);
    }

    private long owned(CallContext call, UUID owner) throws SQLException {
        return engine.database()
                .count("select count(*) from relata.record_deal where tenant_id = '" + call.tenant()
                        + "' and owner_id = '" + owner + "'");
    }

    @Test
    void keepsWhatIsRefusedUntilItIsTakenUpAgainOrLeftOut() throws SQLException {
        CallContext call = jobs.member("refused");
        Automation automation = automation(call, "company", CREATED, """
                [{'do': 'update', 'values': {'number': 'N-1'}},
                 {'do': 'update', 'values': {'phone': '+8613800138000'}}]""");
        UUID first = engine.create(call, "company", "name", "One").id();
        UUID second = engine.create(call, "company", "name", "Two").id();
        UUID third = engine.create(call, "company", "name", "Three").id();
        turn(call, automation);

        assertThat(record(call, "company", first).value("phone")).isEqualTo("+8613800138000");
        List<AutomationRun> failed = automations().runs().list(call, automation.id(), "failed", null, 10);
        assertThat(failed).extracting(AutomationRun::record).containsExactly(third, second);
        assertThat(failed.getFirst().reason()).extracting(Violation::code).containsExactly("not-unique-in-batch");
        assertThat(automations().find(call, automation.id()).failed()).isEqualTo(2);

        engine.update(call, "company", first, "number", "N-2");
        engine.relata()
                .transactions()
                .call(
                        call,
                        sql -> automations()
                                .runs()
                                .retry(
                                        sql,
                                        call,
                                        automation.id(),
                                        failed.getLast().id()));
        engine.relata()
                .transactions()
                .call(
                        call,
                        sql -> automations()
                                .runs()
                                .skip(
                                        sql,
                                        call,
                                        automation.id(),
                                        failed.getFirst().id()));
        turn(call, automation);

        assertThat(record(call, "company", second).value("number")).isEqualTo("N-1");
        assertThat(record(call, "company", third).value("number")).isNull();
        assertThat(record(call, "company", third).value("phone")).isEqualTo("+8613800138000");
        assertThat(runs(call, automation)).allMatch(run -> run.state() == State.DONE);
        assertThat(automations().find(call, automation.id()).failed()).isZero();
    }

    @Test
    void automationsThatSetOffEachOtherComeToAnEnd() throws SQLException {
        CallContext call = jobs.member("circle");
        Automation ping = automation(
                call,
                "deal",
                "{'on': 'updated', 'fields': ['weight']}",
                "[{'do': 'update', 'formulas': {'amount': 'amount + 1'}}]");
        Automation pong = automation(
                call,
                "deal",
                "{'on': 'updated', 'fields': ['amount']}",
                "[{'do': 'update', 'formulas': {'weight': 'weight + 1'}}]");
        UUID deal = deal(call, "amount", new BigDecimal("0"), "weight", new BigDecimal("0"));
        engine.update(call, "deal", deal, "weight", new BigDecimal("1"));
        for (int i = 0; i < 20; i++) {
            turn(call, ping);
            turn(call, pong);
        }
        List<AutomationRun> all = new ArrayList<>(runs(call, ping));
        all.addAll(runs(call, pong));
        assertThat(all).filteredOn(run -> run.state() == State.DONE).hasSize(NewRuns.DEEPEST);
        assertThat(all)
                .filteredOn(run -> run.state() == State.STOPPED)
                .singleElement()
                .satisfies(run ->
                        assertThat(run.reason()).extracting(Violation::code).containsExactly("automation-circle"));
    }

    @Test
    void looksForDaysInTheTenantsZone() throws SQLException {
        CallContext call = jobs.member("days");
        engine.database().update("update control.tenant set time_zone = 'Asia/Shanghai' where id = ?", call.tenant());
        Instant begin = engine.clock().instant();
        LocalDate today = LocalDate.ofInstant(begin, ZoneId.of("Asia/Shanghai"));
        Automation automation = automation(
                call,
                "deal",
                "{'on': 'date', 'field': 'closeDate', 'days': -7, 'at': '09:00'}",
                "stage == 'open'",
                "[{'do': 'update', 'values': {'urgent': true}}]");
        UUID tomorrow = deal(call, "closeDate", today.plusDays(8).toString());
        UUID later = deal(call, "closeDate", today.plusDays(9).toString());
        UUID won = deal(call, "closeDate", today.plusDays(8).toString(), "stage", "won");
        turn(call, automation);
        assertThat(record(call, "deal", tomorrow).value("urgent")).isNull();
        assertThat(automations().find(call, automation.id()).nextAt())
                .isEqualTo(
                        today.plusDays(begin.atZone(ZoneId.of("Asia/Shanghai")).getHour() >= 9 ? 1 : 0)
                                .atTime(9, 0)
                                .atZone(ZoneId.of("Asia/Shanghai"))
                                .toInstant());

        engine.clock().advance(Duration.ofDays(3));
        turn(call, automation);

        assertThat(record(call, "deal", tomorrow).value("urgent"))
                .as("made up for")
                .isEqualTo(true);
        assertThat(record(call, "deal", later).value("urgent")).isEqualTo(true);
        assertThat(record(call, "deal", won).value("urgent")).isNull();
        assertThat(runs(call, automation)).hasSize(2);
    }

    /// On the last Sunday of March 2026, 02:30 is put forward; on the last of October it comes twice.
    @Test
    void comesOnceOnEveryDayWhateverTheClockDoes() {
        Trigger.Timed timed = new Trigger.Scheduled(LocalTime.of(2, 30), Set.of());
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        ZonedDateTime at = ZonedDateTime.of(2026, 3, 27, 12, 0, 0, 0, berlin);
        List<String> times = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            at = timed.after(at);
            times.add(at.toLocalDateTime().toString());
        }
        assertThat(times)
                .containsExactly("2026-03-28T02:30", "2026-03-29T03:30", "2026-03-30T02:30", "2026-03-31T02:30");
        ZonedDateTime autumn = timed.after(ZonedDateTime.of(2026, 10, 25, 0, 0, 0, 0, berlin));
        assertThat(timed.after(autumn).toLocalDate()).isEqualTo(LocalDate.of(2026, 10, 26));
    }

    @Test
    void looksAtAllRecordsOnASchedule() throws SQLException {
        CallContext call = jobs.member("schedule");
        IntStream.range(0, 1_201).forEach(i -> deal(call));
        UUID hot = deal(call, "hot", true);
        Automation automation = automation(
                call,
                "deal",
                "{'on': 'schedule', 'at': '06:00'}",
                "hot == true",
                "[{'do': 'update', 'formulas': {'weight': 'coalesce(weight, 0) + 1'}}]");
        for (int day = 0; day < 2; day++) {
            engine.clock().advance(Duration.ofDays(1));
            turn(call, automation);
        }
        assertThat((BigDecimal) record(call, "deal", hot).value("weight")).isEqualByComparingTo("2");
        assertThat(runs(call, automation)).hasSize(2);
    }

    /// The process dies at each of its commits in turn, before and after the database has it.
    @Test
    void aProcessThatDiesDoesNothingTwiceAndLeavesNothingOut() throws SQLException {
        CallContext call = jobs.member("killed");
        Automation automation = automation(call, "company", CREATED, """
                [{'do': 'create', 'entity': 'deal', 'values': {'name': 'Made'}, 'links': {'companyId': 'id'}},
                 {'do': 'wait', 'minutes': 1},
                 {'do': 'create', 'entity': 'deal', 'values': {'name': 'Made'}, 'links': {'companyId': 'id'}}]""");
        int companies = 0;
        for (int commits = 1; commits <= 10; commits++) {
            for (Commit commit : Commit.values()) {
                engine.create(call, "company", "name", "Company " + commits + commit);
                companies++;
                die(call, automation, commits, commit);
                engine.clock().advance(Duration.ofMinutes(2));
                turn(call, automation);
            }
        }
        engine.clock().advance(Duration.ofMinutes(2));
        turn(call, automation);
        assertThat(engine.database()
                        .count("select count(*) from relata.record_deal where tenant_id = '" + call.tenant() + "'"))
                .isEqualTo(2L * companies);
        assertThat(automations().find(call, automation.id()).done()).isEqualTo(companies);
    }

    private void die(CallContext call, Automation automation, int commits, Commit commit) {
        DataSource failing = FailingDataSource.failing(engine.database().application(), commits, commit);
        Automations.Parts parts = new Automations.Parts(
                new TenantTransaction(failing),
                engine.relata().metadata()::snapshot,
                engine.relata().writer(),
                engine.relata().assignment(),
                engine.relata().notifications(),
                engine.relata().trail(),
                engine.relata().ids(),
                engine.clock());
        try (AutomationDispatcher dying = new AutomationDispatcher(parts)) {
            dying.turn(call.tenant(), automation.id());
        } catch (RuntimeException died) {
            assertThat(died).hasRootCauseInstanceOf(SQLException.class);
        }
    }

    @Test
    void saysEverythingThatIsWrong() throws SQLException {
        CallContext call = jobs.member("wrong");
        JsonNode body = body("deal", "{'on': 'date', 'field': 'name', 'at': '9 am'}", "amount > 'much'", """
                [{'do': 'update', 'values': {'score': 1, 'stage': 'never'}, 'formulas': {'amount': 'nothing + 1'}},
                 {'do': 'create', 'entity': 'ghost'},
                 {'do': 'notify', 'to': [], 'text': 'Hello {ghost}'},
                 {'do': 'wait'},
                 {'do': 'branch', 'if': 'amount', 'then': [{'do': 'dance'}]},
                 {'do': 'create', 'entity': 'company', 'values': {}, 'links': {'parentId': 'id'}}]""");
        ProblemException problem = catchThrowableOfType(
                ProblemException.class, () -> automations().trial().run(call, body));
        assertThat(problem.code()).isEqualTo(ProblemCode.VALIDATION);
        assertThat(problem.violations())
                .extracting(Violation::field)
                .containsExactlyInAnyOrder(
                        "trigger.at",
                        "trigger.field",
                        "condition",
                        "steps[0].values.score",
                        "steps[0].values.stage",
                        "steps[0].formulas.amount",
                        "steps[1].entity",
                        "steps[2].to",
                        "steps[2].text",
                        "steps[3].days",
                        "steps[4].if",
                        "steps[4].then[0].do",
                        "steps[5].links.parentId");
    }

    @Test
    void aTrialSaysWhatWouldBeDoneAndWritesNothing() throws SQLException {
        CallContext call = jobs.member("trial");
        UUID deal = deal(call, "amount", new BigDecimal("50"));
        deal(call, "amount", new BigDecimal("5"));
        AutomationTrial.Outcome outcome = automations()
                .trial()
                .run(
                        call,
                        body(
                                "deal",
                                UPDATED,
                                "amount > 10",
                                "[{'do': 'update', 'formulas': {'weight': 'amount + 1'}}, {'do': 'wait', 'days': 1},"
                                        + " {'do': 'branch', 'if': 'amount > 40',"
                                        + " 'then': [{'do': 'update', 'values': {'urgent': true}}]},"
                                        + " {'do': 'notify', 'to': ['owner'], 'text': '{name}: {amount}'}]"));
        assertThat(outcome.tried()).isEqualTo(2);
        assertThat(outcome.matching()).isOne();
        AutomationTrial.Sample sample = outcome.samples().getFirst();
        assertThat(sample.id()).isEqualTo(deal);
        assertThat(sample.read()).containsKey("amount");
        assertThat(sample.effects())
                .extracting(AutomationTrial.Effect::step)
                .containsExactly("steps[0]", "steps[2].then[0]", "steps[3]");
        assertThat(sample.effects().getLast().values()).containsEntry("text", "Deal: $50");
        assertThat(record(call, "deal", deal).value("weight")).isNull();
    }

    @Test
    void isBegunByHandByWhoMayChangeTheRecord() throws SQLException {
        CallContext call = jobs.member("hand");
        Automation automation =
                automation(call, "deal", "{'on': 'manual'}", "[{'do': 'update', 'values': {'urgent': true}}]");
        Automation other = automation(call, "deal", CREATED, "[{'do': 'stop'}]");
        UUID deal = deal(call);
        var entity = engine.relata().seen(call).entity("deal").orElseThrow();
        assertThat(automations().runs().offered(call, entity))
                .extracting(AutomationRuns.Offered::id)
                .containsExactly(automation.id());
        assertThat(begin(call, automation, deal)).isOne();
        turn(call, automation);
        assertThat(record(call, "deal", deal).value("urgent")).isEqualTo(true);

        CallContext stranger = stranger(call);
        assertThat(catchThrowableOfType(ProblemException.class, () -> begin(stranger, automation, deal))
                        .code())
                .isIn(ProblemCode.NOT_FOUND, ProblemCode.FORBIDDEN);
        assertThat(catchThrowableOfType(ProblemException.class, () -> begin(call, other, deal))
                        .code())
                .isEqualTo(ProblemCode.NOT_FOUND);
        CallContext neighbour = jobs.member("hand-neighbour");
        assertThat(catchThrowableOfType(ProblemException.class, () -> begin(neighbour, automation, deal))
                        .code())
                .isEqualTo(ProblemCode.NOT_FOUND);
    }

    /// A user who sees no records.
    private CallContext stranger(CallContext call) throws SQLException {
        CallContext stranger = TestCalls.user(call.tenant());
        engine.database()
                .update(
                        "insert into control.membership (tenant_id, user_id, kind, role, status, username, display_name,"
                                + " created_at) values (?, ?, 'person', 'user', 'active', 's', 'S', now())",
                        call.tenant(),
                        stranger.user());
        var access = engine.relata().access();
        access.put(call, "roles", "none", JSON.createObjectNode().set("entities", JSON.createObjectNode()));
        var body = JSON.createObjectNode();
        body.putArray("roles").add("none");
        access.put(call, "users", stranger.user().toString(), body);
        return stranger;
    }

    private int begin(CallContext call, Automation automation, UUID record) {
        return engine.relata()
                .writer()
                .transaction(call, tx -> automations().runs().begin(tx, automation.id(), List.of(record)));
    }

    @Test
    void tellsNobodyWhatTheyMayNotSee() throws SQLException {
        CallContext call = jobs.member("told");
        CallContext stranger = stranger(call);
        Automation automation = automation(
                call,
                "deal",
                CREATED,
                "[{'do': 'notify', 'to': ['owner', '%s'], 'text': '{name} worth {amount}'}]"
                        .formatted(stranger.user()));
        deal(call, "amount", new BigDecimal("7"));
        turn(call, automation);

        assertThat(told(call)).containsExactly("Deal worth $7");
        assertThat(engine.relata().notifications().list(stranger, null, 10))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.text()).isEqualTo("– worth –");
                    assertThat(one.record()).isNull();
                });
        assertThat(engine.relata().notifications().unread(call)).isOne();
        engine.relata().transactions().call(call, sql -> {
            engine.relata().notifications().read(sql, call, null);
            return true;
        });
        assertThat(engine.relata().notifications().unread(call)).isZero();
        assertThat(engine.relata().notifications().unread(stranger)).isOne();
    }

    @Test
    void restsWhenTheOneWhoMadeItAdministersNoLonger() throws SQLException {
        CallContext call = jobs.member("gone");
        Automation automation = automation(call, "deal", CREATED, "[{'do': 'update', 'values': {'urgent': true}}]");
        deal(call);
        engine.database().update("update control.membership set role = 'user' where tenant_id = ?", call.tenant());
        turn(call, automation);
        Automation now = automations().find(call, automation.id());
        assertThat(now.active()).isFalse();
        assertThat(now.pausedBecause()).isEqualTo("owner");
        assertThat(now.done()).isZero();
    }

    @Test
    void runsGoOnAsTheyBeganWhenTheAutomationChanges() throws SQLException {
        CallContext call = jobs.member("versions");
        Automation automation = automation(
                call, "deal", CREATED, "[{'do': 'wait', 'hours': 1}, {'do': 'update', 'values': {'notes': 'first'}}]");
        UUID old = deal(call);
        turn(call, automation);
        JsonNode changed = body("deal", CREATED, null, "[{'do': 'update', 'values': {'notes': 'second'}}]");
        Automation second = engine.relata()
                .transactions()
                .call(call, sql -> automations().replace(sql, call, automation.id(), changed));
        UUID fresh = deal(call);
        engine.clock().advance(Duration.ofHours(2));
        turn(call, second);

        assertThat(second.version()).isEqualTo(2);
        assertThat(record(call, "deal", old).value("notes")).isEqualTo("first");
        assertThat(record(call, "deal", fresh).value("notes")).isEqualTo("second");
        assertThat(automations().versions(call, automation.id()))
                .extracting(Automation.Version::version)
                .containsExactly(2, 1);
    }

    @Test
    void findsByItselfWhatThereIsToDo() throws Exception {
        CallContext call = jobs.member("itself");
        automation(call, "deal", CREATED, "[{'do': 'update', 'values': {'urgent': true}}]");
        UUID deal = deal(call);
        try (AutomationDispatcher running = engine.relata().automationDispatcher()) {
            running.start();
            Instant end = Instant.now().plusSeconds(20);
            while (record(call, "deal", deal).value("urgent") == null
                    && Instant.now().isBefore(end)) {
                Thread.onSpinWait();
            }
            assertThat(record(call, "deal", deal).value("urgent")).isEqualTo(true);
        }
    }
}
