package io.relata.core.search;

import static io.relata.core.search.SearchTables.ENTITY;
import static io.relata.core.search.SearchTables.SIGNATURE;
import static io.relata.core.search.SearchTables.STATE;
import static io.relata.core.search.SearchTables.TENANT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.relata.core.job.Job;
import io.relata.core.job.JobClaim;
import io.relata.core.job.JobCounts;
import io.relata.core.job.JobKind;
import io.relata.core.job.JobProgress;
import io.relata.core.job.JobStep;
import io.relata.core.job.JobTask;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.RecordColumns;
import io.relata.core.record.RecordData;
import io.relata.core.record.RecordWriter;
import io.relata.core.record.WriteTransaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Jobs that make an entity's index anew.
///
/// They go over the records in the order of their ids and up to the job's own: younger records are indexed by who
/// writes them. Each batch is locked, so that nobody changes a record between its being read and its being indexed, and
/// holds the definitions: whoever
/// changes them meanwhile has the job begin its turn anew.
public final class SearchKind implements JobKind {

    static final String CODE = "search-index";

    /// Of a job's definition: which fields the index is made for.
    static final String SIGNATURE_MEMBER = "signature";

    private static final int BATCH = 500;

    private final Function<UUID, MetadataSnapshot> snapshots;
    private final RecordWriter writer;
    private final SearchIndex index = new SearchIndex();

    public SearchKind(Function<UUID, MetadataSnapshot> snapshots, RecordWriter writer) {
        this.snapshots = snapshots;
        this.writer = writer;
    }

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public JobTask open(JobClaim claim) {
        MetadataSnapshot snapshot = snapshots.apply(claim.tenant());
        EntityDefinition entity = snapshot.entity(claim.entity())
                .orElseThrow(() -> ProblemException.of(ProblemCode.UNKNOWN_ENTITY, "unknown-entity", claim.entity()));
        return new Task(claim, snapshot, entity);
    }

    /// Should the fields have changed meanwhile, the next who looks has it made again.
    @Override
    public void ended(JobClaim claim, Job.State state) {
        // Nothing is left but the index.
    }

    private final class Task implements JobTask {

        private final JobClaim claim;
        private final MetadataSnapshot snapshot;
        private final EntityDefinition entity;
        private boolean finished;

        Task(JobClaim claim, MetadataSnapshot snapshot, EntityDefinition entity) {
            this.claim = claim;
            this.snapshot = snapshot;
            this.entity = entity;
        }

        @Override
        public Optional<Batch> next(JobProgress before) {
            return finished ? Optional.empty() : Optional.of(sql -> run(sql, before.checkpoint()));
        }

        private JobStep run(DSLContext sql, JsonNode checkpoint) {
            return writer.within(sql, claim.context(), snapshot, tx -> run(tx, checkpoint));
        }

        private JobStep run(WriteTransaction tx, JsonNode checkpoint) {
            DSLContext sql = tx.sql();
            UUID after = checkpoint.isTextual() ? UUID.fromString(checkpoint.textValue()) : null;
            List<RecordData> records = records(sql, after);
            Map<UUID, Map<String, @Nullable Object>> values = new LinkedHashMap<>();
            records.forEach(record -> values.put(record.id(), record.values()));
            index.rebuild(tx, entity, values);
            finished = records.size() < BATCH;
            if (finished) {
                mark(sql);
            }
            UUID reached = finished ? claim.id() : records.getLast().id();
            return new JobStep(
                    new JobCounts(records.size(), 0, 0, records.size(), 0, 0, 0),
                    List.of(),
                    JsonNodeFactory.instance.textNode(reached.toString()));
        }

        private List<RecordData> records(DSLContext sql, @Nullable UUID after) {
            RecordColumns columns = RecordColumns.of(entity);
            Condition stretch = columns.id().le(claim.id());
            return sql.select(columns.selection())
                    .from(columns.table())
                    .where(columns.live(claim.tenant()))
                    .and(after == null ? stretch : stretch.and(columns.id().gt(after)))
                    .orderBy(columns.id())
                    .limit(BATCH)
                    .forUpdate()
                    .fetch(columns::read);
        }

        private void mark(DSLContext sql) {
            sql.deleteFrom(STATE)
                    .where(TENANT.eq(claim.tenant()))
                    .and(ENTITY.eq(entity.id()))
                    .execute();
            sql.insertInto(STATE, TENANT, ENTITY, SIGNATURE)
                    .values(
                            claim.tenant(),
                            entity.id(),
                            claim.definition().path(SIGNATURE_MEMBER).asText())
                    .execute();
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
