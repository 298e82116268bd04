package io.relata.core.record;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import io.relata.core.sql.Rows;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// The items of records' lists, each in a row of its own beside the record: so that an index finds the records that
/// have one. Kept in the transaction of each write; at most two statements, none where no list has changed.
public final class ListItems {

    private static final Table<?> TABLE = DSL.table(DSL.name("relata", "list_item"));
    private static final Field<UUID> TENANT = DSL.field(DSL.name("tenant_id"), UUID.class);
    private static final Field<UUID> ENTITY = DSL.field(DSL.name("entity_id"), UUID.class);
    private static final Field<String> FIELD = DSL.field(DSL.name("field"), SQLDataType.CLOB);
    private static final Field<String> ITEM = DSL.field(DSL.name("item"), SQLDataType.CLOB);
    private static final Field<UUID> RECORD = DSL.field(DSL.name("record_id"), UUID.class);

    private ListItems() {}

    /// Returns the ids of the records whose list has one of the texts.
    public static Select<Record1<UUID>> having(
            UUID tenant, EntityDefinition entity, FieldDefinition field, Collection<String> texts) {
        return DSL.select(RECORD)
                .from(TABLE)
                .where(TENANT.eq(tenant))
                .and(ENTITY.eq(DSL.inline(entity.id())))
                .and(FIELD.eq(DSL.inline(field.stored())))
                .and(ITEM.eq(DSL.any(texts.toArray(String[]::new))));
    }

    /// Has the rows say what the written records have.
    static void keep(WriteTransaction tx, EntityDefinition entity, List<RecordDraft> written) {
        List<FieldDefinition> lists = entity.stored().stream()
                .filter(field -> field.kind() == ValueKind.LIST)
                .toList();
        if (lists.isEmpty()) {
            return;
        }
        Rows gone = rows();
        Rows come = rows().same(TENANT, tx.tenant()).same(ENTITY, entity.id());
        for (RecordDraft draft : written) {
            RecordData before = draft.before() == null ? draft.revived() : draft.before();
            Map<String, @Nullable Object> values = Conversion.carry(entity, draft.values());
            for (FieldDefinition list : lists) {
                Set<String> was = items(before == null ? null : before.value(list.name()));
                Set<String> is = items(values.get(list.name()));
                add(gone, list, was, is, draft.id());
                add(come, list, is, was, draft.id());
            }
        }
        if (!gone.isEmpty()) {
            tx.sql()
                    .deleteFrom(TABLE)
                    .where(TENANT.eq(tx.tenant()))
                    .and(ENTITY.eq(entity.id()))
                    .and(DSL.row(FIELD, ITEM, RECORD)
                            .in(DSL.select(
                                            DSL.field(DSL.name("v", "field"), SQLDataType.CLOB),
                                            DSL.field(DSL.name("v", "item"), SQLDataType.CLOB),
                                            DSL.field(DSL.name("v", "record_id"), UUID.class))
                                    .from(gone.table("v"))))
                    .execute();
        }
        insert(tx.sql(), come);
    }

    /// Has the rows say what a place of the records holds from now on.
    static void fill(DSLContext sql, UUID tenant, EntityDefinition entity, FieldDefinition place, Map<UUID, ?> values) {
        if (place.kind() != ValueKind.LIST || values.isEmpty()) {
            return;
        }
        sql.deleteFrom(TABLE)
                .where(of(tenant, entity, values.keySet()))
                .and(FIELD.eq(place.stored()))
                .execute();
        Rows rows = rows().same(TENANT, tenant).same(ENTITY, entity.id());
        values.forEach((record, value) -> add(rows, place, items(value), Set.of(), record));
        insert(sql, rows);
    }

    /// Forgets what stood in a place of the records.
    static void forget(
            DSLContext sql, UUID tenant, EntityDefinition entity, FieldDefinition place, Collection<UUID> records) {
        sql.deleteFrom(TABLE)
                .where(of(tenant, entity, records))
                .and(FIELD.eq(place.stored()))
                .execute();
    }

    static Condition of(UUID tenant, EntityDefinition entity, Collection<UUID> records) {
        return TENANT.eq(tenant).and(ENTITY.eq(entity.id())).and(RECORD.eq(DSL.any(records.toArray(UUID[]::new))));
    }

    private static Rows rows() {
        return new Rows(List.of(FIELD, ITEM, RECORD));
    }

    private static void add(Rows rows, FieldDefinition list, Set<String> items, Set<String> but, UUID record) {
        items.stream()
                .filter(item -> !but.contains(item))
                .forEach(item -> rows.add(List.of(list.stored(), item, record)));
    }

    private static void insert(DSLContext sql, Rows rows) {
        if (!rows.isEmpty()) {
            sql.execute(rows.insertion(TABLE).onConflictDoNothing());
        }
    }

    private static Set<String> items(@Nullable Object value) {
        Set<String> items = new HashSet<>();
        if (value instanceof List<?> list) {
            list.forEach(item -> items.add(item.toString()));
        }
        return items;
    }
}
