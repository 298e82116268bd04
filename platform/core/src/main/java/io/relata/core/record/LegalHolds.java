package io.relata.core.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.relata.core.access.CallerAccess;
import io.relata.core.audit.AuditEntry;
import io.relata.core.audit.AuditTrail;
import io.relata.core.metadata.DeleteBehaviour;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Records on legal hold: neither they nor what hangs on them, that is what would be deleted along, is deleted, purged
/// or
/// erased until the hold is taken off. They can be changed; what they were stays in the history.
public final class LegalHolds {

    /// The message of a refusal.
    public static final String HELD = "legal-hold";

    private static final int LONGEST = 500;

    /// So many records up a record may hang.
    private static final int LEVELS = 5;

    private static final Table<Record> HOLD = table(name("relata", "legal_hold"));
    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> ENTITY = field(name("entity_id"), UUID.class);
    private static final Field<UUID> RECORD = field(name("record_id"), UUID.class);
    private static final Field<String> REASON = field(name("reason"), String.class);
    private static final Field<UUID> BY = field(name("placed_by"), UUID.class);
    private static final Field<OffsetDateTime> AT = field(name("placed_at"), OffsetDateTime.class);

    private final AuditTrail trail;
    private final Clock clock;

    public LegalHolds(AuditTrail trail, Clock clock) {
        this.trail = trail;
        this.clock = clock;
    }

    /// A hold on a record.
    public record Hold(String reason, UUID by, Instant at) {}

    /// Returns the hold on a record that the caller sees; empty when there is none.
    ///
    /// @throws ProblemException NOT_FOUND
    public Optional<Hold> find(WriteTransaction tx, EntityDefinition entity, UUID id) {
        if (References.readable(tx, entity, Set.of(id)).isEmpty()) {
            throw ProblemException.notFound();
        }
        return tx.sql()
                .select(REASON, BY, AT)
                .from(HOLD)
                .where(on(tx.tenant(), entity, id))
                .fetchOptional(
                        row -> new Hold(row.value1(), row.value2(), row.value3().toInstant()));
    }

    /// Puts a record on hold, one in the bin too, or says another reason.
    ///
    /// @throws ProblemException FORBIDDEN, NOT_FOUND; VALIDATION when there is no reason, or too long a one
    public void place(WriteTransaction tx, EntityDefinition entity, UUID id, String reason) {
        CallerAccess.of(tx.sql(), tx.context()).requirePrivacy();
        if (reason.isBlank()) {
            throw ProblemException.invalid(List.of(Violation.of("reason", "required")));
        }
        if (reason.strip().length() > LONGEST) {
            throw ProblemException.invalid(List.of(Violation.of("reason", "too-long", LONGEST)));
        }
        RecordColumns columns = RecordColumns.of(entity);
        boolean there = tx.sql()
                .fetchExists(DSL.selectOne()
                        .from(columns.table())
                        .where(columns.belongsTo(tx.tenant()))
                        .and(columns.id().eq(id)));
        if (!there) {
            throw ProblemException.notFound();
        }
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        tx.sql()
                .insertInto(HOLD)
                .columns(TENANT, ENTITY, RECORD, REASON, BY, AT)
                .values(
                        tx.tenant(),
                        entity.id(),
                        id,
                        reason.strip(),
                        tx.context().user(),
                        now)
                .onConflict(TENANT, ENTITY, RECORD)
                .doUpdate()
                .set(REASON, DSL.excluded(REASON))
                .set(BY, DSL.excluded(BY))
                .set(AT, DSL.excluded(AT))
                .execute();
        written(tx, entity, id, AuditEntry.Action.HOLD, reason.strip());
    }

