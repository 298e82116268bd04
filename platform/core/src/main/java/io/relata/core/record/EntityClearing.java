package io.relata.core.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Takes the records of an entity that is gone away for good, the deleted ones too, with all that was stored beside
/// them. What is on legal hold stays.
///
/// @param snapshot the definitions as if the entity were there
public record EntityClearing(DSLContext sql, UUID tenant, MetadataSnapshot snapshot, EntityDefinition entity) {

    /// What is kept of an entity, not of its records.
    private static final List<String> OF_THE_ENTITY = List.of(
            "hierarchy_turn",
            "notification",
            "number_counter",
            "saved_view",
            "shortcut",
            "search_state",
            "search_term",
            "search_document",
            "unique_value");

    /// Some records.
    ///
    /// @param all  in the order of their ids; fewer than the most when none is left
    /// @param held those that stay
    public record Records(List<UUID> all, Set<UUID> held) {}

    /// Takes the next records away, in the order of their ids.
    public Records next(@Nullable UUID after, int most, Instant now) {
        RecordColumns columns = RecordColumns.of(entity);
        List<UUID> ids = sql.select(columns.id())
                .from(columns.table())
                .where(columns.belongsTo(tenant))
                .and(after == null ? DSL.noCondition() : columns.id().gt(after))
                .orderBy(columns.id())
                .limit(most)
                .forUpdate()
                .fetch(columns.id());
        Set<UUID> held = LegalHolds.held(sql, snapshot, tenant, entity, ids);
        List<UUID> going = new ArrayList<>(ids);
        going.removeAll(held);
        if (!going.isEmpty()) {
            Purge.remove(sql, tenant, entity, going.toArray(UUID[]::new), now.atOffset(ZoneOffset.UTC));
        }
        return new Records(ids, held);
    }

    /// Takes away what is left when no record is.
    public void rest() {
        for (String one : OF_THE_ENTITY) {
            sql.deleteFrom(table(name("relata", one)))
                    .where(field(name("tenant_id"), UUID.class).eq(tenant))
                    .and(field(name("entity_id"), UUID.class).eq(entity.id()))
                    .execute();
        }
    }
}
