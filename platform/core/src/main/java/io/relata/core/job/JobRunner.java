package io.relata.core.job;

import io.relata.core.audit.Cause;
import io.relata.core.job.Job.Failure;
import io.relata.core.job.Job.State;
import io.relata.core.job.JobTurns.Standing;
import io.relata.core.metadata.OutdatedException;
import io.relata.core.problem.ProblemException;
import io.relata.core.tenant.DatabaseUnavailableException;
import io.relata.core.tenant.TenantBusyException;
import io.relata.core.tenant.TenantTransaction;
import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works on a tenant's jobs, a turn at a time. Every batch is one transaction with its checkpoint, so that a
/// process that dies leaves whole batches, and the next goes on behind the last of them.
public final class JobRunner {

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    /// So many turns may end without a batch done before the job is given up.
    private static final int MAX_ATTEMPTS = 5;

    /// Of one statement in a batch: well within the lease.
    private static final int PATIENCE_MILLIS = 10_000;

    private final TenantTransaction transaction;
    private final Map<String, JobKind> kinds;
    private final Clock clock;
    private final UUID runner = UUID.randomUUID();

    public JobRunner(TenantTransaction transaction, Collection<? extends JobKind> kinds, Clock clock) {
        this.transaction = transaction;
        this.kinds = kinds.stream().collect(Collectors.toUnmodifiableMap(JobKind::code, kind -> kind));
        this.clock = clock;
    }

    /// How a turn ended.
    public enum TurnEnd {
        /// A job came to its end; there may be another.
        FINISHED,
        /// The job goes on in a later turn.
        YIELDED,
        /// There is nothing to do, or another process does it.
        IDLE,
        /// The database gave up; the job waits to be taken up again.
        TROUBLE
    }

    /// Works on the tenant's oldest open job until it ends or `yield` says to let others go first.
    public TurnEnd turn(UUID tenant, BooleanSupplier yield) {
        Optional<JobClaim> claim =
                transaction.call(tenant, sql -> JobTurns.claim(sql, tenant, runner, clock.instant()));
        if (claim.isEmpty()) {
            return TurnEnd.IDLE;
        }
        try {
            return work(claim.get(), yield);
        } catch (JobTurns.LostException exception) {
            LOG.info("Job {} went over to another process", claim.get().id());
            return TurnEnd.IDLE;
        } catch (OutdatedException exception) {
            release(claim.get(), false);
            return TurnEnd.YIELDED;
        } catch (DataAccessException | DatabaseUnavailableException exception) {
            LOG.warn("Job {} waits: the database refused a batch", claim.get().id(), exception);
            release(claim.get(), true);
            return TurnEnd.TROUBLE;
        } catch (TenantBusyException exception) {
            release(claim.get(), false);
            return TurnEnd.YIELDED;
        } catch (ProblemException exception) {
            return fail(claim.get(), new Failure(exception.detail(), exception.arguments()));
        } catch (IOException | RuntimeException exception) {
            LOG.error("Job {} failed", claim.get().id(), exception);
            return fail(
                    claim.get(),
                    new Failure("job.fault", List.of(claim.get().context().requestId())));
        }
    }

    private TurnEnd work(JobClaim claim, BooleanSupplier yield) throws IOException {
        if (claim.attempts() > MAX_ATTEMPTS) {
            return fail(
                    claim,
                    new Failure(
                            "job.given-up", List.of(claim.progress().counts().processed())));
        }
        try (JobTask task = kind(claim).open(claim)) {
            return batches(claim, task, yield);
        }
    }

    private JobKind kind(JobClaim claim) {
        JobKind kind = kinds.get(claim.kind());
        if (kind == null) {
            throw new IllegalStateException("Nobody here knows jobs of the kind " + claim.kind());
        }
        return kind;
    }

    private TurnEnd batches(JobClaim claim, JobTask task, BooleanSupplier yield) throws IOException {
        JobProgress progress = claim.progress();
        for (Optional<JobTask.Batch> batch = task.next(progress); batch.isPresent(); batch = task.next(progress)) {
            if (yield.getAsBoolean()) {
                release(claim, false);
                return TurnEnd.YIELDED;
            }
            Attempt attempt = new Attempt(claim, progress, batch.get());
            Step step = transaction.call(claim.context(), sql -> run(sql, attempt));
            long before = progress.counts().processed();
            progress = step.progress();
            if (GrownTables.due(before, progress.counts().processed())) {
                transaction.call(claim.tenant(), GrownTables::analyze);
            }
            switch (step.standing()) {
                case FINE -> {}
                case CANCELLED -> {
                    return finish(claim, State.CANCELLED, null);
                }
                case REQUESTER_GONE -> {
                    return fail(claim, new Failure("job.requester-gone", List.of()));
                }
                case TENANT_SUSPENDED -> {
                    release(claim, false);
                    return TurnEnd.IDLE;
                }
            }
        }
        // A process that dies between a batch and its look leaves the look to the end.
        if (GrownTables.many(progress.counts().processed())) {
            transaction.call(claim.tenant(), GrownTables::analyze);
        }
        return finish(claim, State.DONE, null);
    }

    /// A batch to do in one transaction, behind what has been done before.
    private record Attempt(JobClaim claim, JobProgress before, JobTask.Batch batch) {}

    /// Whether the batch was done, and what has been done with it.
    private record Step(Standing standing, JobProgress progress) {}

    private static Step run(DSLContext sql, Attempt attempt) {
        Standing standing = JobTurns.standing(sql, attempt.claim());
        if (standing != Standing.FINE) {
            return new Step(standing, attempt.before());
        }
        sql.execute("set local statement_timeout = " + PATIENCE_MILLIS);
        Cause.of(attempt.claim().kind(), attempt.claim().id()).of(sql);
        JobStep step = attempt.batch().run(sql);
        JobProgress progress = attempt.before().plus(step);
        JobTurns.checkpoint(sql, attempt.claim(), progress, step.errors());
        return new Step(Standing.FINE, progress);
    }

    private TurnEnd fail(JobClaim claim, Failure failure) {
        return finish(claim, State.FAILED, failure);
    }

    private TurnEnd finish(JobClaim claim, State state, @Nullable Failure failure) {
        transaction.call(claim.tenant(), sql -> {
            JobTurns.finish(sql, claim, state, failure, clock.instant());
            return true;
        });
        kind(claim).ended(claim, state);
        return TurnEnd.FINISHED;
    }

    private void release(JobClaim claim, boolean inTrouble) {
        try {
            transaction.call(claim.tenant(), sql -> {
                JobTurns.release(sql, claim, inTrouble);
                return true;
            });
        } catch (DataAccessException | DatabaseUnavailableException | TenantBusyException exception) {
            LOG.warn("Job {} keeps its lease until it ends by itself", claim.id(), exception);
        }
    }
}
