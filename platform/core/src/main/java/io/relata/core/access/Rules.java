package io.relata.core.access;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.RecordCondition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/// The rules by which records are shared for what they say.
final class Rules implements Setting {

    static final Table<Record> TABLE = Columns.of("access_rule");
    static final Field<UUID> ENTITY = field(name("entity_id"), UUID.class);
    static final Field<String> FILTER = field(name("filter"), String.class);
    private static final Field<UUID> PRINCIPAL = field(name("principal_id"), UUID.class);
    private static final Field<String> LEVEL = field(name("level"), String.class);

    @Override
    public List<ObjectNode> list(DSLContext sql, MetadataSnapshot snapshot) {
        return sql.select(Columns.ID, Columns.NAME, ENTITY, FILTER, PRINCIPAL, LEVEL, Columns.BY, Columns.AT)
                .from(TABLE)
                .where(Columns.TENANT.eq(snapshot.tenant()))
                .orderBy(Columns.NAME, Columns.ID)
                .fetch(row -> Columns.answer(row.get(Columns.ID).toString(), row)
                        .put("name", row.get(Columns.NAME))
                        .put("entity", entity(snapshot, row.get(ENTITY)))
                        .put("filter", row.get(FILTER))
                        .put("principal", row.get(PRINCIPAL).toString())
                        .put("level", row.get(LEVEL)));
    }

    /// Returns the name by which a rule is stored; the id of an entity that is not there any more.
    private static String entity(MetadataSnapshot snapshot, UUID id) {
        return snapshot.entities().stream()
                .filter(entity -> entity.id().equals(id))
                .map(EntityDefinition::name)
                .findFirst()
                .orElse(id.toString());
    }

    @Override
    public void put(Change change, String key, Input input) {
        UUID id = AccessSettings.id(key);
        String called = input.name("name");
        String entityName = input.name("entity");
        String filter = input.filter("filter");
        UUID principal = input.id("principal");
        String level = input.sharedLevel("level");
        Optional<EntityDefinition> entity = change.snapshot().entity(entityName);
        if (entity.isEmpty()) {
            input.reject("entity", "entity-unknown", entityName);
        } else {
            check(input, filter, entity.get());
        }
        input.done();
        Columns.put(
                change,
                TABLE,
                List.of(Columns.TENANT, Columns.ID),
                Map.of(
                        Columns.ID,
                        id,
                        Columns.NAME,
                        called,
                        ENTITY,
                        entity.orElseThrow().id(),
                        FILTER,
                        filter,
                        PRINCIPAL,
                        principal,
                        LEVEL,
                        level));
    }

    private static void check(Input input, String filter, EntityDefinition entity) {
        try {
            RecordCondition.read(filter, entity);
        } catch (RecordCondition.UnreadableException unreadable) {
            input.reject("filter", "roll-up-filter", String.valueOf(unreadable.getMessage()));
        }
    }

    @Override
    public boolean delete(Change change, String key) {
        return Columns.delete(change, TABLE, Columns.ID.eq(AccessSettings.id(key)));
    }
}
