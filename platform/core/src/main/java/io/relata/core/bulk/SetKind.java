package io.relata.core.bulk;

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
import io.relata.core.metadata.type.Form;
import io.relata.core.odata.ODataService;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.query.MatchingRecords;
import io.relata.core.record.JsonValues;
import io.relata.core.record.Move;
import io.relata.core.record.MovePart;
import io.relata.core.record.RecordColumns;
import io.relata.core.record.RecordInput;
import io.relata.core.record.RecordResult;
import io.relata.core.record.RecordTarget;
import io.relata.core.record.RecordWriter;
import io.relata.core.record.WriteTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Jobs that do the same to all records that match a filter.
///
/// They go over the records in the order of their ids and up to the job's own: ids grow with time, so that a record
/// made later is none of theirs, and no change can move one before or behind the checkpoint. Each is looked at when
/// its turn comes, and locked: it is changed only if it still matches then.
public final class SetKind implements JobKind {

    private static final int BATCH = 500;

    private final Operation operation;
    private final MetadataService metadata;
    private final ODataService odata;
    private final RecordWriter writer;

    private SetKind(Operation operation, MetadataService metadata, ODataService odata, RecordWriter writer) {
        this.operation = operation;
        this.metadata = metadata;
        this.odata = odata;
        this.writer = writer;
    }

    /// Returns the kinds: one for each operation.
    public static List<SetKind> all(MetadataService metadata, ODataService odata, RecordWriter writer) {
        return Stream.of(Operation.values())
                .map(operation -> new SetKind(operation, metadata, odata, writer))
                .toList();
    }

    /// What is done to the records.
    public enum Operation {
        UPDATE,
        DELETE,
        RESTORE;

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
        String filter = claim.definition().path("filter").asText();
        MatchingRecords records = new MatchingRecords(
                claim.context(),
                odata.selection(claim.context(), snapshot, entity, filter, claim.createdAt()),
                operation == Operation.RESTORE ? RecordColumns.DELETED : RecordColumns.LIVE);
        return new Task(claim, snapshot, entity, records);
    }

    @Override
    public void ended(JobClaim claim, Job.State state) {
        // Nothing is left but the records.
    }

    private final class Task implements JobTask {

        private final JobClaim claim;
        private final MetadataSnapshot snapshot;
        private final EntityDefinition entity;
        private final MatchingRecords records;
        private final Map<String, @Nullable Object> values;
        private boolean finished;

        Task(JobClaim claim, MetadataSnapshot snapshot, EntityDefinition entity, MatchingRecords records) {
            this.claim = claim;
            this.snapshot = snapshot;
            this.entity = entity;
            this.records = records;
            this.values = JsonValues.of(claim.definition().path("values"));
        }

        @Override
        public Optional<Batch> next(JobProgress before) {
            return finished ? Optional.empty() : Optional.of(sql -> run(sql, before));
        }

        private JobStep run(DSLContext sql, JobProgress before) {
            return writer.within(sql, claim.context(), snapshot, tx -> run(tx, before));
        }

        private JobStep run(WriteTransaction tx, JobProgress before) {
            SetPlace place = SetPlace.of(before.checkpoint());
            JobStep step = place.big().isEmpty()
                    ? stretch(tx, place, before.counts().processed())
                    : part(tx, place, before.counts().processed());
            SetPlace next = SetPlace.of(step.checkpoint());
            finished = next.walked() && next.big().isEmpty();
            return step;
        }

        /// Goes on to the next records; those that take too many along are left for parts of their own.
        private JobStep stretch(WriteTransaction tx, SetPlace place, long processed) {
            MatchingRecords.Step step = records.step(tx.sql(), place.after(), claim.id(), BATCH);
            List<UUID> big = new ArrayList<>();
            List<UUID> ids = new ArrayList<>();
            List<RecordResult> results = new ArrayList<>();
            List<RecordResult> all = step.ids().isEmpty() ? List.of() : apply(tx, step.ids());
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).tooMany()) {
                    big.add(step.ids().get(i));
                } else {
                    ids.add(step.ids().get(i));
                    results.add(all.get(i));
                }
            }
            boolean walked = step.next() == null;
            SetPlace next = new SetPlace(walked ? claim.id() : step.next(), walked, big);
            return new JobStep(JobCounts.of(results), errors(processed, ids, results), next.json());
        }

        private JobStep part(WriteTransaction tx, SetPlace place, long processed) {
            UUID id = place.big().getFirst();
            Move move = operation == Operation.RESTORE ? Move.RESTORE : Move.DELETE;
            MovePart part = writer.movePart(tx, entity, id, move);
            RecordResult result = part.result();
            int others = result instanceof RecordResult.Saved ? part.moved() - 1 : part.moved();
            JobCounts counts = JobCounts.of(result == null ? List.of() : List.of(result))
                    .alongside(move == Move.DELETE ? others : 0, move == Move.DELETE ? 0 : others, part.changed());
            return new JobStep(
                    counts,
                    result == null ? List.of() : errors(processed, List.of(id), List.of(result)),
                    (result == null ? place : place.withoutFirst()).json());
        }

        private List<RecordResult> apply(WriteTransaction tx, List<UUID> ids) {
            List<RecordTarget> targets =
                    ids.stream().map(id -> RecordTarget.of(id, null)).toList();
            return switch (operation) {
                case DELETE -> writer.moveAll(tx, entity, targets, Move.DELETE);
                case RESTORE -> writer.moveAll(tx, entity, targets, Move.RESTORE);
                case UPDATE ->
                    writer.saveAll(
                            tx,
                            entity,
                            targets.stream()
                                    .map(target -> new RecordInput(target, values, RecordInput.Rest.KEPT, Form.JSON))
                                    .toList());
            };
        }

        private List<JobError> errors(long processed, List<UUID> ids, List<RecordResult> results) {
            List<JobError> errors = new ArrayList<>();
            for (int i = 0; i < ids.size(); i++) {
                if (results.get(i) instanceof RecordResult.Rejected rejected) {
                    errors.add(JobError.of(processed + i + 1, ids.get(i), rejected));
                }
            }
            return errors;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
