package io.relata.core.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import io.relata.core.metadata.KeptValues;
import io.relata.core.metadata.MetadataService;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.MetadataTransaction;
import io.relata.core.record.EntityClearing;
import io.relata.core.record.LegalHolds;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;

/// Jobs that take the records of a removed entity away for good, and then its definition. Where a record is on legal
/// hold, the definition stays too, and can be brought back: by it the hold is looked at and taken off.
public final class PurgeEntityKind implements JobKind {

    /// The kind's name.
    public static final String CODE = "purge-entity";

    private static final int BATCH = 500;
    private static final String ENTITY = "entity";
    private static final String AFTER = "after";
    private static final String LOOKED_AT = "lookedAt";
    private static final String HELD = "held";

    private final MetadataService metadata;
    private final Clock clock;

    public PurgeEntityKind(MetadataService metadata, Clock clock) {
        this.metadata = metadata;
        this.clock = clock;
    }

    static ObjectNode definition(KeptValues kept) {
        return JsonNodeFactory.instance.objectNode().put(ENTITY, kept.place());
    }

    static boolean isFor(Job job, KeptValues kept) {
        return job.definition().path(ENTITY).asText().equals(kept.place());
    }

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public JobTask open(JobClaim claim) {
        return new Task(claim);
    }

    /// What was taken away is gone; the rest can be brought back, or taken away when that is asked for again.
    @Override
    public void ended(JobClaim claim, Job.State state) {
        if (state == Job.State.DONE) {
            metadata.changed(claim.tenant());
        } else {
            metadata.change(claim.context(), tx -> {
                tx.keepRecords(entity(claim));
                return state;
            });
        }
    }

    private static String entity(JobClaim claim) {
        return claim.definition().path(ENTITY).asText();
    }

    private final class Task implements JobTask {

        private final JobClaim claim;

        Task(JobClaim claim) {
            this.claim = claim;
        }

        @Override
        public Optional<Batch> next(JobProgress before) {
            JsonNode checkpoint = before.checkpoint();
            boolean begun = checkpoint.isObject();
            return begun && !checkpoint.has(AFTER) ? Optional.empty() : Optional.of(sql -> clear(sql, checkpoint));
        }

        private JobStep clear(DSLContext sql, JsonNode checkpoint) {
            MetadataTransaction tx = metadata.looking(sql, claim.context());
            MetadataSnapshot snapshot = tx.withRemoved(entity(claim)).orElse(null);
            UUID id = UUID.fromString(entity(claim));
            EntityDefinition entity = snapshot == null
                    ? null
                    : snapshot.entities().stream()
                            .filter(one -> one.id().equals(id))
                            .findFirst()
                            .orElse(null);
            ObjectNode next = JsonNodeFactory.instance.objectNode();
            if (snapshot == null || entity == null) {
                return new JobStep(JobCounts.NONE, List.of(), next);
            }
            UUID after = checkpoint.has(AFTER)
                    ? UUID.fromString(checkpoint.path(AFTER).asText())
                    : null;
            EntityClearing clearing = new EntityClearing(sql, claim.tenant(), snapshot, entity);
            EntityClearing.Records records = clearing.next(after, BATCH, clock.instant());
            long held = checkpoint.path(HELD).asLong() + records.held().size();
            if (records.all().size() == BATCH) {
                next.put(AFTER, records.all().getLast().toString())
                        .put(HELD, held)
                        .put(LOOKED_AT, checkpoint.path(LOOKED_AT).asLong() + BATCH);
            } else {
                end(sql, clearing, held > 0);
            }
            int all = records.all().size();
            int kept = records.held().size();
            return new JobStep(new JobCounts(all, 0, 0, 0, all - kept, 0, kept), errors(records, checkpoint), next);
        }

        private void end(DSLContext sql, EntityClearing clearing, boolean held) {
            MetadataTransaction changing = metadata.joined(sql, claim.context());
            if (held) {
                changing.keepRecords(entity(claim));
            } else {
                clearing.rest();
                changing.forgetEntity(entity(claim));
            }
        }

        private static List<JobError> errors(EntityClearing.Records records, JsonNode checkpoint) {
            List<JobError> errors = new ArrayList<>();
            long before = checkpoint.path(LOOKED_AT).asLong();
            for (UUID record : records.held()) {
                long number = before + records.all().indexOf(record) + 1;
                Fault fault = new Fault(null, null, null, LegalHolds.HELD, List.of());
                errors.add(new JobError(number, null, record, List.of(), List.of(fault)));
            }
            return errors;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
