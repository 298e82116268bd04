package io.relata.core.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.access.CallerAccess;
import io.relata.core.access.Privilege;
import io.relata.core.audit.AuditRetention;
import io.relata.core.audit.SensitiveReads;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.sql.StoredDocument;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;

/// What a record was at a time: what it is, with every change taken back that came later.
public final class PastRecord {

    /// Of changes that are taken back.
    private static final int MOST = 5_000;

    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> ENTITY = field(name("entity_id"), UUID.class);
    private static final Field<UUID> RECORD = field(name("record_id"), UUID.class);
    private static final Field<UUID> ID = field(name("id"), UUID.class);
    private static final Field<OffsetDateTime> AT = field(name("at"), OffsetDateTime.class);
    private static final Field<String> ACTION = field(name("action"), String.class);
    private static final Field<JSONB> CHANGES = field(name("changes"), JSONB.class);

    private final TenantTransaction transactions;

    public PastRecord(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    /// A record at a time.
    ///
    /// @param deleted whether it was deleted then
    /// @param values  by property, as the API shows them; those that follow from others when they are read have none
    /// @param unknown the properties whose values then are not known, because the history does not keep them
    public record Seen(long version, boolean deleted, Map<String, JsonNode> values, List<String> unknown) {}

    /// Returns what the record was.
    ///
    /// @param seen the entity as the caller sees it
    /// @throws ProblemException NOT_FOUND when the caller does not see the record, or there was none then;
    ///     INVALID_QUERY when it has changed too often since, or the trail is not kept for so long
    public Seen at(CallContext context, EntityDefinition seen, UUID id, Instant at) {
        return transactions.call(context, sql -> at(sql, context, seen, id, at));
    }

    private static Seen at(DSLContext sql, CallContext context, EntityDefinition seen, UUID id, Instant at) {
        List<FieldDefinition> fields = seen.fields().stream()
                .filter(field -> !field.virtual() && field.rollUp() == null)
                .toList();
        RecordColumns columns = RecordColumns.of(seen);
        List<Field<?>> selected = new ArrayList<>(columns.selection(fields));
        selected.add(columns.state());
        Record row = sql.select(selected)
                .from(columns.table())
                .where(columns.belongsTo(context.tenant()))
                .and(columns.id().eq(id))
                .and(Reach.of(CallerAccess.of(sql, context), seen, Privilege.READ)
                        .each(columns))
                .fetchOptional()
                .orElseThrow(ProblemException::notFound);
        RecordData now = columns.read(row, fields);
        Walk walk = new Walk(seen, now, row.get(columns.state()) == RecordColumns.DELETED);
        List<? extends Record> later = sql.select(ACTION, CHANGES)
                .from(table(name("relata", "audit")))
                .where(TENANT.eq(context.tenant()))
                .and(ENTITY.eq(seen.id()))
                .and(RECORD.eq(id))
                .and(AT.gt(at.atOffset(ZoneOffset.UTC)))
                .and(ACTION.in("create", "update", "delete", "restore"))
                .orderBy(ID.desc())
                .limit(MOST + 1)
                .fetch();
        if (later.size() > MOST) {
            throw ProblemException.of(ProblemCode.INVALID_QUERY, "past-too-far", MOST);
        }
        later.forEach(entry -> walk.back(entry.get(ACTION), StoredDocument.parse(entry.get(CHANGES))));
        OffsetDateTime then = at.atOffset(ZoneOffset.UTC);
        if (AuditRetention.since(sql, context.tenant()).filter(then::isBefore).isPresent()) {
            throw ProblemException.of(ProblemCode.INVALID_QUERY, "past-gone");
        }
        SensitiveReads reads = new SensitiveReads(SensitiveReads.Way.HISTORY);
        fields.stream().filter(FieldDefinition::watched).forEach(field -> reads.shown(seen.id(), id, field.name()));
        reads.write(sql, context);
        return walk.seen();
    }

    /// On the way back through the changes.
    private static final class Walk {

        private final EntityDefinition entity;
        private final Map<String, JsonNode> values = new LinkedHashMap<>();
        private final List<String> unknown = new ArrayList<>();
        private boolean deleted;
        private long version;

        Walk(EntityDefinition entity, RecordData now, boolean deleted) {
            this.entity = entity;
            this.deleted = deleted;
            this.version = now.version();
            now.values()
                    .forEach((name, value) -> entity.field(name)
                            .ifPresent(field ->
                                    values.put(field.property(), Document.shown(field, Document.json(value)))));
        }

        void back(String action, JsonNode changes) {
            if (action.equals("create")) {
                throw ProblemException.notFound();
            }
            version--;
            deleted = action.equals("restore") || (deleted && !action.equals("delete"));
            for (JsonNode change : changes) {
                entity.field(change.path("field").asText()).ifPresent(field -> back(field, change));
            }
        }

        private void back(FieldDefinition field, JsonNode change) {
            if (!change.has("old")) {
                values.remove(field.property());
                unknown.add(field.property());
            } else if (values.containsKey(field.property())) {
                values.put(field.property(), Document.shown(field, change.path("old")));
            }
        }

        Seen seen() {
            return new Seen(version, deleted, values, unknown);
        }
    }
}
