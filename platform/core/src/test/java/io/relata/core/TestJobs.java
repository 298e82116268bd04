package io.relata.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.core.FailingDataSource.Commit;
import io.relata.core.job.Job;
import io.relata.core.job.JobRunner;
import io.relata.core.job.JobRunner.TurnEnd;
import io.relata.core.odata.ODataService;
import io.relata.core.query.RecordReader;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/// Jobs on an engine, with runners that are processes of their own.
public record TestJobs(TestEngine engine, ODataService odata, BackgroundWork work) implements AutoCloseable {

    /// Starts nothing: a test takes the turns.
    public static TestJobs of(TestEngine engine) {
        ODataService odata = new ODataService(
                engine.relata().metadata()::snapshot,
                new RecordReader(engine.relata().transactions(), Duration.ofSeconds(10))
                        .opening(engine.relata().vault()),
                engine.clock(),
                URI.create("http://localhost/api/v1/data/"));
        return new TestJobs(engine, odata, BackgroundWork.of(engine.relata(), odata, task -> {}));
    }

    /// Returns a member of a new tenant.
    public CallContext member(String slug) throws SQLException {
        CallContext call = engine.tenant(slug);
        engine.database()
                .update(
                        "insert into control.membership (tenant_id, user_id, kind, role, status, username, display_name, created_at)"
                                + " values (?, ?, 'person', 'administrator', 'active', 'u', 'U', now())",
                        call.tenant(),
                        call.user());
        return call;
    }

    public JobRunner runner() {
        return runner(engine.database().application());
    }

    /// Returns a process of its own that reaches the database through the source.
    public JobRunner runner(DataSource source) {
        return new JobRunner(
                new TenantTransaction(source), BackgroundWork.kinds(engine.relata(), odata), engine.clock());
    }

    /// Works on the tenant's jobs to their end, whoever had the turn before.
    public Job run(CallContext call, Job job) throws SQLException {
        engine.database()
                .update(
                        "update relata.job set lease_until = now() - interval '1 s' where tenant_id = ?",
                        call.tenant());
        TurnEnd end = TurnEnd.FINISHED;
        while (end == TurnEnd.FINISHED) {
            end = runner().turn(call.tenant(), () -> false);
        }
        return work.jobs().find(call, job.id(), null);
    }

    /// Works on the tenant's jobs until the process dies with its n-th commit.
    public void killAt(CallContext call, int commits, Commit commit) {
        JobRunner dying = runner(FailingDataSource.failing(engine.database().application(), commits, commit));
        try {
            dying.turn(call.tenant(), () -> false);
        } catch (RuntimeException died) {
            assertThat(died).hasRootCauseInstanceOf(SQLException.class);
        }
    }

    @Override
    public void close() {
        work.close();
    }
}
