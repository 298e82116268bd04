package io.relata.core.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.relata.core.access.CallerAccess;
import io.relata.core.access.Privilege;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Sees to it that what records refer to exists, in the same tenant. A record of another tenant does not exist.
final class References {

    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> USER = field(name("user_id"), UUID.class);
    private static final Field<String> STATUS = field(name("status"), String.class);

    private References() {}

    /// Adds a violation for every reference into the void; one statement per entity referred to.
    static void check(WriteTransaction tx, List<RecordDraft> drafts) {
        if (drafts.isEmpty()) {
            return;
        }
        Map<String, Set<UUID>> found = new HashMap<>();
        for (FieldDefinition field : drafts.getFirst().entity().fields()) {
            if (field.polymorphic()) {
                PolymorphicReferences.check(tx, drafts, field);
            } else if (field.type().isLookup()) {
                String target = String.valueOf(field.target());
                EntityDefinition entity = tx.snapshot().entity(target).orElseThrow();
                Set<UUID> existing =
                        found.computeIfAbsent(target, key -> readable(tx, entity, referred(drafts, field.target())));
                reject(drafts, field, existing, "lookup-missing");
            } else if (field.type().isUser()) {
                Set<UUID> existing = found.computeIfAbsent(
                        "", key -> members(tx.sql(), tx.tenant(), referred(drafts, field.target())));
                reject(drafts, field, existing, "user-missing");
            }
        }
    }

    /// Returns the new references of all fields with the target; users have none.
    private static Set<UUID> referred(List<RecordDraft> drafts, @Nullable String target) {
        Set<UUID> ids = new HashSet<>();
        for (RecordDraft draft : drafts) {
            for (FieldDefinition field : draft.entity().fields()) {
                boolean same = field.type().isUser() ? target == null : target != null && target.equals(field.target());
                if (same && draft.changed(field) && draft.value(field) instanceof UUID id) {
                    ids.add(id);
                }
            }
        }
        return ids;
    }

    /// What the caller may not read does not exist.
    static Set<UUID> readable(WriteTransaction tx, EntityDefinition entity, Set<UUID> ids) {
        Reach reach = Reach.of(CallerAccess.of(tx.sql(), tx.context()), entity, Privilege.READ);
        Set<UUID> existing = records(tx.sql(), tx.tenant(), entity, ids);
        return reach.of(tx.sql(), existing);
    }

    /// Returns those of the records that there are. They cannot be deleted before the transaction ends.
    static Set<UUID> records(DSLContext sql, UUID tenant, EntityDefinition entity, Set<UUID> ids) {
        RecordColumns columns = RecordColumns.of(entity);
        return existing(
                ids,
                wanted -> sql.select(columns.id())
                        .from(columns.table())
                        .where(columns.live(tenant))
                        .and(columns.id().eq(DSL.any(wanted)))
                        .orderBy(columns.id())
                        .forKeyShare()
                        .fetch(columns.id()));
    }

    private static Set<UUID> members(DSLContext sql, UUID tenant, Set<UUID> ids) {
        return existing(
                ids,
                wanted -> sql.select(USER)
                        .from(table(name("control", "membership")))
                        .where(TENANT.eq(tenant))
                        .and(STATUS.eq(DSL.inline("active")))
                        .and(USER.eq(DSL.any(wanted)))
                        .fetch(USER));
    }

    private static Set<UUID> existing(Set<UUID> ids, Function<UUID[], Collection<UUID>> query) {
        return ids.isEmpty() ? Set.of() : new HashSet<>(query.apply(ids.toArray(UUID[]::new)));
    }

    private static void reject(List<RecordDraft> drafts, FieldDefinition field, Set<UUID> existing, String code) {
        for (RecordDraft draft : drafts) {
            if (draft.changed(field) && draft.value(field) instanceof UUID id && !existing.contains(id)) {
                draft.reject(field.property(), code);
            }
        }
    }
}
