package io.relata.core.job;

import static io.relata.core.job.JobTable.ATTEMPTS;
import static io.relata.core.job.JobTable.CANCEL_ASKED;
import static io.relata.core.job.JobTable.CHECKPOINT;
import static io.relata.core.job.JobTable.CREATED;
import static io.relata.core.job.JobTable.CREATED_AT;
import static io.relata.core.job.JobTable.DEFINITION;
import static io.relata.core.job.JobTable.DELETED;
import static io.relata.core.job.JobTable.ENTITY;
import static io.relata.core.job.JobTable.FINISHED_AT;
import static io.relata.core.job.JobTable.ID;
import static io.relata.core.job.JobTable.JOB;
import static io.relata.core.job.JobTable.KIND;
import static io.relata.core.job.JobTable.LEASE_UNTIL;
import static io.relata.core.job.JobTable.PROBLEM;
import static io.relata.core.job.JobTable.PROCESSED;
import static io.relata.core.job.JobTable.REJECTED;
import static io.relata.core.job.JobTable.REQUESTED_BY;
import static io.relata.core.job.JobTable.RESTORED;
import static io.relata.core.job.JobTable.RUNNER;
import static io.relata.core.job.JobTable.STARTED_AT;
import static io.relata.core.job.JobTable.STATE;
import static io.relata.core.job.JobTable.TENANT;
import static io.relata.core.job.JobTable.UNCHANGED;
import static io.relata.core.job.JobTable.UPDATED;
import static io.relata.core.job.JobTable.job;

import io.relata.core.job.Job.Failure;
import io.relata.core.job.Job.State;
import io.relata.core.sql.StoredDocument;
import io.relata.spi.CallContext;
import io.relata.spi.Origin;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jooq.types.DayToSecond;
import org.jspecify.annotations.Nullable;

/// Who works on which job. A tenant's jobs run one after the other: only its oldest open one can be claimed.
final class JobTurns {

    /// Longer than any batch takes, short enough that a dead process is not waited for long.
    static final Duration LEASE = Duration.ofSeconds(15);

    private static final Field<OffsetDateTime> DATABASE_NOW = DSL.field("clock_timestamp()", OffsetDateTime.class);

    private JobTurns() {}

    /// This process no longer has the turn: another took it over. Rolls the batch at hand back.
    static final class LostException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    /// Takes the turn for the tenant's oldest open job, unless another process has it.
    static Optional<JobClaim> claim(DSLContext sql, UUID tenant, UUID runner, Instant now) {
        Field<Boolean> taken =
                DSL.field(RUNNER.ne(runner).and(LEASE_UNTIL.gt(DATABASE_NOW))).as("taken");
        Record oldest = sql.select(JOB.asterisk(), taken)
                .from(JOB)
                .where(TENANT.eq(tenant))
                .and(STATE.in(State.QUEUED.code(), State.RUNNING.code()))
                .orderBy(CREATED_AT, ID)
                .limit(1)
                .forUpdate()
                .fetchOne();
        if (oldest == null || Boolean.TRUE.equals(oldest.get(taken))) {
            return Optional.empty();
        }
        OffsetDateTime time = OffsetDateTime.ofInstant(now, ZoneOffset.UTC);
        sql.update(JOB)
                .set(STATE, State.RUNNING.code())
                .set(RUNNER, runner)
                .set(LEASE_UNTIL, leaseEnd())
                .set(ATTEMPTS, ATTEMPTS.plus(1))
                .set(STARTED_AT, DSL.coalesce(STARTED_AT, DSL.val(time)))
                .where(job(tenant, oldest.get(ID)))
                .execute();
        return Optional.of(claim(tenant, runner, oldest));
    }

    private static JobClaim claim(UUID tenant, UUID runner, Record row) {
        return new JobClaim(
                row.get(ID),
                runner,
                row.get(KIND),
                row.get(ENTITY),
                StoredJson.caller(tenant, row.get(REQUESTED_BY)),
                StoredDocument.parse(row.get(DEFINITION)),
                new JobProgress(JobStore.counts(row), StoredDocument.parse(row.get(CHECKPOINT))),
                row.get(ATTEMPTS) + 1,
                row.get(CREATED_AT).toInstant());
    }

