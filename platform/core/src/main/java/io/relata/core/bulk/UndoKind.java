package io.relata.core.bulk;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.audit.Cause;
import io.relata.core.audit.SensitiveReads;
import io.relata.core.job.Job;
import io.relata.core.job.JobClaim;
import io.relata.core.job.JobCounts;
import io.relata.core.job.JobError;
import io.relata.core.job.JobKind;
import io.relata.core.job.JobProgress;
import io.relata.core.job.JobStep;
import io.relata.core.job.JobTask;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.MetadataService;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Form;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.Document;
import io.relata.core.record.JsonValues;
import io.relata.core.record.Move;
import io.relata.core.record.RecordInput;
import io.relata.core.record.RecordResult;
import io.relata.core.record.RecordTarget;
import io.relata.core.record.RecordWriter;
import io.relata.core.record.WriteTransaction;
import io.relata.core.sql.StoredDocument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Jobs that undo what a job or a bulk call did: records that it created are deleted, those that it deleted are
/// restored, changed fields get the values that they had before.
///
/// It goes through the entries of the audit trail from the last to the first; after a deletion from the first to the
/// last, since what was deleted along comes back with what took it along. A record that somebody has touched since is
/// left as it is, and reported. Undoing is writing: whoever undoes must be allowed to.
public final class UndoKind implements JobKind {

    /// The kind's name.
    public static final String CODE = "undo";

    static final String CHANGE = "change";

    private static final int BATCH = 200;
    private static final Table<Record> AUDIT = table(name("relata", "audit"));
    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> ID = field(name("id"), UUID.class);
    private static final Field<UUID> ENTITY = field(name("entity_id"), UUID.class);
    private static final Field<UUID> RECORD = field(name("record_id"), UUID.class);
    private static final Field<String> ACTION = field(name("action"), String.class);
    private static final Field<String> CAUSE = field(name("cause"), String.class);
    private static final Field<JSONB> CHANGES = field(name("changes"), JSONB.class);

    private final MetadataService metadata;
    private final RecordWriter writer;

    public UndoKind(MetadataService metadata, RecordWriter writer) {
        this.metadata = metadata;
        this.writer = writer;
    }

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public JobTask open(JobClaim claim) {
        return new Task(claim, metadata.snapshot(claim.tenant()));
    }

    @Override
    public void ended(JobClaim claim, Job.State state) {
        // Nothing is left but the records.
    }

    /// One thing that is to be undone.
    private record Entry(UUID id, UUID entity, UUID record, String action, JsonNode changes) {

        boolean like(Entry other) {
            return entity.equals(other.entity) && action.equals(other.action);
        }
    }

    private final class Task implements JobTask {

        private final JobClaim claim;
        private final MetadataSnapshot snapshot;
        private final Map<UUID, EntityDefinition> entities = new LinkedHashMap<>();
        private final String change;
        private boolean finished;

        Task(JobClaim claim, MetadataSnapshot snapshot) {
            this.claim = claim;
            this.snapshot = snapshot;
            this.change = claim.definition().path(CHANGE).asText();
            snapshot.entities().forEach(entity -> entities.put(entity.id(), entity));
        }

        @Override
        public Optional<Batch> next(JobProgress before) {
            return finished
                    ? Optional.empty()
                    : Optional.of(sql -> writer.within(sql, claim.context(), snapshot, tx -> run(tx, before)));
        }

        private JobStep run(WriteTransaction tx, JobProgress before) {
            boolean forwards = forwards(tx.sql());
            JsonNode place = before.checkpoint().path("after");
            List<Entry> entries =
                    entries(tx.sql(), forwards, place.isTextual() ? UUID.fromString(place.textValue()) : null);
            finished = entries.size() < BATCH;
            Undone undone = new Undone(before.counts().processed());
            Set<UUID> touched = touched(tx.sql(), entries);
            List<Entry> alike = new ArrayList<>();
            for (Entry entry : entries) {
                if (touched.contains(entry.id())) {
                    undone.refuse(entry.record(), "undo-touched-since");
                    continue;
                }
                if (!alike.isEmpty() && !alike.getFirst().like(entry)) {
                    undo(tx, alike, undone);
                    alike.clear();
                }
                alike.add(entry);
            }
            undo(tx, alike, undone);
            ObjectNode checkpoint = JsonNodeFactory.instance.objectNode();
            if (!entries.isEmpty()) {
                checkpoint.put("after", entries.getLast().id().toString());
            }
            return new JobStep(undone.counts, undone.errors, checkpoint);
        }

        private boolean forwards(DSLContext sql) {
            return sql.fetchExists(AUDIT, changed().and(ACTION.eq("delete")));
        }

        private Condition changed() {
            return TENANT.eq(claim.tenant()).and(CAUSE.eq(change)).and(ACTION.ne(SensitiveReads.ACTION));
        }

