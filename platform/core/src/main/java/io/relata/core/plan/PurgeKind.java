package io.relata.core.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.job.Job;
import io.relata.core.job.JobClaim;
import io.relata.core.job.JobCounts;
import io.relata.core.job.JobKind;
import io.relata.core.job.JobProgress;
import io.relata.core.job.JobStep;
import io.relata.core.job.JobTask;
import io.relata.core.metadata.ComponentKey;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.HiddenField;
import io.relata.core.metadata.KeptValues;
import io.relata.core.metadata.MetadataService;
import io.relata.core.record.PlaceClearing;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;

/// Jobs that take away for good what a field held that is gone, or that is of another type by now: in the record, in
/// lists of items, of files. What happened to the records stays in the audit trail.
public final class PurgeKind implements JobKind {

    /// The kind's name.
    public static final String CODE = "purge-values";

    private static final int BATCH = 500;
    private static final String COMPONENT = "component";
    private static final String PLACE = "place";
    private static final String MEMBERS = "members";
    private static final String AFTER = "after";

    private final MetadataService metadata;
    private final Clock clock;

    public PurgeKind(MetadataService metadata, Clock clock) {
        this.metadata = metadata;
        this.clock = clock;
    }

    static ObjectNode definition(KeptValues kept) {
        ObjectNode definition = JsonNodeFactory.instance
                .objectNode()
                .put(COMPONENT, kept.field().toString())
                .put(PLACE, kept.place());
        ArrayNode members = definition.putArray(MEMBERS);
        kept.members().forEach(members::add);
        return definition;
    }

    static boolean isFor(Job job, KeptValues kept) {
        return job.definition().path(COMPONENT).asText().equals(kept.field().toString())
                && job.definition().path(PLACE).asText().equals(kept.place());
    }

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public JobTask open(JobClaim claim) {
        return new Task(claim);
    }

    /// What was cleared is gone; the rest is cleared when it is asked for again.
    @Override
    public void ended(JobClaim claim, Job.State state) {
        metadata.changed(claim.tenant());
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
            ComponentKey key = ComponentKey.parse(
                            claim.definition().path(COMPONENT).asText())
                    .orElseThrow();
            String place = claim.definition().path(PLACE).asText();
            ObjectNode next = JsonNodeFactory.instance.objectNode();
            EntityDefinition entity =
                    metadata.current(sql, claim.tenant()).entity(claim.entity()).orElse(null);
            HiddenField hidden = entity == null
                    ? null
                    : entity.hidden(place).filter(HiddenField::left).orElse(null);
            if (entity == null || hidden == null) {
                return new JobStep(JobCounts.NONE, List.of(), next);
            }
            List<String> members = new ArrayList<>();
            claim.definition().path(MEMBERS).forEach(member -> members.add(member.asText()));
            UUID after = checkpoint.has(AFTER)
                    ? UUID.fromString(checkpoint.path(AFTER).asText())
                    : null;
            List<UUID> cleared =
                    new PlaceClearing(sql, claim.tenant(), entity, hidden, members, clock).next(after, BATCH);
            if (cleared.size() < BATCH) {
                metadata.joined(sql, claim.context()).forgetAll(key.entity(), place);
            } else {
                next.put(AFTER, cleared.getLast().toString());
            }
            return new JobStep(new JobCounts(cleared.size(), 0, cleared.size(), 0, 0, 0, 0), List.of(), next);
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