    /// Whether the next batch may be done.
    enum Standing {
        FINE,
        CANCELLED,
        /// The one who asked for the job is no longer a member of the tenant.
        REQUESTER_GONE,
        TENANT_SUSPENDED
    }

    /// Returns how the job stands now; asked before every batch, as every request is checked. What the platform itself
    /// asked for is nobody's.
    static Standing standing(DSLContext sql, JobClaim claim) {
        Field<Boolean> active = DSL.field(DSL.exists(DSL.selectOne()
                .from("control.tenant")
                .where("control.tenant.id = {0} and control.tenant.status = 'active'", DSL.val(claim.tenant()))));
        Field<Boolean> member = DSL.field(DSL.exists(DSL.selectOne()
                .from("control.membership m")
                .where(
                        "m.tenant_id = {0} and m.user_id = {1} and m.status = 'active' and (m.role = {2} or not {3})",
                        DSL.val(claim.tenant()),
                        DSL.val(claim.context().user()),
                        DSL.val(CallContext.ADMINISTRATOR),
                        DSL.val(claim.context().hasRole(CallContext.ADMINISTRATOR)))));
        Record row = sql.select(CANCEL_ASKED, active, member)
                .from(JOB)
                .where(mine(claim))
                .fetchOptional()
                .orElseThrow(LostException::new);
        if (row.get(CANCEL_ASKED)) {
            return Standing.CANCELLED;
        }
        if (!row.get(active)) {
            return Standing.TENANT_SUSPENDED;
        }
        boolean asked = claim.context().origin() == Origin.SYSTEM || row.get(member);
        return asked ? Standing.FINE : Standing.REQUESTER_GONE;
    }

    /// Writes down what has been done, in the transaction that did it, and renews the lease.
    static void checkpoint(DSLContext sql, JobClaim claim, JobProgress progress, List<JobError> errors) {
        JobCounts counts = progress.counts();
        int updated = sql.update(JOB)
                .set(PROCESSED, counts.processed())
                .set(CREATED, counts.created())
                .set(UPDATED, counts.updated())
                .set(UNCHANGED, counts.unchanged())
                .set(DELETED, counts.deleted())
                .set(RESTORED, counts.restored())
                .set(REJECTED, counts.rejected())
                .set(CHECKPOINT, JSONB.valueOf(progress.checkpoint().toString()))
                .set(LEASE_UNTIL, leaseEnd())
                .set(ATTEMPTS, (short) 0)
                .where(mine(claim))
                .execute();
        requireTurn(updated);
        JobErrors.insert(sql, claim, errors);
    }

    /// Gives the turn back with the job unfinished.
    static void release(DSLContext sql, JobClaim claim, boolean inTrouble) {
        sql.update(JOB)
                .setNull(RUNNER)
                .setNull(LEASE_UNTIL)
                .set(ATTEMPTS, inTrouble ? ATTEMPTS : DSL.val((short) 0))
                .where(mine(claim))
                .execute();
    }

    /// Ends the job.
    static void finish(DSLContext sql, JobClaim claim, State state, @Nullable Failure failure, Instant now) {
        int updated = sql.update(JOB)
                .set(STATE, state.code())
                .set(PROBLEM, failure == null ? null : StoredJson.failure(failure))
                .set(FINISHED_AT, OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .setNull(RUNNER)
                .setNull(LEASE_UNTIL)
                .where(mine(claim))
                .execute();
        requireTurn(updated);
    }

    private static void requireTurn(int updated) {
        if (updated != 1) {
            throw new LostException();
        }
    }

    private static Condition mine(JobClaim claim) {
        return job(claim.tenant(), claim.id()).and(RUNNER.eq(claim.runner()));
    }

    private static Field<OffsetDateTime> leaseEnd() {
        return DATABASE_NOW.plus(DayToSecond.valueOf(LEASE));
    }
}
