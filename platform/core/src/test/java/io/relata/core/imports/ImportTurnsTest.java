package io.relata.core.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.core.BackgroundWork;
import io.relata.core.FailingDataSource;
import io.relata.core.FailingDataSource.Commit;
import io.relata.core.TestDatabase;
import io.relata.core.job.Job;
import io.relata.core.job.Job.State;
import io.relata.core.job.JobRunner;
import io.relata.core.job.JobRunner.TurnEnd;
import io.relata.core.plugin.TestSolution;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Who works on an import, and that every row is done exactly once whatever happens to them.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportTurnsTest {

    private static final String MAPPING =
            "{\"entity\":\"company\",\"key\":\"number\",\"columns\":[{\"column\":\"no\",\"field\":\"number\"},{\"column\":\"name\",\"field\":\"name\"},{\"column\":\"staff\",\"field\":\"employees\"}]}";

    /// Without a key a row done twice would show as a second record.
    private static final String WITHOUT_KEY =
            "{\"entity\":\"company\",\"columns\":[{\"column\":\"name\",\"field\":\"name\"},{\"column\":\"staff\",\"field\":\"employees\"}]}";

    private static final int ROWS = 1_100;
    private static final int BATCHES = 3;

    private final LocalPostgres postgres;
    private TestDatabase database;
    private ImportWorld world;

    ImportTurnsTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void create(@TempDir Path plugins, @TempDir Path files) throws IOException, SQLException {
        TestSolution.writeTo(plugins);
        database = TestDatabase.create(postgres, plugins);
        world = ImportWorld.create(database, plugins, files);
    }

    @AfterAll
    void close() {
        world.close();
    }

    @ParameterizedTest
    @EnumSource(Commit.class)
    void goesOnExactlyWhereADeadProcessStopped(Commit commit) throws IOException, SQLException {
        CallContext undisturbed = world.member();
        world.run(undisturbed, WITHOUT_KEY, csv());
        List<Object> expected = world.records(undisturbed, "record_shared", "t01, n01");

        // One commit to take the turn, one a batch, one to end.
        for (int failAt = 1; failAt <= BATCHES + 2; failAt++) {
            CallContext context = world.member();
            ImportJob job = world.submit(context, WITHOUT_KEY, csv());
            killAt(context, failAt, commit);
            endLease(context);

            world.turn(context);

            ImportJob after = world.imports().find(context, job.id());
            assertThat(after.state()).as("killed at commit %s", failAt).isEqualTo(State.DONE);
            assertThat(after.counts()).isEqualTo(new ImportCounts(ROWS, ROWS - 2, 0, 0, 2));
            assertThat(world.records(context, "record_shared", "t01, n01")).isEqualTo(expected);
            assertThat(world.rejects(context, job)).hasSize(2);
            assertThat(world.count(context, "audit")).isEqualTo(ROWS - 2);
            assertThat(world.count(context, "outbox")).isEqualTo(ROWS - 2);
        }
    }

    private void killAt(CallContext context, int commits, Commit commit) {
        JobRunner dying = world.runner(FailingDataSource.failing(database.application(), commits, commit));
        try {
            dying.turn(context.tenant(), () -> false);
        } catch (RuntimeException died) {
            assertThat(died).hasRootCauseInstanceOf(SQLException.class);
        }
    }

    private void endLease(CallContext context) throws SQLException {
        database.update(
                "update relata.job set lease_until = now() - interval '1 s' where tenant_id = ?", context.tenant());
    }

    @Test
    void leavesAJobToTheProcessThatHasIt() throws IOException, SQLException {
        CallContext context = world.member();
        world.submit(context, MAPPING, csv());
        killAt(context, 2, Commit.DONE);

        assertThat(world.turn(context)).isEqualTo(TurnEnd.IDLE);

        endLease(context);
        assertThat(world.turn(context)).isEqualTo(TurnEnd.FINISHED);
    }

    @Test
    void rollsBackTheBatchOfAProcessThatLostItsTurn() throws IOException, SQLException {
        CallContext context = world.member();
        ImportJob job = world.submit(context, WITHOUT_KEY, csv());
        AtomicInteger asked = new AtomicInteger();
        JobRunner slow = world.runner();

        // Before its third batch it is so slow that another takes over.
        TurnEnd end = slow.turn(context.tenant(), () -> {
            if (asked.incrementAndGet() == 3) {
                takeOver(context);
            }
            return false;
        });

        assertThat(end).isEqualTo(TurnEnd.IDLE);
        assertThat(world.imports().find(context, job.id()).state()).isEqualTo(State.DONE);
        assertThat(world.count(context, "record_shared")).isEqualTo(ROWS - 2);
    }

    private void takeOver(CallContext context) {
        try {
            endLease(context);
            world.turn(context);
        } catch (SQLException exception) {
            throw new AssertionError(exception);
        }
    }

    @Test
    void letsOthersGoFirstAndGoesOnLater() throws IOException, SQLException {
        CallContext context = world.member();
        ImportJob job = world.submit(context, MAPPING, csv());
        AtomicInteger asked = new AtomicInteger();

        assertThat(world.runner().turn(context.tenant(), () -> asked.incrementAndGet() > 2))
                .isEqualTo(TurnEnd.YIELDED);
        assertThat(world.imports().find(context, job.id()).counts().processed()).isEqualTo(1_000);

        assertThat(world.turn(context)).isEqualTo(TurnEnd.FINISHED);
        assertThat(world.count(context, "record_shared")).isEqualTo(ROWS - 2);
    }

    @Test
    void takesATenantsJobsInTheOrderTheyCame() throws IOException, SQLException {
        CallContext context = world.member();
        ImportJob first = world.submit(context, MAPPING, "no,name,staff\n1,First,1\n");
        ImportJob second = world.submit(context, MAPPING, "no,name,staff\n1,Second,1\n");

        world.turn(context);
        assertThat(world.imports().find(context, first.id()).state()).isEqualTo(State.DONE);
        assertThat(world.imports().find(context, second.id()).state()).isEqualTo(State.QUEUED);
        world.turn(context);

        assertThat(world.records(context, "record_shared", "t01")).containsExactly("Second|2");
    }

    @Test
    void stopsBetweenBatchesWhenAsked() throws IOException, SQLException {
        CallContext context = world.member();
        ImportJob job = world.submit(context, MAPPING, csv());
        AtomicInteger asked = new AtomicInteger();

        world.runner().turn(context.tenant(), () -> {
            if (asked.incrementAndGet() == 2) {
                world.imports().cancel(context, job.id());
            }
            return false;
        });

        ImportJob after = world.imports().find(context, job.id());
        assertThat(after.state()).isEqualTo(State.CANCELLED);
        assertThat(after.counts().processed()).isEqualTo(500);
        assertThat(world.count(context, "record_shared")).isEqualTo(499);
        assertThat(world.imports().cancel(context, job.id()).state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void neverBeginsAJobCancelledInTime() throws IOException, SQLException {
        CallContext context = world.member();
        ImportJob job = world.submit(context, MAPPING, csv());

        assertThat(world.imports().cancel(context, job.id()).state()).isEqualTo(State.CANCELLED);
        assertThat(world.turn(context)).isEqualTo(TurnEnd.IDLE);
        assertThat(world.count(context, "record_shared")).isZero();
    }

    @Test
    void restsWhileTheTenantIsSuspended() throws IOException, SQLException {
        CallContext context = world.member();
        ImportJob job = world.submit(context, MAPPING, csv());
        status(context, "suspended");

        assertThat(world.turn(context)).isEqualTo(TurnEnd.IDLE);
        assertThat(world.count(context, "record_shared")).isZero();

        status(context, "active");
        world.turn(context);
        assertThat(world.imports().find(context, job.id()).state()).isEqualTo(State.DONE);
    }

    private void status(CallContext context, String status) throws SQLException {
        database.update("update control.tenant set status = ? where id = ?", status, context.tenant());
    }

    @Test
    void failsWhenWhoeverAskedIsNoLongerAMember() throws IOException, SQLException {
        CallContext context = world.member();
        ImportJob job = world.submit(context, MAPPING, csv());
        database.update("update control.membership set status = 'removed' where tenant_id = ?", context.tenant());

        world.turn(context);

        ImportJob after = world.imports().find(context, job.id());
        assertThat(after.state()).isEqualTo(State.FAILED);
        assertThat(after.problem()).isEqualTo(new Job.Failure("job.requester-gone", List.of()));
        assertThat(world.count(context, "record_shared")).isZero();
    }

    @Test
    void givesAJobUpThatNeverGetsOn() throws IOException, SQLException {
        CallContext context = world.member();
        ImportJob job = world.submit(context, MAPPING, csv());
        for (int attempt = 0; attempt < 5; attempt++) {
            killAt(context, 2, Commit.LOST);
            endLease(context);
        }

        world.turn(context);

        ImportJob after = world.imports().find(context, job.id());
        assertThat(after.state()).isEqualTo(State.FAILED);
        assertThat(after.problem()).isEqualTo(new Job.Failure("job.given-up", List.of(0)));
    }

    @Test
    @Timeout(60)
    void findsTheWorkOfAllTenantsByItself() throws IOException, SQLException, InterruptedException {
        CallContext one = world.member();
        CallContext other = world.member();
        ImportJob ones = world.submit(one, MAPPING, csv());
        ImportJob others = world.submit(other, MAPPING, csv());
        try (ExecutorService threads = Executors.newCachedThreadPool();
                BackgroundWork started =
                        BackgroundWork.of(world.relata(), ImportWorld.odata(world.relata()), threads)) {
            started.start();
            while (!ended(one, ones.id()) || !ended(other, others.id())) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }

        assertThat(world.count(one, "record_shared")).isEqualTo(ROWS - 2);
        assertThat(world.count(other, "record_shared")).isEqualTo(ROWS - 2);
    }

    private boolean ended(CallContext context, UUID job) {
        return world.imports().find(context, job).finishedAt() != null;
    }

    /// Two of the rows are refused: one in the first batch, one in the last.
    private static String csv() {
        StringBuilder csv = new StringBuilder("no,name,staff\n");
        for (int row = 1; row <= ROWS; row++) {
            String staff = row == 10 || row == ROWS ? "many" : String.valueOf(row);
            csv.append(row)
                    .append(",Company ")
                    .append(row)
                    .append(',')
                    .append(staff)
                    .append('\n');
        }
        return csv.toString();
    }
}
