package io.relata.core.imports;

import static io.relata.core.imports.ImportTable.CANCEL_ASKED;
import static io.relata.core.imports.ImportTable.CREATED;
import static io.relata.core.imports.ImportTable.CREATED_AT;
import static io.relata.core.imports.ImportTable.ENTITY;
import static io.relata.core.imports.ImportTable.FILE_KEY;
import static io.relata.core.imports.ImportTable.FILE_NAME;
import static io.relata.core.imports.ImportTable.FINISHED_AT;
import static io.relata.core.imports.ImportTable.HEADER;
import static io.relata.core.imports.ImportTable.ID;
import static io.relata.core.imports.ImportTable.JOB;
import static io.relata.core.imports.ImportTable.MAPPING;
import static io.relata.core.imports.ImportTable.PROBLEM;
import static io.relata.core.imports.ImportTable.PROCESSED;
import static io.relata.core.imports.ImportTable.REJECTED;
import static io.relata.core.imports.ImportTable.REQUESTED_BY;
import static io.relata.core.imports.ImportTable.STARTED_AT;
import static io.relata.core.imports.ImportTable.STATE;
import static io.relata.core.imports.ImportTable.TENANT;
import static io.relata.core.imports.ImportTable.TOTAL;
import static io.relata.core.imports.ImportTable.UNCHANGED;
import static io.relata.core.imports.ImportTable.UPDATED;
import static io.relata.core.imports.ImportTable.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.imports.ImportJob.State;
import io.relata.spi.CallContext;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// The import jobs of a tenant, as they are asked for and looked at. Working on them is [ImportTurns]' part.
final class ImportJobs {

    private ImportJobs() {}

    /// A job that has been checked and may begin.
    record NewJob(
            UUID id,
            String entity,
            String fileName,
            String fileKey,
            JsonNode mapping,
            List<String> header,
            long total) {}

    static void insert(DSLContext sql, CallContext context, NewJob job, Instant now) {
        sql.insertInto(JOB)
                .set(TENANT, context.tenant())
                .set(ID, job.id())
                .set(ENTITY, job.entity())
                .set(FILE_NAME, job.fileName())
                .set(FILE_KEY, job.fileKey())
                .set(MAPPING, JSONB.valueOf(job.mapping().toString()))
                .set(HEADER, StoredJson.texts(job.header()))
                .set(STATE, State.QUEUED.code())
                .set(TOTAL, job.total())
                .set(REQUESTED_BY, StoredJson.caller(context))
                .set(CREATED_AT, OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .execute();
    }

    static Optional<ImportJob> find(DSLContext sql, UUID tenant, UUID id) {
        return sql.selectFrom(JOB).where(job(tenant, id)).fetchOptional().map(ImportJobs::read);
    }

    static List<ImportJob> newest(DSLContext sql, UUID tenant, int count) {
        return sql.selectFrom(JOB)
                .where(TENANT.eq(tenant))
                .orderBy(CREATED_AT.desc(), ID.desc())
                .limit(count)
                .fetch()
                .map(ImportJobs::read);
    }

    /// Returns the columns of the job's file.
    static List<String> header(DSLContext sql, UUID tenant, UUID id) {
        JSONB header = sql.select(HEADER).from(JOB).where(job(tenant, id)).fetchSingle(HEADER);
        return StoredJson.texts(header);
    }

    /// Returns the files that jobs still need.
    static Set<String> openFiles(DSLContext sql, UUID tenant) {
        return new HashSet<>(sql.select(FILE_KEY)
                .from(JOB)
                .where(TENANT.eq(tenant))
                .and(STATE.in(State.QUEUED.code(), State.RUNNING.code()))
                .fetch(FILE_KEY));
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

    static ImportCounts counts(Record row) {
        return new ImportCounts(
                row.get(PROCESSED), row.get(CREATED), row.get(UPDATED), row.get(UNCHANGED), row.get(REJECTED));
    }

    private static ImportJob read(Record row) {
        return new ImportJob(
                row.get(ID),
                row.get(ENTITY),
                row.get(FILE_NAME),
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