    /// Takes a hold off.
    ///
    /// @throws ProblemException FORBIDDEN, NOT_FOUND
    public void lift(WriteTransaction tx, EntityDefinition entity, UUID id) {
        CallerAccess.of(tx.sql(), tx.context()).requirePrivacy();
        String reason = tx.sql()
                .deleteFrom(HOLD)
                .where(on(tx.tenant(), entity, id))
                .returningResult(REASON)
                .fetchOptional(REASON)
                .orElseThrow(ProblemException::notFound);
        written(tx, entity, id, AuditEntry.Action.RELEASE, reason);
    }

    private void written(
            WriteTransaction tx, EntityDefinition entity, UUID id, AuditEntry.Action action, String reason) {
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        changes.addObject().put("field", "reason").put("new", reason);
        trail.keep(tx.sql(), tx.context(), List.of(new AuditEntry("record", entity.id(), id, 0, action, changes)));
    }

    private static Condition on(UUID tenant, EntityDefinition entity, UUID id) {
        return TENANT.eq(tenant).and(ENTITY.eq(entity.id())).and(RECORD.eq(id));
    }

    /// Refuses all of what is about to be deleted that is on hold or hangs on what is, with whatever takes it along.
    static void refuse(WriteTransaction tx, MoveGraph graph) {
        if (!any(tx.sql(), tx.tenant())) {
            return;
        }
        MoveGraph.byEntity(graph.nodes())
                .forEach((entity, records) -> held(
                                tx.sql(), tx.snapshot(), tx.tenant(), entity, List.of(MoveGraph.ids(records)))
                        .forEach(id -> graph.refuse(
                                RecordRef.of(entity, id),
                                ProblemException.invalid(List.of(Violation.of(null, HELD))))));
    }

    private static boolean any(DSLContext sql, UUID tenant) {
        return sql.fetchExists(DSL.selectOne().from(HOLD).where(TENANT.eq(tenant)));
    }

    /// Returns those of the records that are on hold, or hang on what is.
    public static Set<UUID> held(
            DSLContext sql, MetadataSnapshot snapshot, UUID tenant, EntityDefinition entity, Collection<UUID> ids) {
        if (ids.isEmpty() || !any(sql, tenant)) {
            return Set.of();
        }
        RecordColumns columns = RecordColumns.of(entity, "held");
        return new HashSet<>(sql.select(columns.id())
                .from(columns.table())
                .where(columns.belongsTo(tenant))
                .and(columns.id().eq(DSL.any(ids.toArray(UUID[]::new))))
                .and(holds(snapshot, tenant, columns))
                .fetch(columns.id()));
    }

    /// Returns the condition that a record is on hold, or hangs on what is.
    ///
    /// @param columns the record's, under an alias
    static Condition holds(MetadataSnapshot snapshot, UUID tenant, RecordColumns columns) {
        return holds(snapshot, tenant, columns, LEVELS);
    }

    private static Condition holds(MetadataSnapshot snapshot, UUID tenant, RecordColumns columns, int levels) {
        Condition held = DSL.exists(DSL.selectOne()
                .from(HOLD.as("h" + levels))
                .where(field(name("h" + levels, "tenant_id"), UUID.class).eq(tenant))
                .and(field(name("h" + levels, "entity_id"), UUID.class)
                        .eq(columns.entity().id()))
                .and(field(name("h" + levels, "record_id"), UUID.class).eq(columns.id())));
        if (levels == 0) {
            return held;
        }
        for (FieldDefinition lookup : columns.entity().fields()) {
            if (lookup.type().isLookup() && lookup.onDelete() == DeleteBehaviour.CASCADE) {
                for (String target : lookup.targets()) {
                    Optional<EntityDefinition> above = snapshot.entity(target);
                    if (above.isPresent()) {
                        RecordColumns parent = RecordColumns.of(above.get(), "above" + levels);
                        held = held.or(DSL.exists(DSL.selectOne()
                                .from(parent.table())
                                .where(parent.belongsTo(tenant))
                                .and(parent.id().eq(columns.field(lookup).coerce(UUID.class)))
                                .and(holds(snapshot, tenant, parent, levels - 1))));
                    }
                }
            }
        }
        return held;
    }
}
