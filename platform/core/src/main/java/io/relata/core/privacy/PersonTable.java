package io.relata.core.privacy;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.relata.core.privacy.PersonFinding.Kind;
import io.relata.core.sql.Rows;
import io.relata.core.sql.StoredDocument;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The tables of requests about persons and of what they found.
final class PersonTable {

    static final Table<Record> REQUEST = table(name("relata", "person_request"));
    static final Table<Record> FINDING = table(name("relata", "person_finding"));
    static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    static final Field<UUID> ID = field(name("id"), UUID.class);
    static final Field<JSONB> WISH = field(name("wish"), JSONB.class);
    static final Field<UUID> JOB = field(name("job_id"), UUID.class);
    static final Field<UUID> BY = field(name("requested_by"), UUID.class);
    static final Field<OffsetDateTime> CREATED = field(name("created_at"), OffsetDateTime.class);
    static final Field<UUID> OF = field(name("request_id"), UUID.class);
    static final Field<String> KIND = field(name("kind"), String.class);
    static final Field<UUID> ENTITY = field(name("entity_id"), UUID.class);
    static final Field<UUID> RECORD = field(name("record_id"), UUID.class);
    static final Field<String> FIELD = field(name("field"), String.class);
    static final Field<UUID> FILE = field(name("file_id"), UUID.class);
    static final Field<Long> ENTRIES = field(name("entries"), Long.class);

    private PersonTable() {}

    static Optional<PersonWish> wish(DSLContext sql, UUID tenant, UUID request) {
        return sql.select(WISH)
                .from(REQUEST)
                .where(TENANT.eq(tenant))
                .and(ID.eq(request))
                .fetchOptional(row -> PersonWish.stored(StoredDocument.parse(row.value1())));
    }

    /// Writes down what was found; entries of the audit trail about one record are added up.
    static void add(DSLContext sql, UUID tenant, UUID request, Collection<PersonFinding> found) {
        if (found.isEmpty()) {
            return;
        }
        Rows rows = new Rows(List.of(KIND, ENTITY, RECORD, FIELD, FILE, ENTRIES));
        rows.same(TENANT, tenant).same(OF, request);
        for (PersonFinding one : found) {
            rows.add(Arrays.asList(
                    one.kind().code(), one.entity(), one.record(), one.field(), one.file(), one.entries()));
        }
        sql.execute(rows.insertion(FINDING)
                .onConflict(TENANT, OF, KIND, ENTITY, RECORD, FIELD)
                .doUpdate()
                .set(
                        ENTRIES,
                        field(name("person_finding", "entries"), Long.class).plus(DSL.excluded(ENTRIES)))
                .where(KIND_OF_TABLE.eq(Kind.AUDIT.code())));
    }

    private static final Field<String> KIND_OF_TABLE = field(name("person_finding", "kind"), String.class);

    /// Returns findings in a fixed order.
    static List<PersonFinding> page(
            DSLContext sql,
            UUID tenant,
            UUID request,
            Collection<Kind> kinds,
            @Nullable PersonFinding after,
            int most) {
        Condition behind = after == null
                ? DSL.noCondition()
                : DSL.row(KIND, ENTITY, RECORD, FIELD)
                        .gt(after.kind().code(), after.entity(), after.record(), after.field());
        return sql.select(KIND, ENTITY, RECORD, FIELD, FILE, ENTRIES)
                .from(FINDING)
                .where(TENANT.eq(tenant))
                .and(OF.eq(request))
                .and(KIND.in(kinds.stream().map(Kind::code).toList()))
                .and(behind)
                .orderBy(KIND, ENTITY, RECORD, FIELD)
                .limit(most)
                .fetch(PersonTable::finding);
    }

    private static PersonFinding finding(Record row) {
        return new PersonFinding(
                Kind.valueOf(row.get(KIND).toUpperCase(Locale.ROOT)),
                row.get(ENTITY),
                row.get(RECORD),
                row.get(FIELD),
                row.get(FILE),
                row.get(ENTRIES));
    }

    /// How much of a kind there is of an entity.
    record Count(Kind kind, UUID entity, long records, long entries) {}

    static List<Count> counts(DSLContext sql, UUID tenant, UUID request) {
        Field<Integer> records = DSL.countDistinct(RECORD);
        Field<Long> entries = DSL.sum(ENTRIES).cast(Long.class);
        return new ArrayList<>(sql.select(KIND, ENTITY, records, entries)
                .from(FINDING)
                .where(TENANT.eq(tenant))
                .and(OF.eq(request))
                .groupBy(KIND, ENTITY)
                .orderBy(KIND, ENTITY)
                .fetch(row -> new Count(
                        Kind.valueOf(row.get(KIND).toUpperCase(Locale.ROOT)),
                        row.get(ENTITY),
                        row.get(records),
                        row.get(entries))));
    }
}
