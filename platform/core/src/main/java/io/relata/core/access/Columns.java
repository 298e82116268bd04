package io.relata.core.access;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.access.Setting.Change;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/// The columns that the tables of settings have in common.
final class Columns {

    static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    static final Field<UUID> ID = field(name("id"), UUID.class);
    static final Field<String> NAME = field(name("name"), String.class);
    static final Field<UUID> UNIT = field(name("unit_id"), UUID.class);
    static final Field<UUID> BY = field(name("changed_by"), UUID.class);
    static final Field<OffsetDateTime> AT = field(name("changed_at"), OffsetDateTime.class);

    private Columns() {}

    static Table<Record> of(String table) {
        return table(name("relata", table));
    }

    /// Writes a row; one with the same key is replaced.
    static void put(Change change, Table<?> table, List<Field<?>> key, Map<Field<?>, @Nullable Object> values) {
        Map<Field<?>, @Nullable Object> row = new LinkedHashMap<>(values);
        row.put(TENANT, change.tenant());
        row.put(BY, change.by());
        row.put(AT, change.at());
        change.sql()
                .insertInto(table)
                .set(row)
                .onConflict(key)
                .doUpdate()
                .set(row)
                .execute();
    }

    static boolean delete(Change change, Table<?> table, Condition which) {
        return change.sql()
                        .deleteFrom(table)
                        .where(TENANT.eq(change.tenant()))
                        .and(which)
                        .execute()
                > 0;
    }

    /// Returns whether there is such a row.
    static boolean exists(Change change, Table<?> table, Condition which) {
        return change.sql().fetchExists(table, TENANT.eq(change.tenant()).and(which));
    }

    /// Returns an answer with who changed the setting and when.
    static ObjectNode answer(String id, Record row) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("changedBy", row.get(BY).toString())
                .put("changedAt", row.get(AT).toInstant().toString());
    }

    static @Nullable String text(@Nullable Object value) {
        return value == null ? null : Objects.toString(value);
    }
}
