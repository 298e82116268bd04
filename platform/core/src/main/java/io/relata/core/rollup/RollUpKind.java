package io.relata.core.rollup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.relata.core.job.Fault;
import io.relata.core.job.Job;
import io.relata.core.job.JobClaim;
import io.relata.core.job.JobCounts;
import io.relata.core.job.JobError;
import io.relata.core.job.JobKind;
import io.relata.core.job.JobProgress;
import io.relata.core.job.JobStep;
import io.relata.core.job.JobTask;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.MetadataService;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.RecordWriter;
import io.relata.core.record.RollUpDifference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Jobs over the roll-ups of all records of an entity, in the order of their ids. Each record is locked while its
/// results are reckoned, so that a recalculation and those who write meanwhile agree on them.
public final class RollUpKind implements JobKind {

    private static final int BATCH = 500;

    private final Operation operation;
    private final MetadataService metadata;
    private final RecordWriter writer;

    private RollUpKind(Operation operation, MetadataService metadata, RecordWriter writer) {
        this.operation = operation;
        this.metadata = metadata;
        this.writer = writer;
    }

    /// Returns the kinds: one for each operation.
    public static List<RollUpKind> all(MetadataService metadata, RecordWriter writer) {
        return Stream.of(Operation.values())
                .map(operation -> new RollUpKind(operation, metadata, writer))
                .toList();
    }

    /// What is done about results that are wrong.
    public enum Operation {
        /// They are written anew, and counted as updated.
        RECALCULATE,
        /// They are reported as errors of the job.
        CHECK;

        /// Returns the operation as the API writes it.
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public String code() {
        return operation.code();
    }

    @Override
    public JobTask open(JobClaim claim) {
        MetadataSnapshot snapshot = metadata.snapshot(claim.tenant());
        EntityDefinition entity = snapshot.entity(claim.entity())
                .orElseThrow(() -> ProblemException.of(ProblemCode.UNKNOWN_ENTITY, "unknown-entity", claim.entity()));
        return new Task(claim, snapshot, entity);
    }

    @Override
    public void ended(JobClaim claim, Job.State state) {
        // Nothing is left but the results.
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
            return finished ? Optional.empty() : Optional.of(sql -> run(sql, before));
        }

        private JobStep run(DSLContext sql, JobProgress before) {
            JsonNode checkpoint = before.checkpoint();
            boolean waits = claim.definition().path("new").booleanValue() && !checkpoint.isTextual();
            if (waits && !KnownToAll.wait(sql, claim.createdAt(), checkpoint)) {
                return new JobStep(JobCounts.NONE, List.of(), KnownToAll.next(sql, checkpoint));
            }
            UUID after = checkpoint.isTextual() ? UUID.fromString(checkpoint.textValue()) : null;
            RecordWriter.Reckoned reckoned = writer.within(
                    sql,
                    claim.context(),
                    snapshot,
                    tx -> writer.reckon(tx, entity, after, claim.id(), BATCH, operation == Operation.CHECK));
            finished = reckoned.records() < BATCH;
            Map<UUID, List<RollUpDifference>> wrong = new LinkedHashMap<>();
            reckoned.differences()
                    .forEach(one -> wrong.computeIfAbsent(one.record(), id -> new ArrayList<>())
                            .add(one));
            UUID last = reckoned.last() == null ? claim.id() : reckoned.last();
            return new JobStep(
                    counts(reckoned.records(), wrong.size()),
                    operation == Operation.CHECK ? errors(before.counts().processed(), wrong) : List.of(),
                    JsonNodeFactory.instance.textNode(last.toString()));
        }

        private JobCounts counts(int records, int wrong) {
            return operation == Operation.CHECK
                    ? new JobCounts(records, 0, 0, records - wrong, 0, 0, wrong)
                    : new JobCounts(records, 0, wrong, records - wrong, 0, 0, 0);
        }

        private List<JobError> errors(long processed, Map<UUID, List<RollUpDifference>> wrong) {
            List<JobError> errors = new ArrayList<>();
            wrong.forEach((id, differences) -> errors.add(new JobError(
                    processed + errors.size() + 1,
                    null,
                    id,
                    List.of(),
                    differences.stream().map(RollUpKind::fault).toList())));
            return errors;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    private static Fault fault(RollUpDifference one) {
        String stored = text(one.stored());
        return new Fault(
                null, one.field().property(), stored, "roll-up-differs", List.of(stored, text(one.reckoned())));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "–" : value.toString();
    }
}
