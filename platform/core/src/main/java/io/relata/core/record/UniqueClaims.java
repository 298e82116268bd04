package io.relata.core.record;

import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record5;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Takes the values of a field that records have already, before the field is unique; and gives them back. Nothing
/// happens to the records.
public final class UniqueClaims {

    private static final Table<?> TABLE = table(name("relata", "unique_value"));
    private static final Field<UUID> TENANT = DSL.field(name("tenant_id"), UUID.class);
    private static final Field<UUID> ENTITY = DSL.field(name("entity_id"), UUID.class);
    private static final Field<String> FIELD = DSL.field(name("field"), String.class);
    private static final Field<String> VALUE = DSL.field(name("value"), String.class);
    private static final Field<UUID> RECORD = DSL.field(name("record_id"), UUID.class);

    private final DSLContext sql;
    private final UUID tenant;
    private final EntityDefinition entity;
    private final FieldDefinition field;
    private final RecordColumns columns;

    public UniqueClaims(DSLContext sql, UUID tenant, EntityDefinition entity, FieldDefinition field) {
        this.sql = sql;
        this.tenant = tenant;
        this.entity = entity;
        this.field = field;
        this.columns = RecordColumns.of(entity);
    }

    /// A record whose value another has.
    public record Clash(UUID record, String value, UUID other) {}

    /// Some records whose values were taken.
    ///
    /// @param last the last of them in the order of ids; `null` when there was none
    public record Claimed(int records, @Nullable UUID last, List<Clash> clashes) {

        public Claimed {
            clashes = List.copyOf(clashes);
        }
    }

    /// Returns whether no more records than this have a value.
    public boolean atMost(int records) {
        return sql.fetchCount(
                        DSL.selectOne().from(columns.table()).where(there()).limit(records + 1))
                <= records;
    }

    /// Takes the values of all records.
    ///
    /// @return how many records have a value that another has
    public int all() {
        int values = sql.fetchCount(DSL.selectOne().from(columns.table()).where(there()));
        return values - take(of(there()));
    }

    /// Takes the values of the next records, in the order of their ids.
    public Claimed next(@Nullable UUID after, int most) {
        List<UUID> ids = sql.select(columns.id())
                .from(columns.table())
                .where(there())
                .and(after == null ? DSL.noCondition() : columns.id().gt(after))
                .orderBy(columns.id())
                .limit(most)
                .forUpdate()
                .fetch(columns.id());
        if (ids.isEmpty()) {
            return new Claimed(0, null, List.of());
        }
        Condition these = columns.id().eq(DSL.any(ids.toArray(UUID[]::new)));
        take(of(there().and(these)));
        List<Clash> clashes = new ArrayList<>();
        Field<UUID> owner = taken("record_id", UUID.class);
        sql.select(columns.id(), text(), owner)
                .from(columns.table())
                .join(TABLE.as("taken"))
                .on(taken("tenant_id", UUID.class).eq(tenant))
                .and(taken("entity_id", UUID.class).eq(entity.id()))
                .and(taken("field", String.class).eq(field.name()))
                .and(taken("value", String.class).eq(text()))
                .where(there().and(these))
                .and(owner.ne(columns.id()))
                .orderBy(columns.id())
                .forEach(row -> clashes.add(new Clash(row.value1(), row.value2(), row.value3())));
        return new Claimed(ids.size(), ids.getLast(), clashes);
    }

    /// Gives all values of the field back.
    public static void release(DSLContext sql, UUID tenant, UUID entity, String field) {
        sql.deleteFrom(TABLE)
                .where(TENANT.eq(tenant))
                .and(ENTITY.eq(entity))
                .and(FIELD.eq(field))
                .execute();
    }

    private static <T> Field<T> taken(String column, Class<T> type) {
        return DSL.field(name("taken", column), type);
    }

    private int take(Select<Record5<UUID, UUID, String, String, UUID>> values) {
        return sql.insertInto(TABLE)
                .columns(TENANT, ENTITY, FIELD, VALUE, RECORD)
                .select(values)
                .onConflictDoNothing()
                .execute();
    }

    private Select<Record5<UUID, UUID, String, String, UUID>> of(Condition which) {
        return sql.select(val(tenant), val(entity.id()), val(field.name()), text(), columns.id())
                .from(columns.table())
                .where(which)
                .orderBy(columns.id());
    }

    private Condition there() {
        return columns.live(tenant).and(columns.field(field).isNotNull());
    }

    private Field<String> text() {
        return columns.field(field).cast(SQLDataType.CLOB);
    }
}
