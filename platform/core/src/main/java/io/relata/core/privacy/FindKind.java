package io.relata.core.privacy;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.access.CallerAccess;
import io.relata.core.audit.AuditEntry;
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
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.ValueKind;
import io.relata.core.privacy.PersonFinding.Kind;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.RecordColumns;
import io.relata.core.record.RecordData;
import io.relata.core.sql.StoredDocument;
import io.relata.core.vault.Vault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Jobs that look for a person in everything that a tenant has: the personal fields of all records, deleted ones too;
/// what points to the person's records; files; the audit trail. Each is gone through from its beginning to its end, a
/// portion in a transaction.
public final class FindKind implements JobKind {

    public static final String CODE = "find-person";

    static final String REQUEST = "request";

    private static final int BATCH = 1_000;
    private static final int TEXTS = 200;

    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> ID = field(name("id"), UUID.class);
    private static final Field<UUID> ENTITY = field(name("entity_id"), UUID.class);
    private static final Field<UUID> RECORD = field(name("record_id"), UUID.class);

    private final MetadataService metadata;
    private final Vault vault;

    public FindKind(MetadataService metadata, Vault vault) {
        this.metadata = metadata;
        this.vault = vault;
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
        // Nothing is left but what was found.
    }

    /// What is gone through, one after the other.
    private sealed interface Stretch {

        /// The personal fields of an entity's records.
        record Records(EntityDefinition entity) implements Stretch {}

        /// What points to the person's records by a lookup.
        record Pointing(EntityDefinition entity, FieldDefinition lookup) implements Stretch {}

        /// The files of the person's records, then the words in all files.
        record Files() implements Stretch {}

        /// The audit trail.
        record Trail() implements Stretch {}
    }

    private final class Task implements JobTask {

        private final JobClaim claim;
        private final UUID request;
        private final List<Stretch> stretches = new ArrayList<>();

        Task(JobClaim claim, MetadataSnapshot snapshot) {
            this.claim = claim;
            this.request = UUID.fromString(claim.definition().path(REQUEST).asText());
            List<EntityDefinition> entities = snapshot.entities().stream()
                    .sorted(Comparator.comparing(EntityDefinition::id))
                    .toList();
            entities.stream()
                    .filter(entity -> !PersonRecords.personal(entity).isEmpty())
                    .forEach(entity -> stretches.add(new Stretch.Records(entity)));
            for (EntityDefinition entity : entities) {
                entity.fields().stream()
                        .filter(field -> field.type().isLookup() && field.kind() == ValueKind.UUID && !field.virtual())
                        .filter(field -> !field.targets().isEmpty())
                        .forEach(lookup -> stretches.add(new Stretch.Pointing(entity, lookup)));
            }
            stretches.add(new Stretch.Files());
            stretches.add(new Stretch.Trail());
        }

        @Override
        public Optional<Batch> next(JobProgress before) {
            int stretch = before.checkpoint().path("stretch").asInt(0);
            return stretch >= stretches.size()
                    ? Optional.empty()
                    : Optional.of(sql -> run(sql, before.checkpoint(), stretches.get(stretch), stretch));
        }

        private JobStep run(DSLContext sql, JsonNode checkpoint, Stretch stretch, int number) {
            CallerAccess.of(sql, claim.context()).requirePrivacy();
            PersonWish wish = PersonTable.wish(sql, claim.tenant(), request).orElseThrow(ProblemException::notFound);
            UUID after = PersonWish.id(checkpoint.path("after").asText(""));
            Portion portion = new Portion(sql, wish, new PersonMatch(wish), after);
            switch (stretch) {
                case Stretch.Records records -> portion.records(records.entity());
                case Stretch.Pointing pointing -> portion.pointing(pointing.entity(), pointing.lookup());
                case Stretch.Files files -> portion.files();
                case Stretch.Trail trail -> portion.trail();
            }
            PersonTable.add(sql, claim.tenant(), request, portion.found);
            ObjectNode next = JsonNodeFactory.instance.objectNode();
            if (portion.last == null) {
                next.put("stretch", number + 1);
            } else {
                next.put("stretch", number).put("after", portion.last.toString());
            }
            return new JobStep(new JobCounts(portion.looked, 0, 0, 0, 0, 0, 0), List.of(), next);
        }

        @Override
        public void close() {
            // Holds nothing.
        }

        /// What is gone through in one transaction.
        private final class Portion {

            private final DSLContext sql;
            private final PersonWish wish;
            private final PersonMatch match;
            private final @Nullable UUID after;
            private final List<PersonFinding> found = new ArrayList<>();
            private int looked;

            /// Where the next portion begins; `null` when the stretch is at its end.
            private @Nullable UUID last;

            Portion(DSLContext sql, PersonWish wish, PersonMatch match, @Nullable UUID after) {
                this.sql = sql;
                this.wish = wish;
                this.match = match;
                this.after = after;
            }

            void records(EntityDefinition entity) {
                List<FieldDefinition> fields = PersonRecords.personal(entity);
                List<RecordData> records =
                        new PersonRecords(sql, claim.tenant(), vault).next(entity, fields, after, BATCH);
                records.forEach(record -> record(entity, fields, record));
                went(
                        records.size(),
                        BATCH,
                        records.isEmpty() ? null : records.getLast().id());
            }

