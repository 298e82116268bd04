package io.relata.core.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.id.Ids;
import io.relata.core.problem.ProblemException;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Jobs: takes them on, has them worked on in the background, and tells how they fare. Thread-safe.
public final class JobService implements AutoCloseable {

    private static final int NEWEST = 100;

    private final TenantTransaction transaction;
    private final Ids ids;
    private final Clock clock;
    private final JobScheduler scheduler;

    /// @param executor where the work is done; takes a handful of long tasks
    public JobService(
            TenantTransaction transaction,
            Collection<? extends JobKind> kinds,
            Ids ids,
            Clock clock,
            Executor executor) {
        this.transaction = transaction;
        this.ids = ids;
        this.clock = clock;
        this.scheduler = new JobScheduler(transaction, new JobRunner(transaction, kinds, clock), executor);
    }

    /// A job that has been checked and may begin.
    ///
    /// @param total how many rows or records there are; `null` when nobody counted
    public record NewJob(
            UUID id,
            String kind,
            String entity,
            JsonNode definition,
            @Nullable Long total) {}

    /// Begins to work on jobs, those first that an earlier process left unfinished.
    public void start() {
        scheduler.start();
    }

    /// Returns the id for a new job: greater than the ids of all records there are.
    public UUID newId() {
        return ids.next();
    }

    /// Takes a job on in the caller's transaction.
    public Job submit(DSLContext sql, CallContext context, NewJob job) {
        JobStore.insert(sql, context, job, clock.instant());
        return JobStore.find(sql, context.tenant(), job.id()).orElseThrow();
    }

    /// Says that the tenant's new job has been committed, so that it need not wait to be found.
    public void wake(UUID tenant) {
        scheduler.wake(tenant);
    }

    /// Returns the newest jobs that the caller asked for, of an administrator's tenant all; the newest first.
    ///
    /// @param kind of this kind only; `null` for all
    public List<Job> newest(CallContext context, @Nullable String kind) {
        return transaction.call(context, sql -> JobStore.newest(sql, context, kind, NEWEST));
    }

    /// What has been asked for since a moment.
    ///
    /// @param first when the first of them was; `null` when there is none
    public record Begun(long count, @Nullable Instant first) {}

    /// Returns how many jobs of the kind the caller's tenant has asked for since then.
    public Begun begun(CallContext context, String kind, Instant since) {
        return transaction.call(context, sql -> begun(sql, context, kind, since));
    }

    /// Returns how many jobs of the kind the caller's tenant has asked for since then.
    public static Begun begun(DSLContext sql, CallContext context, String kind, Instant since) {
        return JobStore.begun(sql, context.tenant(), kind, since);
    }

    /// Returns the tenant's jobs of the kind that have not ended.
    public List<Job> open(UUID tenant, String kind) {
        return transaction.call(tenant, sql -> JobStore.open(sql, tenant, kind));
    }

    /// Returns the tenant's jobs of the kind that have not ended, in the caller's transaction.
    public List<Job> open(DSLContext sql, UUID tenant, String kind) {
        return JobStore.open(sql, tenant, kind);
    }

    /// Returns those of the tenant's jobs, whoever asked for them, in the caller's transaction.
    public List<Job> known(DSLContext sql, UUID tenant, Collection<UUID> ids) {
        return JobStore.all(sql, tenant, ids);
    }

    /// Returns the job.
    ///
    /// @param kind which it must be of; `null` when any will do
    /// @throws ProblemException NOT_FOUND
    public Job find(CallContext context, UUID id, @Nullable String kind) {
        return transaction.call(context, sql -> find(sql, context, id, kind));
    }

    /// Stops the job after the batch at hand; what has been done stays. Does nothing to a job that has ended.
    ///
    /// @param kind which it must be of; `null` when any will do
    /// @throws ProblemException NOT_FOUND
    public Job cancel(CallContext context, UUID id, @Nullable String kind) {
        return transaction.call(context, sql -> {
            find(sql, context, id, kind);
            JobStore.cancel(sql, context.tenant(), id, clock.instant());
            return find(sql, context, id, kind);
        });
    }

    private static Job find(DSLContext sql, CallContext context, UUID id, @Nullable String kind) {
        return JobStore.find(sql, context, id)
                .filter(job -> kind == null || kind.equals(job.kind()))
                .orElseThrow(ProblemException::notFound);
    }

    /// Returns what the job refused, in order.
    ///
    /// @param after the number of the last one already seen; 0 to begin
    public List<JobError> errors(CallContext context, UUID id, long after, int count) {
        return transaction.call(
                context,
                sql -> JobErrors.page(
                        sql, context.tenant(), find(sql, context, id, null).id(), after, count));
    }

    @Override
    public void close() {
        scheduler.close();
    }
}
