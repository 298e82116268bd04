package io.relata.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.relata.core.FailingDataSource.Commit;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.job.Job;
import io.relata.core.job.JobError;
import io.relata.core.metadata.Edit;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.RecordData;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A field with a great many values becomes unique while people work.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UniqueInBackgroundTest {

    private static final int MANY = 12_000;

    private final LocalPostgres postgres;
    private TestEngine engine;
    private TestJobs jobs;
    private PlanService plans;

    UniqueInBackgroundTest(LocalPostgres postgres) {
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
    void takesTheValuesThoughProcessesDieAndPeopleWrite() throws SQLException {
        CallContext call = parts("unique-many");
        // Places that another test left free would be filled without the table growing.
        engine.database().update("vacuum (full, analyze) relata.unique_value");
        RecordData mine = engine.create(call, "c_part", "c_name", "mine", "c_code", "mine");
        Job job = begin(call);
        assertThat(field(call).unique()).as("names no record yet").isFalse();
        assertThat(field(call).claiming()).isTrue();
        jobs.killAt(call, 4, Commit.LOST);
        jobs.killAt(call, 3, Commit.DONE);
        engine.create(call, "c_part", "c_name", "new", "c_code", "new");
        assertThat(refusal(() -> engine.create(call, "c_part", "c_name", "x", "c_code", "new")))
                .isEqualTo("not-unique");
        engine.update(call, "c_part", mine.id(), "c_code", "still mine");
        engine.create(call, "c_part", "c_name", "other", "c_code", "mine");

        Job done = jobs.run(call, job);

        assertThat(done.state()).isEqualTo(Job.State.DONE);
        assertThat(done.counts().rejected()).isZero();
        assertThat(done.counts().processed()).isGreaterThanOrEqualTo(MANY);
        assertThat(field(call).unique()).isTrue();
        assertThat(taken(call)).isEqualTo(MANY + 3L);
        assertThat(
                        engine.database()
                                .count(
                                        "select count(*) from pg_class where oid = 'relata.unique_value'::regclass and reltuples > 5000"))
                .as("the database knows of the table that grew")
                .isOne();
        for (String code : new String[] {"code-1", "code-12000", "new", "mine", "still mine"}) {
            assertThat(refusal(() -> engine.create(call, "c_part", "c_name", "x", "c_code", code)))
                    .isEqualTo("not-unique");
        }
    }

    @Test
    void listsWhatIsThereTwiceAndLeavesTheFieldAsItWas() throws SQLException {
        CallContext call = parts("unique-twice");
        engine.database()
                .update(
                        "update relata.record_shared set data = jsonb_set(data, '{c_code}', '\"code-7\"')"
                                + " where tenant_id = ? and data ->> 'c_code' in ('code-11000', 'code-11001')",
                        call.tenant());
        Job job = begin(call);

        Job done = jobs.run(call, job);

        assertThat(done.problem()).isNull();
        assertThat(done.counts().processed()).isEqualTo(MANY);
        assertThat(done.counts().rejected()).isEqualTo(2);
        assertThat(jobs.work().jobs().errors(call, job.id(), 0, 10))
                .hasSize(2)
                .extracting(JobError::faults)
                .allSatisfy(faults -> {
                    assertThat(faults.getFirst().value()).isEqualTo("code-7");
                    assertThat(faults.getFirst().code()).isEqualTo("unique-clash");
                });
        assertThat(field(call).unique()).isFalse();
        assertThat(field(call).claiming()).isFalse();
        assertThat(taken(call)).isZero();
        engine.create(call, "c_part", "c_name", "x", "c_code", "code-7");
    }

    @Test
    void leavesTheFieldAsItWasWhenTheJobIsCancelled() throws SQLException {
        CallContext call = parts("unique-cancelled");
        Job job = begin(call);
        jobs.killAt(call, 4, Commit.LOST);
        jobs.work().jobs().cancel(call, job.id(), null);

        jobs.run(call, job);

        assertThat(field(call).claiming()).isFalse();
        assertThat(field(call).unique()).isFalse();
        assertThat(taken(call)).isZero();
    }

    private CallContext parts(String slug) throws SQLException {
        CallContext call = jobs.member(slug);
        plans.now(call, "Parts", changes("""
                {"op": "add", "component": "c_part", "value": {"label": {"en": "Part"}, "pluralLabel": {"en": "Parts"},
                  "fields": [{"name": "c_name", "type": "text", "label": {"en": "Name"}},
                             {"name": "c_code", "type": "text", "indexed": false, "label": {"en": "Code"}}]}}
                """));
        RecordData one = engine.create(call, "c_part", "c_name", "n", "c_code", "code-1");
        engine.database()
                .update(
                        "insert into relata.record_shared (tenant_id, entity_id, id, state, version, created_at, created_by,"
                                + " updated_at, updated_by, owner_id, data) select tenant_id, entity_id, gen_random_uuid(),"
                                + " state, version, created_at, created_by, updated_at, updated_by, owner_id,"
                                + " jsonb_set(data, '{c_code}', to_jsonb('code-' || n)) from relata.record_shared,"
                                + " generate_series(2, " + MANY + ") n where tenant_id = ? and id = ?",
                        call.tenant(),
                        one.id());
        return call;
    }

    private Job begin(CallContext call) {
        Plan plan = plans.now(call, "Unique", changes("""
                {"op": "change", "component": "c_part.c_code", "value": {"unique": true}}
                """));
        assertThat(plan.jobs()).hasSize(1);
        return jobs.work().jobs().find(call, plan.jobs().getFirst(), null);
    }

    private FieldDefinition field(CallContext call) {
        engine.clock().advance(Duration.ofSeconds(2));
        return engine.relata()
                .metadata()
                .snapshot(call.tenant())
                .entity("c_part")
                .flatMap(entity -> entity.field("c_code"))
                .orElseThrow();
    }

    private long taken(CallContext call) throws SQLException {
        return engine.database().count("select count(*) from relata.unique_value where tenant_id = ?", call.tenant());
    }

    private static String refusal(Runnable attempt) {
        String[] code = {""};
        assertThatThrownBy(attempt::run)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> code[0] = refused.violations().getFirst().code());
        return code[0];
    }

    private static Edit changes(String changes) {
        try {
            return Edit.changes(new ObjectMapper().readTree("[" + changes + "]"));
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException(exception);
        }
    }
}
