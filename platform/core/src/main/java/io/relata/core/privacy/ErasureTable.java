package io.relata.core.privacy;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.privacy.PersonFinding.Kind;
import io.relata.core.sql.StoredDocument;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The tables of erasures: what was asked for, what became of each record, and the proof.
final class ErasureTable {

    static final Table<Record> ERASURE = table(name("relata", "person_erasure"));
    static final Table<Record> STEP = table(name("relata", "person_erasure_step"));
    static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    static final Field<UUID> ID = field(name("id"), UUID.class);
    static final Field<UUID> REQUEST = field(name("request_id"), UUID.class);
    static final Field<UUID> JOB = field(name("job_id"), UUID.class);
    static final Field<String> REASON = field(name("reason"), String.class);
    static final Field<JSONB> MODES = field(name("modes"), JSONB.class);
    static final Field<UUID> BY = field(name("requested_by"), UUID.class);
    static final Field<OffsetDateTime> CREATED = field(name("created_at"), OffsetDateTime.class);
    static final Field<OffsetDateTime> FINISHED = field(name("finished_at"), OffsetDateTime.class);
    static final Field<JSONB> PROOF = field(name("proof"), JSONB.class);
    static final Field<UUID> OF = field(name("erasure_id"), UUID.class);
    static final Field<UUID> ENTITY = field(name("entity_id"), UUID.class);
    static final Field<UUID> RECORD = field(name("record_id"), UUID.class);
    static final Field<String> RESULT = field(name("result"), String.class);
    static final Field<JSONB> FIELDS = field(name("fields"), JSONB.class);

    private ErasureTable() {}

    static Optional<Erasing.Erasure> find(DSLContext sql, UUID tenant, UUID id) {
        return sql.select(ID, REQUEST, REASON, MODES, BY, CREATED, JOB)
                .from(ERASURE)
                .where(TENANT.eq(tenant))
                .and(ID.eq(id))
                .fetchOptional(ErasureTable::erasure);
    }

    static Erasing.Erasure erasure(Record row) {
        return new Erasing.Erasure(
                row.get(ID),
                row.get(REQUEST),
                ErasureWish.stored(row.get(REASON), StoredDocument.parse(row.get(MODES))),
                row.get(BY),
                row.get(CREATED).toInstant(),
                row.get(JOB));
    }

    /// What became of a record.
    record Step(UUID entity, UUID record, String result, JsonNode fields) {}

    /// Writes down what became of a record; what is done again counts once.
    static void step(DSLContext sql, UUID tenant, UUID erasure, Step step) {
        sql.insertInto(STEP)
                .columns(TENANT, OF, ENTITY, RECORD, RESULT, FIELDS)
                .values(
                        tenant,
                        erasure,
                        step.entity(),
                        step.record(),
                        step.result(),
                        JSONB.valueOf(step.fields().toString()))
                .onConflict(TENANT, OF, ENTITY, RECORD, RESULT)
                .doUpdate()
                .set(FIELDS, DSL.excluded(FIELDS))
                .execute();
    }

    static List<Step> steps(DSLContext sql, UUID tenant, UUID erasure) {
        return sql.select(ENTITY, RECORD, RESULT, FIELDS)
                .from(STEP)
                .where(TENANT.eq(tenant))
                .and(OF.eq(erasure))
                .orderBy(ENTITY, RECORD, RESULT)
                .fetch(row -> new Step(row.value1(), row.value2(), row.value3(), StoredDocument.parse(row.value4())));
    }

    static void finish(DSLContext sql, UUID tenant, UUID erasure, JsonNode proof, OffsetDateTime now) {
        sql.update(ERASURE)
                .set(PROOF, JSONB.valueOf(proof.toString()))
                .set(FINISHED, now)
                .where(TENANT.eq(tenant))
                .and(ID.eq(erasure))
                .execute();
    }

    /// A record whose history has something of the person.
    ///
    /// @param person whether the record is the person
    record Subject(UUID entity, UUID record, boolean person) {}

    static List<Subject> subjects(DSLContext sql, UUID tenant, UUID request, @Nullable Subject after, int most) {
        Field<Boolean> person = DSL.boolOr(PersonTable.KIND.eq(Kind.PERSON.code()));
        return sql.select(ENTITY, RECORD, person)
                .from(PersonTable.FINDING)
                .where(TENANT.eq(tenant))
                .and(PersonTable.OF.eq(request))
                .and(PersonTable.KIND.ne(Kind.REFERENCE.code()))
                .and(after == null ? DSL.noCondition() : DSL.row(ENTITY, RECORD).gt(after.entity(), after.record()))
                .groupBy(ENTITY, RECORD)
                .orderBy(ENTITY, RECORD)
                .limit(most)
                .fetch(row -> new Subject(row.value1(), row.value2(), row.value3()));
    }

    /// The proof of an erasure that has come to its end.
    record Proof(JsonNode document, Instant at) {}

    static Optional<Proof> proof(DSLContext sql, UUID tenant, UUID request) {
        return sql.select(PROOF, FINISHED)
                .from(ERASURE)
                .where(TENANT.eq(tenant))
                .and(REQUEST.eq(request))
                .and(PROOF.isNotNull())
                .orderBy(ID.desc())
                .limit(1)
                .fetchOptional(row -> new Proof(
                        StoredDocument.parse(row.value1()), row.value2().toInstant()));
    }
}
