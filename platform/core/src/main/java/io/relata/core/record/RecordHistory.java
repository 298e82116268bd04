package io.relata.core.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.access.CallerAccess;
import io.relata.core.access.Privilege;
import io.relata.core.audit.SensitiveReads;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.Mask;
import io.relata.core.metadata.MetadataService;
import io.relata.core.metadata.ValueKind;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// What happened to a record, out of the audit trail.
public final class RecordHistory {

    private static final int MOST_ENTRIES = 500;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> ID = field(name("id"), UUID.class);
    private static final Field<OffsetDateTime> AT = field(name("at"), OffsetDateTime.class);
    private static final Field<UUID> ACTOR = field(name("actor"), UUID.class);
    private static final Field<String> ORIGIN = field(name("origin"), String.class);
    private static final Field<String> CAUSE = field(name("cause"), String.class);
    private static final Field<UUID> ENTITY = field(name("entity_id"), UUID.class);
    private static final Field<UUID> RECORD = field(name("record_id"), UUID.class);
    private static final Field<String> ACTION = field(name("action"), String.class);
    private static final Field<JSONB> CHANGES = field(name("changes"), JSONB.class);

    private final TenantTransaction transactions;
    private final MetadataService metadata;

    public RecordHistory(TenantTransaction transactions, MetadataService metadata) {
        this.transactions = transactions;
        this.metadata = metadata;
    }

    /// One act.
    ///
    /// @param origin  by what way it came, for example `import`
    /// @param cause   what made it besides the actor, as [Cause] names it; `null` for a plain request
    /// @param action  `create`, `update`, `delete` or `restore`
    /// @param changes the fields that the caller sees and that changed
    public record Entry(
            Instant at, UUID actor, String origin, @Nullable String cause, String action, List<Change> changes) {

        public Entry {
            changes = List.copyOf(changes);
        }
    }

    /// One field's change; the values in their JSON form.
    public record Change(String field, JsonNode before, JsonNode after) {}

    /// Returns the newest acts on the record, the last one first; those on a deleted record too.
    ///
    /// @throws ProblemException UNKNOWN_ENTITY; NOT_FOUND when the tenant never had such a record
    public List<Entry> of(CallContext context, String entityName, UUID id) {
        EntityDefinition entity = CallerAccess.of(transactions, context)
                .seen(metadata.snapshot(context.tenant()))
                .entity(entityName)
                .orElseThrow(() -> ProblemException.of(ProblemCode.UNKNOWN_ENTITY, "unknown-entity", entityName));
        return transactions.read(context.tenant(), sql -> {
            List<Entry> found = sql.select(AT, ACTOR, ORIGIN, CAUSE, ACTION, CHANGES)
                    .from(table(name("relata", "audit")))
                    .where(TENANT.eq(context.tenant()))
                    .and(ENTITY.eq(entity.id()))
                    .and(RECORD.eq(id))
                    .and(ACTION.ne(SensitiveReads.ACTION))
                    .and(Reach.of(CallerAccess.of(sql, context), entity, Privilege.READ)
                            .holds(DSL.val(id)))
                    .orderBy(ID.desc())
                    .limit(MOST_ENTRIES)
                    .fetch(row -> new Entry(
                            row.value1().toInstant(),
                            row.value2(),
                            row.value3(),
                            row.value4(),
                            row.value5(),
                            changes(entity, row.value6())));
            written(sql, context, entity, id, found);
            if (found.isEmpty() && !there(sql, context, entity, id)) {
                throw ProblemException.notFound();
            }
            return found;
        });
    }

    /// A record may be older than what is kept of the trail.
    private static boolean there(DSLContext sql, CallContext context, EntityDefinition entity, UUID id) {
        return sql.fetchExists(DSL.selectOne()
                .where(Reach.of(CallerAccess.of(sql, context), entity, Privilege.READ)
                        .holds(DSL.val(id)))
                .and(DSL.exists(DSL.selectOne()
                        .from(RecordColumns.of(entity).table())
                        .where(RecordColumns.of(entity).belongsTo(context.tenant()))
                        .and(RecordColumns.of(entity).id().eq(id)))));
    }

    private static void written(
            DSLContext sql, CallContext context, EntityDefinition entity, UUID id, List<Entry> shown) {
        SensitiveReads reads = new SensitiveReads(SensitiveReads.Way.HISTORY);
        shown.stream()
                .flatMap(entry -> entry.changes().stream())
                .flatMap(change -> entity.field(change.field()).stream())
                .filter(FieldDefinition::watched)
                .forEach(field -> reads.shown(entity.id(), id, field.name()));
        reads.write(sql, context);
    }

    /// The history keeps secrets sealed, and shows that they changed.
    private static JsonNode shown(FieldDefinition field, JsonNode value) {
        return field.kind() == ValueKind.SECRET ? Document.shown(field, value) : Mask.json(field, value);
    }

    private static List<Change> changes(EntityDefinition entity, JSONB stored) {
        List<Change> changes = new ArrayList<>();
        try {
            for (JsonNode change : JSON.readTree(stored.data())) {
                String name = change.path("field").asText();
                entity.field(name)
                        .ifPresent(field -> changes.add(
                                new Change(name, shown(field, change.path("old")), shown(field, change.path("new")))));
            }
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException("The database returned jsonb that is no JSON", exception);
        }
        return changes;
    }
}