        private List<Entry> entries(DSLContext sql, boolean forwards, @Nullable UUID after) {
            Condition behind = after == null ? DSL.noCondition() : forwards ? ID.gt(after) : ID.lt(after);
            return sql.select(ID, ENTITY, RECORD, ACTION, CHANGES)
                    .from(AUDIT)
                    .where(changed())
                    .and(behind)
                    .orderBy(forwards ? ID.asc() : ID.desc())
                    .limit(BATCH)
                    .fetch(row -> new Entry(
                            row.value1(),
                            row.value2(),
                            row.value3(),
                            row.value4(),
                            StoredDocument.parse(row.value5())));
        }

        /// Returns the entries whose records somebody has touched after them.
        private Set<UUID> touched(DSLContext sql, List<Entry> entries) {
            if (entries.isEmpty()) {
                return Set.of();
            }
            String mine = Cause.of(CODE, claim.id()).name();
            return new HashSet<>(sql.select(field(name("undone", "id"), UUID.class))
                    .from(
                            "unnest({0}, {1}, {2}) as undone (id, entity, record)",
                            DSL.val(ids(entries, Entry::id)),
                            DSL.val(ids(entries, Entry::entity)),
                            DSL.val(ids(entries, Entry::record)))
                    .where(DSL.exists(DSL.selectOne()
                            .from(AUDIT.as("later"))
                            .where("later.tenant_id = {0}", DSL.val(claim.tenant()))
                            .and("later.entity_id = undone.entity and later.record_id = undone.record")
                            .and("later.id > undone.id and later.action in ('create', 'update', 'delete', 'restore')")
                            .and("coalesce(later.cause, '') not in ({0}, {1})", DSL.val(change), DSL.val(mine))))
                    .fetch(0, UUID.class));
        }

        private static UUID[] ids(List<Entry> entries, java.util.function.Function<Entry, UUID> which) {
            return entries.stream().map(which).toArray(UUID[]::new);
        }

        private void undo(WriteTransaction tx, List<Entry> alike, Undone undone) {
            if (alike.isEmpty()) {
                return;
            }
            EntityDefinition entity = entities.get(alike.getFirst().entity());
            if (entity == null) {
                alike.forEach(entry -> undone.refuse(entry.record(), "undo-entity-gone"));
                return;
            }
            List<RecordResult> results = switch (alike.getFirst().action()) {
                case "create", "restore" -> writer.moveAll(tx, entity, targets(alike), Move.DELETE);
                case "delete" -> writer.moveAll(tx, entity, targets(alike), Move.RESTORE);
                default ->
                    writer.saveAll(
                            tx,
                            entity,
                            alike.stream().map(entry -> before(entity, entry)).toList());
            };
            for (int i = 0; i < alike.size(); i++) {
                undone.count(alike.get(i), results.get(i));
            }
        }

        private static List<RecordTarget> targets(List<Entry> entries) {
            return entries.stream()
                    .map(entry -> RecordTarget.of(entry.record(), null))
                    .toList();
        }

        /// Returns the values that were there before.
        private RecordInput before(EntityDefinition entity, Entry entry) {
            ObjectNode values = JsonNodeFactory.instance.objectNode();
            for (JsonNode changed : entry.changes()) {
                Optional<FieldDefinition> field =
                        entity.field(changed.path("field").asText()).filter(UndoKind::comesBack);
                if (field.isPresent() && changed.has("old")) {
                    values.set(field.get().property(), Document.shown(field.get(), changed.path("old")));
                }
            }
            return new RecordInput(
                    RecordTarget.of(entry.record(), null), JsonValues.of(values), RecordInput.Rest.KEPT, Form.JSON);
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    /// What nobody can write follows from other values; of a secret the audit trail has no value that could be written.
    private static boolean comesBack(FieldDefinition field) {
        return !field.readOnly() && field.kind() != ValueKind.SECRET;
    }

    /// What a batch has come to.
    private static final class Undone {

        private final List<JobError> errors = new ArrayList<>();
        private final long processed;
        private JobCounts counts = JobCounts.NONE;
        private long number;

        Undone(long processed) {
            this.processed = processed;
        }

        void refuse(UUID record, String code) {
            count(record, new RecordResult.Rejected(ProblemException.invalid(List.of(Violation.of(null, code)))));
        }

        /// What has come back along with another, or has gone with it, is not there to be moved any more.
        void count(Entry entry, RecordResult result) {
            boolean done = !entry.action().equals("update")
                    && result instanceof RecordResult.Rejected rejected
                    && rejected.problem().code() == ProblemCode.NOT_FOUND;
            if (done) {
                number++;
                counts = counts.plus(new JobCounts(1, 0, 0, 1, 0, 0, 0));
            } else {
                count(entry.record(), result);
            }
        }

        private void count(UUID record, RecordResult result) {
            number++;
            counts = counts.plus(JobCounts.of(List.of(result)));
            if (result instanceof RecordResult.Rejected rejected) {
                errors.add(JobError.of(processed + number, record, rejected));
            }
        }
    }
}
