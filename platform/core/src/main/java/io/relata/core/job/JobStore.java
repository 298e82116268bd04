package io.relata.core.job;

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
import static io.relata.core.job.JobTable.PROBLEM;
import static io.relata.core.job.JobTable.PROCESSED;
import static io.relata.core.job.JobTable.REJECTED;
import static io.relata.core.job.JobTable.REQUESTED_BY;
import static io.relata.core.job.JobTable.RESTORED;
import static io.relata.core.job.JobTable.STARTED_AT;
import static io.relata.core.job.JobTable.STATE;
import static io.relata.core.job.JobTable.TENANT;
import static io.relata.core.job.JobTable.TOTAL;
import static io.relata.core.job.JobTable.UNCHANGED;
import static io.relata.core.job.JobTable.UPDATED;
import static io.relata.core.job.JobTable.job;

import io.relata.core.job.Job.State;
import io.relata.core.job.JobService.NewJob;
import io.relata.core.sql.StoredDocument;
import io.relata.spi.CallContext;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The jobs of a tenant, as they are asked for and looked at. Working on them is [JobTurns]' part.
final class JobStore {

    private JobStore() {}

    static void insert(DSLContext sql, CallContext context, NewJob job, Instant now) {
        sql.insertInto(JOB)
                .set(TENANT, context.tenant())
                .set(ID, job.id())
                .set(KIND, job.kind())
                .set(ENTITY, job.entity())
                .set(DEFINITION, JSONB.valueOf(job.definition().toString()))
                .set(STATE, State.QUEUED.code())
                .set(TOTAL, job.total())
                .set(REQUESTED_BY, StoredJson.caller(context))
                .set(CREATED_AT, OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .execute();
    }

    static Optional<Job> find(DSLContext sql, UUID tenant, UUID id) {
        return sql.selectFrom(JOB).where(job(tenant, id)).fetchOptional().map(JobStore::read);
    }

    static List<Job> all(DSLContext sql, UUID tenant, Collection<UUID> ids) {
        return sql.selectFrom(JOB)
                .where(TENANT.eq(tenant))
                .and(ID.eq(DSL.any(ids.toArray(UUID[]::new))))
                .fetch(JobStore::read);
    }

    static Optional<Job> find(DSLContext sql, CallContext context, UUID id) {
        return sql.selectFrom(JOB)
                .where(job(context.tenant(), id))
                .and(shown(context))
                .fetchOptional()
                .map(JobStore::read);
    }

    /// A job tells what somebody asked for, and of an import what its rows were: its business, and the administrators'.
    private static Condition shown(CallContext context) {
        return context.hasRole(CallContext.ADMINISTRATOR)
                ? DSL.noCondition()
                : DSL.jsonbGetAttributeAsText(REQUESTED_BY, DSL.inline("user"))
                        .eq(context.user().toString());
    }

    static List<Job> newest(DSLContext sql, CallContext context, @Nullable String kind, int count) {
        return sql.selectFrom(JOB)
                .where(TENANT.eq(context.tenant()))
                .and(shown(context))
                .and(kind == null ? DSL.noCondition() : KIND.eq(kind))
                .orderBy(CREATED_AT.desc(), ID.desc())
                .limit(count)
                .fetch()
                .map(JobStore::read);
    }

    static JobService.Begun begun(DSLContext sql, UUID tenant, String kind, Instant since) {
        Record row = sql.select(DSL.count(), DSL.min(CREATED_AT))
                .from(JOB)
                .where(TENANT.eq(tenant))
                .and(KIND.eq(kind))
                .and(CREATED_AT.ge(OffsetDateTime.ofInstant(since, ZoneOffset.UTC)))
                .fetchSingle();
        OffsetDateTime first = row.get(1, OffsetDateTime.class);
        return new JobService.Begun(row.get(0, Long.class), first == null ? null : first.toInstant());
    }

    /// Returns the jobs of the kind that have not ended.
    static List<Job> open(DSLContext sql, UUID tenant, String kind) {
        return sql.selectFrom(JOB)
                .where(TENANT.eq(tenant))
                .and(STATE.in(State.QUEUED.code(), State.RUNNING.code()))
                .and(KIND.eq(kind))
                .fetch()
                .map(JobStore::read);
    }

    /// Asks for the job to stop. One that has not begun ends at once; whoever works on one that has stops it
    /// after the batch at hand.
    static void cancel(DSLContext sql, UUID tenant, UUID id, Instant now) {
        int ended = sql.update(JOB)
                .set(STATE, State.CANCELLED.code())
                .set(FINISHED_AT, OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .where(job(tenant, id))
                .and(STATE.eq(State.QUEUED.code()))
                .execute();
        if (ended == 0) {
            sql.update(JOB)
                    .set(CANCEL_ASKED, true)
                    .where(job(tenant, id))
                    .and(STATE.eq(State.RUNNING.code()))
                    .execute();
        }
    }

    static JobCounts counts(Record row) {
        return new JobCounts(
                row.get(PROCESSED),
                row.get(CREATED),
                row.get(UPDATED),
                row.get(UNCHANGED),
                row.get(DELETED),
                row.get(RESTORED),
                row.get(REJECTED));
    }

    private static Job read(Record row) {
        return new Job(
                row.get(ID),
                row.get(KIND),
                row.get(ENTITY),
                StoredDocument.parse(row.get(DEFINITION)),
                StoredDocument.parse(row.get(CHECKPOINT)),
                State.of(row.get(STATE)),
                row.get(TOTAL),
                counts(row),
                StoredJson.failure(row.get(PROBLEM)),
                row.get(CREATED_AT).toInstant(),
                instant(row.get(STARTED_AT)),
                instant(row.get(FINISHED_AT)));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
