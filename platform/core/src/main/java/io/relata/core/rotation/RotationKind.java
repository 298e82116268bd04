package io.relata.core.rotation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.job.Job;
import io.relata.core.job.JobClaim;
import io.relata.core.job.JobCounts;
import io.relata.core.job.JobKind;
import io.relata.core.job.JobProgress;
import io.relata.core.job.JobStep;
import io.relata.core.job.JobTask;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.MetadataService;
import io.relata.core.metadata.Secret;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.PlaceWriter;
import io.relata.core.record.RecordData;
import io.relata.core.record.Secrets;
import io.relata.core.vault.Vault;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Jobs that give a tenant a new key and seal with it what an entity's records have, deleted ones too. To the records
/// nothing happens. It begins when everybody who writes knows the key. Older keys stay: the history is sealed with
/// them.
public final class RotationKind implements JobKind {

    public static final String CODE = "rotate-key";

    private static final int BATCH = 500;
    private static final String KEY = "key";
    private static final String AFTER = "after";
    private static final String FINISHED = "finished";

    private final MetadataService metadata;
    private final Vault vault;
    private final Clock clock;

    public RotationKind(MetadataService metadata, Vault vault, Clock clock) {
        this.metadata = metadata;
        this.vault = vault;
        this.clock = clock;
    }

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public JobTask open(JobClaim claim) {
        return new Task(claim);
    }

    @Override
    public void ended(JobClaim claim, Job.State state) {
        // Nothing is left but what was sealed.
    }

    private final class Task implements JobTask {

        private final JobClaim claim;

        Task(JobClaim claim) {
            this.claim = claim;
        }

        @Override
        public Optional<Batch> next(JobProgress before) {
            JsonNode checkpoint = before.checkpoint();
            if (checkpoint.path(FINISHED).asBoolean()) {
                return Optional.empty();
            }
            if (checkpoint.has(KEY) && !checkpoint.has(AFTER)) {
                LockSupport.parkNanos(Vault.TRUST.toNanos());
            }
            return Optional.of(checkpoint.has(KEY) ? sql -> seal(sql, checkpoint) : this::renew);
        }

        /// The key is there for all when this is committed.
        private JobStep renew(DSLContext sql) {
            int key = vault.renew(sql, claim.tenant(), clock.instant());
            return new JobStep(
                    JobCounts.NONE,
                    List.of(),
                    JsonNodeFactory.instance.objectNode().put(KEY, key));
        }

        private JobStep seal(DSLContext sql, JsonNode checkpoint) {
            EntityDefinition entity = metadata.current(sql, claim.tenant())
                    .entity(claim.entity())
                    .orElseThrow(
                            () -> ProblemException.of(ProblemCode.UNKNOWN_ENTITY, "unknown-entity", claim.entity()));
            List<FieldDefinition> fields = Secrets.of(entity);
            vault.require(sql, claim.tenant(), checkpoint.path(KEY).intValue());
            ObjectNode next = checkpoint.deepCopy();
            if (fields.isEmpty()) {
                return new JobStep(JobCounts.NONE, List.of(), next.put(FINISHED, true));
            }
            UUID after = checkpoint.has(AFTER)
                    ? UUID.fromString(checkpoint.path(AFTER).asText())
                    : null;
            List<RecordData> records =
                    new PlaceWriter(sql, claim.tenant(), entity, fields.getFirst()).next(fields, after, BATCH);
            int changed = 0;
            for (FieldDefinition field : fields) {
                Map<UUID, @Nullable Object> fresh =
                        sealed(sql, entity, field, records, checkpoint.path(KEY).intValue());
                if (!fresh.isEmpty()) {
                    new PlaceWriter(sql, claim.tenant(), entity, field).write(fresh);
                }
                changed = Math.max(changed, fresh.size());
            }
            if (records.size() < BATCH) {
                next.put(FINISHED, true);
            } else {
                next.put(AFTER, records.getLast().id().toString());
            }
            return new JobStep(
                    new JobCounts(records.size(), 0, changed, records.size() - changed, 0, 0, 0), List.of(), next);
        }

        private Map<UUID, @Nullable Object> sealed(
                DSLContext sql, EntityDefinition entity, FieldDefinition field, List<RecordData> records, int key) {
            Secrets secrets = new Secrets(sql, claim.tenant(), vault);
            Map<UUID, @Nullable Object> fresh = new LinkedHashMap<>();
            for (RecordData record : records) {
                if (record.value(field.name()) instanceof Secret secret && Vault.keyOf(secret.text()) < key) {
                    String text = secrets.open(entity.name(), record.id(), field.name(), secret);
                    fresh.put(record.id(), secrets.seal(entity.name(), record.id(), field.name(), text));
                }
            }
            return fresh;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
