package io.relata.core.record;

import io.relata.core.file.FileTable;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.HiddenField;
import io.relata.core.metadata.ValueKind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Takes what stands in a place away for good, from deleted records too, with what was stored beside it. To the
/// records nothing happens: neither their versions nor their history change.
public final class PlaceClearing {

    private final DSLContext sql;
    private final UUID tenant;
    private final EntityDefinition entity;
    private final HiddenField place;
    private final List<String> members;
    private final Clock clock;
    private final RecordColumns columns;

    /// @param older further members of the document in which values of the field may stand
    public PlaceClearing(
            DSLContext sql, UUID tenant, EntityDefinition entity, HiddenField place, List<String> older, Clock clock) {
        this.sql = sql;
        this.tenant = tenant;
        this.entity = entity;
        this.place = place;
        this.members = new ArrayList<>(older);
        if (place.field().slot() == null) {
            members.add(place.field().stored());
        }
        this.clock = clock;
        this.columns = RecordColumns.of(entity);
    }

    /// Clears the next records that have something there, in the order of their ids.
    ///
    /// @return their ids; fewer than the most when none is left
    public List<UUID> next(@Nullable UUID after, int most) {
        Field<String[]> names = DSL.val(members.toArray(String[]::new));
        Condition there = DSL.condition("jsonb_exists_any({0}, {1})", columns.data(), names);
        FieldDefinition field = place.field();
        List<UUID> ids = sql.select(columns.id())
                .from(columns.table())
                .where(columns.belongsTo(tenant))
                .and(
                        field.slot() == null
                                ? there
                                : there.or(columns.field(field).isNotNull()))
                .and(after == null ? DSL.noCondition() : columns.id().gt(after))
                .orderBy(columns.id())
                .limit(most)
                .forUpdate()
                .fetch(columns.id());
        if (!ids.isEmpty()) {
            clear(ids, names);
        }
        return ids;
    }

    private void clear(List<UUID> ids, Field<String[]> names) {
        FieldDefinition field = place.field();
        UUID[] records = ids.toArray(UUID[]::new);
        var update = sql.update(columns.table())
                .set(bare(columns.data()), DSL.field("{0} - {1}", columns.data().getDataType(), columns.data(), names));
        (field.slot() == null ? update : update.setNull(bare(columns.field(field))))
                .where(columns.belongsTo(tenant))
                .and(columns.id().eq(DSL.any(records)))
                .execute();
        if (field.kind() == ValueKind.LIST) {
            ListItems.forget(sql, tenant, entity, field, ids);
        }
        if (field.type().holdsFile()) {
            FileTable.leave(sql, tenant, entity.id(), place.of(), ids, clock.instant());
        }
    }

    /// The left side of an assignment bears no table name.
    private static <T> Field<T> bare(Field<T> column) {
        return DSL.field(DSL.name(column.getName()), column.getDataType());
    }
}
