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
import io.relata.core.metadata.ComponentKey;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.MetadataService;
import io.relata.core.metadata.MetadataTransaction;
import io.relata.core.record.UniqueClaims;
import io.relata.core.record.UniqueClaims.Claimed;
import io.relata.core.record.UniqueClaims.Clash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Jobs that make a field unique while people work.
///
/// Since the plan was applied, every write takes the values that it gives; the job takes those of the records that are
/// there. Each that another has is told as an error. Without any the field is unique from then on, in one transaction
/// that no writer overlaps; with some it stays as it was.
public final class ClaimKind implements JobKind {

    /// The kind's name.
    public static final String CODE = "unique";

    private static final int BATCH = 1_000;
    private static final String COMPONENT = "component";
    private static final String AFTER = "after";

    private final MetadataService metadata;

    public ClaimKind(MetadataService metadata) {
        this.metadata = metadata;
    }

    static ObjectNode definition(ComponentKey field) {
        return JsonNodeFactory.instance.objectNode().put(COMPONENT, field.toString());
    }

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public JobTask open(JobClaim claim) {
        return new Task(claim);
    }

    /// What is given up leaves the field as it was.
    @Override
    public void ended(JobClaim claim, Job.State state) {
        if (state == Job.State.DONE) {
            metadata.changed(claim.tenant());
        } else {
            metadata.change(claim.context(), tx -> {
                giveUp(tx, claim);
                return state;
            });
        }
    }

    private static ComponentKey key(JobClaim claim) {
        return ComponentKey.parse(claim.definition().path(COMPONENT).asText()).orElseThrow();
    }

    private void giveUp(MetadataTransaction tx, JobClaim claim) {
        EntityDefinition entity = metadata.current(tx.sql(), claim.tenant())
                .entity(claim.entity())
                .orElse(null);
        if (entity != null && claiming(entity, claim) != null) {
            tx.giveUpUnique(key(claim));
            UniqueClaims.release(
                    tx.sql(), claim.tenant(), entity.id(), key(claim).name());
        }
    }

    private static @Nullable FieldDefinition claiming(EntityDefinition entity, JobClaim claim) {
        return entity.field(key(claim).name()).filter(FieldDefinition::claiming).orElse(null);
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
            return begun && !checkpoint.has(AFTER) ? Optional.empty() : Optional.of(sql -> take(sql, before));
        }

        private JobStep take(DSLContext sql, JobProgress before) {
            ObjectNode next = JsonNodeFactory.instance.objectNode();
            EntityDefinition entity =
                    metadata.current(sql, claim.tenant()).entity(claim.entity()).orElse(null);
            FieldDefinition field = entity == null ? null : claiming(entity, claim);
            if (entity == null || field == null) {
                return new JobStep(JobCounts.NONE, List.of(), next);
            }
            UUID after = before.checkpoint().has(AFTER)
                    ? UUID.fromString(before.checkpoint().path(AFTER).asText())
                    : null;
            Claimed claimed = new UniqueClaims(sql, claim.tenant(), entity, field).next(after, BATCH);
            List<JobError> errors = new ArrayList<>();
            for (Clash clash : claimed.clashes()) {
                errors.add(error(before.counts().processed() + errors.size() + 1, field, clash));
            }
            if (claimed.last() != null && claimed.records() == BATCH) {
                next.put(AFTER, claimed.last().toString());
            } else {
                MetadataTransaction tx = metadata.joined(sql, claim.context());
                if (errors.isEmpty() && before.counts().rejected() == 0) {
                    tx.claimed(key(claim));
                } else {
                    giveUp(tx, claim);
                }
            }
            int taken = claimed.records() - errors.size();
            return new JobStep(new JobCounts(claimed.records(), 0, taken, 0, 0, 0, errors.size()), errors, next);
        }

        private static JobError error(long number, FieldDefinition field, Clash clash) {
            Fault fault = new Fault(
                    null,
                    field.property(),
                    clash.value(),
                    "unique-clash",
                    List.of(clash.other().toString()));
            return new JobError(number, null, clash.record(), List.of(), List.of(fault));
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