            private void record(EntityDefinition entity, List<FieldDefinition> fields, RecordData record) {
                boolean person = record.id().equals(wish.record());
                List<String> holding = new ArrayList<>();
                for (FieldDefinition field : fields) {
                    Object value = record.value(field.name());
                    boolean names = match.names(field, value);
                    person |= names;
                    if (names || match.in(value)) {
                        holding.add(field.name());
                    }
                }
                if (person) {
                    found.add(new PersonFinding(Kind.PERSON, entity.id(), record.id(), "", null, 1));
                } else {
                    holding.forEach(field ->
                            found.add(new PersonFinding(Kind.MENTION, entity.id(), record.id(), field, null, 1)));
                }
            }

            void pointing(EntityDefinition entity, FieldDefinition lookup) {
                RecordColumns columns = RecordColumns.of(entity);
                List<UUID> records = sql.select(columns.id())
                        .from(columns.table())
                        .where(columns.belongsTo(claim.tenant()))
                        .and(columns.field(lookup).coerce(UUID.class).in(found(Kind.PERSON)))
                        .and(after == null ? DSL.noCondition() : columns.id().gt(after))
                        .orderBy(columns.id())
                        .limit(BATCH)
                        .fetch(columns.id());
                records.forEach(record ->
                        found.add(new PersonFinding(Kind.REFERENCE, entity.id(), record, lookup.name(), null, 1)));
                went(records.size(), BATCH, records.isEmpty() ? null : records.getLast());
            }

            private Select<Record1<UUID>> found(Kind kind) {
                return DSL.select(RECORD)
                        .from(PersonTable.FINDING)
                        .where(TENANT.eq(claim.tenant()))
                        .and(PersonTable.OF.eq(request))
                        .and(PersonTable.KIND.eq(kind.code()));
            }

            /// A file belongs to the person with the record that has it, or by its name, or by the words in it.
            void files() {
                List<? extends Record> rows = sql.fetch(
                        "select file.id, used.entity_id, used.record_id, used.field, file.name,"
                                + " words.text, exists (select from relata.person_finding f where f.tenant_id = {0}"
                                + " and f.request_id = {1} and f.kind = 'person' and f.entity_id = used.entity_id"
                                + " and f.record_id = used.record_id) as own"
                                + " from (select id, name from relata.file where tenant_id = {0} and id > {2}"
                                + " order by id limit {3}) as file"
                                + " left join relata.file_use used on used.tenant_id = {0} and used.file_id = file.id"
                                + " left join relata.file_text words on words.tenant_id = {0}"
                                + " and words.file_id = file.id order by file.id",
                        DSL.val(claim.tenant()),
                        DSL.val(request),
                        DSL.val(after == null ? new UUID(0, 0) : after),
                        DSL.val(TEXTS));
                Set<UUID> files = new LinkedHashSet<>();
                for (Record row : rows) {
                    UUID file = row.get("id", UUID.class);
                    files.add(file);
                    UUID record = row.get("record_id", UUID.class);
                    String text = row.get("text", String.class);
                    boolean named = match.in(row.get("name", String.class)) || (text != null && match.in(text));
                    if (record == null && named) {
                        found.add(new PersonFinding(Kind.FILE, AuditEntry.FILES, file, "", file, 1));
                    } else if (record != null && (named || row.get("own", Boolean.class))) {
                        UUID entity = row.get("entity_id", UUID.class);
                        String field = row.get("field", String.class);
                        found.add(new PersonFinding(Kind.FILE, entity, record, field, file, 1));
                    }
                }
                went(
                        files.size(),
                        TEXTS,
                        files.isEmpty() ? null : List.copyOf(files).getLast());
            }

            void trail() {
                Field<Boolean> own = DSL.field(DSL.exists(DSL.selectOne()
                        .from(PersonTable.FINDING.as("f"))
                        .where("f.tenant_id = {0} and f.request_id = {1}", DSL.val(claim.tenant()), DSL.val(request))
                        .and("f.kind in ('person', 'mention') and f.entity_id = audit.entity_id")
                        .and("f.record_id = audit.record_id")));
                List<? extends Record> rows = sql.select(
                                ID, ENTITY, RECORD, field(name("changes"), JSONB.class), own.as("own"))
                        .from(table(name("relata", "audit")))
                        .where(TENANT.eq(claim.tenant()))
                        .and(after == null ? DSL.noCondition() : ID.gt(after))
                        .orderBy(ID)
                        .limit(BATCH)
                        .fetch();
                for (Record row : rows) {
                    if (row.get("own", SQLDataType.BOOLEAN.getType()) || in(row.get("changes", JSONB.class))) {
                        found.add(new PersonFinding(Kind.AUDIT, row.get(ENTITY), row.get(RECORD), "", null, 1));
                    }
                }
                added();
                went(rows.size(), BATCH, rows.isEmpty() ? null : rows.getLast().get(ID));
            }

            /// One statement cannot add to the same row twice.
            private void added() {
                Map<List<UUID>, PersonFinding> sums = new LinkedHashMap<>();
                found.forEach(one -> sums.merge(
                        List.of(one.entity(), one.record()),
                        one,
                        (a, b) -> new PersonFinding(
                                a.kind(), a.entity(), a.record(), "", null, a.entries() + b.entries())));
                found.clear();
                found.addAll(sums.values());
            }

            private boolean in(JSONB changes) {
                return AuditTexts.any(StoredDocument.parse(changes), match::in);
            }

            private void went(int count, int most, @Nullable UUID to) {
                looked = count;
                last = count == most ? to : null;
            }
        }
    }
}
