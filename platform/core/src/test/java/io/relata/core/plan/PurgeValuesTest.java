package io.relata.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.relata.core.FailingDataSource.Commit;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.job.Job;
import io.relata.core.metadata.Edit;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.RecordData;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PurgeValuesTest {

    private static final String GUEST = """
            {"op": "add", "component": "c_guest", "value": {"label": {"en": "Guest"}, "pluralLabel": {"en": "Guests"},
              "fields": [
                {"name": "c_name", "type": "text", "label": {"en": "Name"}},
                {"name": "c_passport", "type": "text", "indexed": true, "unique": true, "label": {"en": "Passport"}},
                {"name": "c_note", "type": "text", "indexed": false, "searchable": true, "label": {"en": "Note"}},
                {"name": "c_tags", "type": "tags", "label": {"en": "Tags"}},
                {"name": "c_pin", "type": "encryptedText", "label": {"en": "Pin"}},
                {"name": "c_kept", "type": "text", "indexed": false, "label": {"en": "Kept"}}]}}
            """;

    private final LocalPostgres postgres;
    private TestEngine engine;
    private TestJobs jobs;
    private PlanService plans;

    PurgeValuesTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException {
        engine = TestEngine.start(postgres, folder);
        jobs = TestJobs.of(engine);
        plans = jobs.work().plans();
    }

    @AfterAll
    void stop() {
        jobs.close();
        engine.close();
    }

    @Test
    void takesWhatARemovedFieldHeldAwayForGoodThoughProcessesDie() throws SQLException {
        CallContext call = jobs.member("purge-removed");
        plans.now(call, "Guests", changes(GUEST));
        RecordData guest = guest(call, "A", "P-1");
        for (int i = 0; i < 700; i++) {
            guest(call, "G" + i, "Q-" + i);
        }
        engine.relata().writer().delete(call, "c_guest", guest(call, "Z", "P-2").id(), null);
        Plan removal = plans.now(call, "Less", changes(removals("c_passport", "c_note", "c_tags", "c_pin")));
        assertThat(plans.kept(call, List.of(removal)).get(removal.id())).hasSize(4);
        assertThatThrownBy(() -> plans.purge(call, removal.id(), List.of()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        early ->
                                assertThat(early.violations().getFirst().code()).isEqualTo("purge-too-early"));
        engine.clock().advance(Duration.ofDays(31));

        List<UUID> begun = plans.purge(call, removal.id(), List.of());
        assertThat(plans.purge(call, removal.id(), List.of()))
                .as("asked for once more")
                .isEqualTo(begun);
        jobs.killAt(call, 3, Commit.LOST);
        jobs.killAt(call, 2, Commit.DONE);
        for (UUID job : begun) {
            Job done = jobs.run(call, jobs.work().jobs().find(call, job, null));
            assertThat(done.state()).isEqualTo(Job.State.DONE);
            assertThat(done.counts().updated()).isEqualTo(702);
        }

        assertThat(stored(
                        call,
                        "record_shared where (data::text like '%secret%' or to_jsonb(record_shared)::text like"
                                + " '%Q-%' or to_jsonb(record_shared)::text like '%vip%')"
                                + " and tenant_id = ?"))
                .isZero();
        assertThat(stored(call, "record_shared where data::text ~ 'c_(passport|note|tags|pin)' and tenant_id = ?"))
                .isZero();
        assertThat(stored(call, "list_item where tenant_id = ?")).isZero();
        assertThat(stored(call, "unique_value where tenant_id = ?")).isZero();
        assertThat(engine.update(call, "c_guest", guest.id(), "c_name", "B").value("c_kept"))
                .isEqualTo("stays");
        assertThat(plans.kept(call, List.of(removal)).get(removal.id())).isEmpty();

        plans.apply(call, plans.revert(call, removal.id()).id());

        RecordData after = engine.update(call, "c_guest", guest.id(), "c_name", "C");
        assertThat(after.value("c_passport")).isNull();
        assertThat(after.value("c_note")).isNull();
    }

    @Test
    void takesAwayWhatAFieldHeldBeforeItGotAnotherType() throws SQLException {
        CallContext call = jobs.member("purge-type");
        plans.now(call, "Guests", changes(GUEST));
        RecordData guest = engine.create(call, "c_guest", "c_name", "A", "c_note", "12 secret", "c_kept", "12");
        Plan plan = plans.now(call, "Number", changes("""
                {"op": "change", "component": "c_guest.c_kept", "value": {"type": "integer"}}
                """));
        jobs.run(call, jobs.work().jobs().find(call, plan.jobs().getFirst(), null));
        engine.clock().advance(Duration.ofDays(31));
        assertThat(stored(call, "record_shared where data::text like '%\"12\"%' and tenant_id = ?"))
                .isOne();

        for (UUID job : plans.purge(call, plan.id(), List.of())) {
            jobs.run(call, jobs.work().jobs().find(call, job, null));
        }

        assertThat(stored(call, "record_shared where data::text like '%\"12\"%' and tenant_id = ?"))
                .isZero();
        assertThat(engine.update(call, "c_guest", guest.id(), "c_name", "B").value("c_kept"))
                .isEqualTo(12L);
        assertThatThrownBy(() -> plans.purge(call, plan.id(), List.of()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        nothing -> assertThat(nothing.violations().getFirst().code())
                                .isEqualTo("plan-keeps-nothing"));
    }

    private RecordData guest(CallContext call, String name, String passport) {
        return engine.create(
                call,
                "c_guest",
                "c_name",
                name,
                "c_passport",
                passport,
                "c_note",
                "secret " + name,
                "c_tags",
                List.of("vip"),
                "c_pin",
                "4711",
                "c_kept",
                "stays");
    }

    private long stored(CallContext call, String what) throws SQLException {
        return engine.database().count("select count(*) from relata." + what, call.tenant());
    }

    private static String removals(String... fields) {
        StringBuilder removals = new StringBuilder();
        for (String field : fields) {
            removals.append(removals.isEmpty() ? "" : ",")
                    .append("{\"op\": \"remove\", \"component\": \"c_guest." + field + "\"}");
        }
        return removals.toString();
    }

    private static Edit changes(String changes) {
        try {
            return Edit.changes(new ObjectMapper().readTree("[" + changes + "]"));
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException(exception);
        }
    }
}
