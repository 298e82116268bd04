package io.relata.core.record;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.sql.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Fills and clears one place of an entity's records, deleted ones too. To the records nothing happens: neither their
/// versions nor their history change.
public final class PlaceWriter {

    private static final String NEW = "v";

    private final DSLContext sql;
    private final UUID tenant;
    private final EntityDefinition entity;
    private final FieldDefinition place;
    private final RecordColumns columns;

    public PlaceWriter(DSLContext sql, UUID tenant, EntityDefinition entity, FieldDefinition place) {
        this.sql = sql;
        this.tenant = tenant;
        this.entity = entity;
        this.place = place;
        this.columns = RecordColumns.of(entity);
    }

    /// Returns these fields of the next records in the order of their ids, locked until the transaction ends.
    public List<RecordData> next(List<FieldDefinition> fields, @Nullable UUID after, int most) {
        Condition rest = after == null ? DSL.noCondition() : columns.id().gt(after);
        return sql.select(columns.selection(fields))
                .from(columns.table())
                .where(columns.belongsTo(tenant))
                .and(rest)
                .orderBy(columns.id())
                .limit(most)
                .forUpdate()
                .fetch(row -> columns.read(row, fields));
    }

    /// Has the place hold the values.
    public void write(Map<UUID, @Nullable Object> values) {
        Field<?> column = place.slot() == null ? bare(columns.data()) : bare(columns.field(place));
        Rows rows = new Rows(List.of(columns.id(), column));
        values.forEach((id, value) -> rows.add(Arrays.asList(id, stored(value))));
        Field<UUID> id = DSL.field(DSL.name(NEW, "id"), UUID.class);
        Field<?> fresh = DSL.field(DSL.name(NEW, column.getName()), column.getDataType());
        Field<?> written = place.slot() == null
                ? DSL.field("({0} - {1}) || {2}", SQLDataType.JSONB, columns.data(), DSL.inline(place.stored()), fresh)
                : fresh;
        sql.update(columns.table())
                .set(Map.of(column, written))
                .from(rows.table(NEW))
                .where(columns.belongsTo(tenant))
                .and(columns.id().eq(DSL.any(values.keySet().toArray(UUID[]::new))))
                .and(columns.id().eq(id))
                .execute();
        ListItems.fill(sql, tenant, entity, place, values);
    }

    private @Nullable Object stored(@Nullable Object value) {
        if (place.slot() != null) {
            return StoredValue.of(place, value);
        }
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        if (value != null) {
            patch.set(place.stored(), Document.json(value));
        }
        return JSONB.valueOf(patch.toString());
    }

    /// Empties the slot in the next records that have it, in the order of their ids.
    ///
    /// @return the last of them; empty when none is left
    public Optional<UUID> clear(@Nullable UUID after, int most) {
        Field<?> slot = columns.field(place);
        Condition rest = after == null ? DSL.noCondition() : columns.id().gt(after);
        List<UUID> ids = sql.select(columns.id())
                .from(columns.table())
                .where(columns.belongsTo(tenant))
                .and(slot.isNotNull())
                .and(rest)
                .orderBy(columns.id())
                .limit(most)
                .forUpdate()
                .fetch(columns.id());
        if (ids.isEmpty()) {
            return Optional.empty();
        }
        sql.update(columns.table())
                .setNull(bare(slot))
                .where(columns.belongsTo(tenant))
                .and(columns.id().eq(DSL.any(ids.toArray(UUID[]::new))))
                .execute();
        return Optional.of(ids.getLast());
    }

    /// The left side of an assignment bears no table name.
    private static <T> Field<T> bare(Field<T> column) {
        return DSL.field(DSL.name(column.getName()), column.getDataType());
    }
}
