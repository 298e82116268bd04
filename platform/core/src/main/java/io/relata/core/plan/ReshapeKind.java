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
import io.relata.core.metadata.HiddenField;
import io.relata.core.metadata.MetadataService;
import io.relata.core.metadata.MetadataTransaction;
import io.relata.core.metadata.Reshape;
import io.relata.core.problem.Violation;
import io.relata.core.record.PlaceFilling;
import io.relata.core.record.PlaceWriter;
import io.relata.core.record.RecordData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Jobs that give a field another type, store what a formula gives, or move a field in or out of an indexed column,
/// while
/// people work.
///
/// Since the plan was applied, every write fills the field's second place beside the first. The job fills it for all
/// other records, then has the field served from it, in one transaction that no writer overlaps, and clears what is
/// left. Each batch says again what the second place holds, so that doing one twice does no harm.
public final class ReshapeKind implements JobKind {

    static final String CODE = "reshape";

    private static final int BATCH = 500;
    private static final String PHASE = "phase";
    private static final String AFTER = "after";
    private static final String CLEARED = "cleared";
    private static final String PLACE = "place";

    /// Other nodes may read the first place for as long as they trust their snapshot.
    private static final long STALE_READERS_NANOS = 1_500_000_000L;

    private final MetadataService metadata;

    public ReshapeKind(MetadataService metadata) {
        this.metadata = metadata;
    }

    private enum Phase {
        FILL,
        SWITCH,
        CLEAR,
        DONE
    }

    @Override
    public String code() {
        return CODE;
    }

    static ObjectNode definition(Reshape reshape) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("component", reshape.field().toString())
                .put(PLACE, reshape.place());
    }

    @Override
    public JobTask open(JobClaim claim) {
        return new Task(claim);
    }

    /// What is given up leaves the field as it was.
    @Override
    public void ended(JobClaim claim, Job.State state) {
        if (state != Job.State.DONE) {
            metadata.change(claim.context(), tx -> {
                tx.giveUp(key(claim).entity(), place(claim));
                return state;
            });
        }
    }

    static Optional<ComponentKey> component(JsonNode definition) {
        return ComponentKey.parse(definition.path("component").asText());
    }

    static String place(JsonNode definition) {
        return definition.path(PLACE).asText();
    }

    private static ComponentKey key(JobClaim claim) {
        return component(claim.definition()).orElseThrow();
    }

    private static String place(JobClaim claim) {
        return place(claim.definition());
    }

    private final class Task implements JobTask {

        private final JobClaim claim;

        Task(JobClaim claim) {
            this.claim = claim;
        }

        @Override
        public Optional<Batch> next(JobProgress before) {
            Phase phase = phase(before.checkpoint());
            return switch (phase) {
                case FILL -> Optional.of(sql -> fill(sql, before));
                case SWITCH -> Optional.of(this::switchOver);
                case CLEAR -> {
                    if (!before.checkpoint().has(CLEARED)) {
                        metadata.changed(claim.tenant());
                        LockSupport.parkNanos(STALE_READERS_NANOS);
                    }
                    yield Optional.of(sql -> clear(sql, before.checkpoint().path(CLEARED)));
                }
                case DONE -> Optional.empty();
            };
        }

        private Phase phase(JsonNode checkpoint) {
            return checkpoint.has(PHASE) ? Phase.valueOf(checkpoint.path(PHASE).asText()) : Phase.FILL;
        }

        private static @Nullable UUID after(JsonNode checkpoint) {
            JsonNode after = checkpoint.path(AFTER);
            return after.isTextual() ? UUID.fromString(after.textValue()) : null;
        }

        private static JobStep step(JobCounts counts, List<JobError> errors, Phase phase, @Nullable UUID after) {
            ObjectNode checkpoint = JsonNodeFactory.instance.objectNode().put(PHASE, phase.name());
            if (after != null) {
                checkpoint.put(AFTER, after.toString());
            }
            return new JobStep(counts, errors, checkpoint);
        }

        private JobStep fill(DSLContext sql, JobProgress before) {
            EntityDefinition entity =
                    metadata.current(sql, claim.tenant()).entity(claim.entity()).orElse(null);
            HiddenField place =
                    entity == null ? null : entity.hidden(place(claim)).orElse(null);
            if (entity == null || place == null) {
                return step(JobCounts.NONE, List.of(), Phase.DONE, null);
            }
            PlaceFilling filling = PlaceFilling.of(entity, place).orElse(null);
            if (filling == null) {
                return step(JobCounts.NONE, List.of(), place.left() ? Phase.CLEAR : Phase.DONE, null);
            }
            PlaceWriter writer = new PlaceWriter(sql, claim.tenant(), entity, place.field());
            List<RecordData> records = writer.next(filling.reads(), after(before.checkpoint()), BATCH);
            Map<UUID, @Nullable Object> values = new LinkedHashMap<>();
            List<JobError> errors = new ArrayList<>();
            long number = before.counts().processed();
            for (RecordData record : records) {
                number++;
                List<Violation> violations = new ArrayList<>();
                Object value = filling.value(record, violations);
                if (!Objects.equals(value, record.value(place.field().name()))) {
                    values.put(record.id(), value);
                }
                if (!violations.isEmpty()) {
                    errors.add(error(number, filling.field(), record, violations));
                }
            }
            writer.write(values);
            JobCounts counts = new JobCounts(records.size(), 0, values.size(), 0, 0, 0, errors.size());
            return records.size() < BATCH
                    ? step(counts, errors, Phase.SWITCH, null)
                    : step(counts, errors, Phase.FILL, records.getLast().id());
        }

        private static JobError error(
                long number, FieldDefinition field, RecordData record, List<Violation> violations) {
            List<Fault> faults = violations.stream()
                    .map(violation -> new Fault(
                            null,
                            field.property(),
                            Objects.toString(record.value(field.name()), ""),
                            violation.code(),
                            violation.arguments()))
                    .toList();
            return new JobError(number, null, record.id(), List.of(), faults);
        }

        private JobStep switchOver(DSLContext sql) {
            MetadataTransaction tx = metadata.joined(sql, claim.context());
            tx.switchOver(key(claim).entity(), place(claim));
            return step(JobCounts.NONE, List.of(), Phase.CLEAR, null);
        }

        /// @param before how far a place was cleared, and which; another job may have brought that to its end
        private JobStep clear(DSLContext sql, JsonNode before) {
            EntityDefinition entity =
                    metadata.current(sql, claim.tenant()).entity(claim.entity()).orElse(null);
            HiddenField left = entity == null ? null : entity.left().orElse(null);
            if (entity == null || left == null) {
                return step(JobCounts.NONE, List.of(), Phase.DONE, null);
            }
            String place = left.field().name();
            UUID after = before.path(PLACE).asText().equals(place) ? after(before) : null;
            Optional<UUID> last = new PlaceWriter(sql, claim.tenant(), entity, left.field()).clear(after, BATCH);
            if (last.isEmpty()) {
                metadata.joined(sql, claim.context()).forget(entity.key(), place);
            }
            ObjectNode checkpoint = JsonNodeFactory.instance.objectNode().put(PHASE, Phase.CLEAR.name());
            ObjectNode cleared = checkpoint.putObject(CLEARED).put(PLACE, place);
            last.ifPresent(id -> cleared.put(AFTER, id.toString()));
            return new JobStep(JobCounts.NONE, List.of(), checkpoint);
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
