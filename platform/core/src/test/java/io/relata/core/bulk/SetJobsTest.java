package io.relata.core.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.relata.core.BackgroundWork;
import io.relata.core.FailingDataSource.Commit;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.bulk.SetKind.Operation;
import io.relata.core.job.Job;
import io.relata.core.job.JobCounts;
import io.relata.core.job.JobError;
import io.relata.core.job.JobRunner.TurnEnd;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.RecordData;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Jobs that do the same to all records that match.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SetJobsTest {

    private static final int COMPANIES = 1_100;

    private final LocalPostgres postgres;
    private TestEngine engine;
    private TestJobs jobs;

    SetJobsTest(LocalPostgres postgres) {
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

    @Test
    void changesWhatMatchesAndNothingElse() throws SQLException {
        CallContext call = jobs.member("update");
        fill(call);

        Job job = jobs.run(
                call,
                submit(call, Operation.UPDATE, "employees lt 1000", "{\"phone\": \"12345\", \"employees\": 5000}"));

        assertThat(job.state()).isEqualTo(Job.State.DONE);
        assertThat(job.total()).isEqualTo(1_000);
        assertThat(job.counts()).isEqualTo(new JobCounts(1_000, 0, 1_000, 0, 0, 0, 0));
        assertThat(count(call, "t04 = '12345' and n01 = 5000 and version = 2")).isEqualTo(1_000);
        assertThat(count(call, "version = 1")).isEqualTo(COMPANIES - 1_000);
        assertThat(engine.database().count("select count(*) from relata.outbox where tenant_id = ?", call.tenant()))
                .isEqualTo(COMPANIES + 1_000);
    }

    @Test
    void keepsTheReasonOfEachRecordThatIsRefused() throws SQLException {
        CallContext call = jobs.member("errors");
        engine.create(call, "deal", "name", "A", "notes", "x");
        RecordData hooked = engine.create(call, "deal", "name", "B", "notes", "x");
        engine.database().update("update relata.record_deal set t01 = 'refused' where id = ?", hooked.id());

        Job job = jobs.run(call, submit(call, "deals", Operation.UPDATE, "notes eq 'x'", "{\"amount\": 7.5}"));

        assertThat(job.counts()).isEqualTo(new JobCounts(2, 0, 1, 0, 0, 0, 1));
        List<JobError> errors = jobs.work().jobs().errors(call, job.id(), 0, 10);
        assertThat(errors).hasSize(1);
        assertThat(errors.getFirst().recordId()).isEqualTo(hooked.id());
        assertThat(errors.getFirst().faults().getFirst().code()).isEqualTo("hook-rejected");
    }

    @Test
    void deletesAndRestoresByFilter() throws SQLException {
        CallContext call = jobs.member("delete");
        fill(call);

        Job deleted = jobs.run(call, submit(call, Operation.DELETE, "employees ge 600", null));
        Job restored = jobs.run(
                call, submit(call, Operation.RESTORE, "employees ge 1000 and updatedBy eq " + call.user(), null));

        assertThat(deleted.counts().deleted()).isEqualTo(500);
        assertThat(restored.counts().restored()).isEqualTo(100);
        assertThat(count(call, "state = 0")).isEqualTo(COMPANIES - 400);
        assertThat(engine.database()
                        .count("select count(*) from relata.unique_value where tenant_id = ?", call.tenant()))
                .isEqualTo(COMPANIES - 400);
    }

    @Test
    void leavesRecordsAloneThatWereMadeLater() throws SQLException {
        CallContext call = jobs.member("later");
        engine.create(call, "company", "name", "Old");
        Job job = submit(call, Operation.UPDATE, "id ne null", "{\"phone\": \"12345\"}");
        engine.create(call, "company", "name", "New");

        jobs.run(call, job);

        assertThat(engine.database()
                        .all(
                                "select t01 from relata.record_shared where tenant_id = ? and t04 is not null",
                                call.tenant()))
                .containsExactly("Old");
    }

    @Test
    void doesEveryRecordOnceWhenAProcessDies() throws SQLException {
        for (int commit = 1; commit <= 5; commit++) {
            for (Commit fate : Commit.values()) {
                CallContext call = jobs.member("dies" + commit);
                fill(call);
                // A change of what the filter asks for: a record done twice would show.
                Job job = submit(call, Operation.UPDATE, "employees lt 5000", "{\"employees\": 1}");
                jobs.killAt(call, commit, fate);

                Job after = jobs.run(call, job);

                assertThat(after.state())
                        .as("killed at commit %s, %s", commit, fate)
                        .isEqualTo(Job.State.DONE);
                assertThat(after.counts().processed()).isEqualTo(COMPANIES);
                assertThat(count(call, "n01 = 1 and version = 2")).isEqualTo(COMPANIES - 1);
                assertThat(after.counts().unchanged()).isEqualTo(1);
            }
        }
    }

    @Test
    void stopsBetweenBatchesWhenAsked() throws SQLException {
        CallContext call = jobs.member("cancel");
        fill(call);
        Job job = submit(call, Operation.DELETE, "id ne null", null);
        AtomicInteger asked = new AtomicInteger();

        TurnEnd end = jobs.runner().turn(call.tenant(), () -> {
            if (asked.incrementAndGet() == 2) {
                jobs.work().jobs().cancel(call, job.id(), null);
            }
            return false;
        });

        assertThat(end).isEqualTo(TurnEnd.FINISHED);
        assertThat(jobs.work().jobs().find(call, job.id(), null).state()).isEqualTo(Job.State.CANCELLED);
        assertThat(count(call, "state = 1")).isEqualTo(500);
    }

    @Test
    void asksAgainWhetherWhoAskedMay() throws SQLException {
        CallContext call = jobs.member("gone");
        fill(call);
        Job job = submit(call, Operation.DELETE, "id ne null", null);
        engine.database().update("update control.membership set status = 'removed' where tenant_id = ?", call.tenant());

        Job after = jobs.run(call, job);

        assertThat(after.problem()).isEqualTo(new Job.Failure("job.requester-gone", List.of()));
        assertThat(count(call, "state = 1")).isZero();
    }

    @Test
    void endsWhenItsAdministratorIsNoneAnyMore() throws SQLException {
        CallContext call = jobs.member("demoted");
        fill(call);
        Job job = submit(call, Operation.DELETE, "id ne null", null);
        engine.database().update("update control.membership set role = 'user' where tenant_id = ?", call.tenant());

        Job after = jobs.run(call, job);

        assertThat(after.problem()).isEqualTo(new Job.Failure("job.requester-gone", List.of()));
        assertThat(count(call, "state = 1")).isZero();
    }

    @Test
    void refusesWhatNoRecordCouldTakeBeforeItBegins() throws SQLException {
        CallContext call = jobs.member("refused");

        assertThat(codes(
                        call,
                        Operation.UPDATE,
                        " ",
                        "{\"nme\": 1, \"employees\": -1, \"name\": null, \"number\": \"1\", \"id\": \"x\"}"))
                .containsExactly(
                        "filter job-filter-required",
                        "values.nme unknown-field",
                        "values.employees too-small",
                        "values.name required",
                        "values.number not-unique-for-many",
                        "values.id read-only");
        assertThat(codes(call, Operation.UPDATE, "id ne null", "{}")).containsExactly("values expects-object");
        assertThat(codes(call, Operation.DELETE, "id ne null", "{\"name\": \"x\"}"))
                .containsExactly("values bulk-not-with-op");
        ProblemException filter =
                catchThrowableOfType(ProblemException.class, () -> submit(call, Operation.DELETE, "nme eq 'x'", null));
        assertThat(filter.detail()).isEqualTo("query-unknown-name");
    }

    private List<String> codes(CallContext call, Operation operation, String filter, String values) {
        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> submit(call, operation, filter, values));
        return problem.violations().stream()
                .map(violation -> violation.field() + " " + violation.code())
                .toList();
    }

    private Job submit(CallContext call, Operation operation, String filter, @Nullable String values) {
        return submit(call, "companies", operation, filter, values);
    }

    private Job submit(CallContext call, String set, Operation operation, String filter, @Nullable String values) {
        BackgroundWork work = jobs.work();
        SetJobs.Checked checked = work.sets()
                .check(
                        call,
                        new SetJobs.Wish(
                                operation, set, filter, values == null ? MissingNode.getInstance() : json(values)));
        return engine.relata().writer().transaction(call, tx -> work.sets().submit(tx, checked));
    }

    /// Companies with 0, 1, 2, … employees.
    private void fill(CallContext call) {
        engine.relata().writer().transaction(call, tx -> {
            BulkCall bulk = new BulkCall(engine.relata().writer(), tx, tx.entity("company"));
            for (long i = 0; i < COMPANIES; i++) {
                bulk.add(Map.of("op", "create", "values", Map.of("name", "C" + i, "number", "N" + i, "employees", i)));
            }
            return bulk.finish(true);
        });
    }

    private long count(CallContext call, String condition) throws SQLException {
        return engine.database()
                .count("select count(*) from relata.record_shared where tenant_id = ? and " + condition, call.tenant());
    }

    private static JsonNode json(String text) {
        try {
            return JsonMapper.builder().build().readTree(text);
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException(exception);
        }
    }
}
