package io.relata.core.privacy;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.record.RecordColumns;
import io.relata.core.record.RecordData;
import io.relata.core.record.Secrets;
import io.relata.core.vault.Vault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record3;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Records as whoever looks after a person's data reads them: deleted ones too, and what is stored encrypted.
final class PersonRecords {

    private final DSLContext sql;
    private final UUID tenant;
    private final Vault vault;

    PersonRecords(DSLContext sql, UUID tenant, Vault vault) {
        this.sql = sql;
        this.tenant = tenant;
        this.vault = vault;
    }

    /// Returns the entity's fields that tell of a person and are stored.
    static List<FieldDefinition> personal(EntityDefinition entity) {
        return entity.fields().stream()
                .filter(field -> field.personal() && !field.virtual())
                .toList();
    }

    /// Returns the next records in the order of their ids.
    List<RecordData> next(EntityDefinition entity, List<FieldDefinition> fields, @Nullable UUID after, int most) {
        RecordColumns columns = RecordColumns.of(entity);
        return read(
                columns,
                fields,
                after == null ? DSL.noCondition() : columns.id().gt(after),
                most);
    }

    Optional<RecordData> find(EntityDefinition entity, List<FieldDefinition> fields, UUID id) {
        RecordColumns columns = RecordColumns.of(entity);
        return read(columns, fields, columns.id().eq(id), 1).stream().findFirst();
    }

    List<RecordData> all(EntityDefinition entity, List<FieldDefinition> fields, List<UUID> ids) {
        RecordColumns columns = RecordColumns.of(entity);
        return read(columns, fields, columns.id().eq(DSL.any(ids.toArray(UUID[]::new))), ids.size());
    }

    private List<RecordData> read(RecordColumns columns, List<FieldDefinition> fields, Condition which, int most) {
        Secrets secrets = new Secrets(sql, tenant, vault);
        return sql.select(columns.selection(fields))
                .from(columns.table())
                .where(columns.belongsTo(tenant))
                .and(which)
                .orderBy(columns.id())
                .limit(most)
                .fetch(row -> secrets.opened(columns.read(row, fields)));
    }

    /// What a record is called, and whether it was deleted.
    record Named(String name, boolean deleted) {}

    /// Returns what records are called, with one statement.
    Map<UUID, Named> named(Map<EntityDefinition, List<UUID>> records) {
        List<Select<Record3<UUID, String, Short>>> selects = new ArrayList<>();
        records.forEach((entity, ids) -> {
            RecordColumns columns = RecordColumns.of(entity);
            Field<String> name = columns.field(entity.field(entity.nameField()).orElseThrow())
                    .cast(SQLDataType.CLOB);
            selects.add(DSL.select(columns.id(), name, columns.state())
                    .from(columns.table())
                    .where(columns.belongsTo(tenant))
                    .and(columns.id().eq(DSL.any(ids.toArray(UUID[]::new)))));
        });
        Map<UUID, Named> named = new HashMap<>();
        selects.stream()
                .reduce(Select::unionAll)
                .ifPresent(select -> sql.fetch(select)
                        .forEach(row -> named.put(
                                row.value1(),
                                new Named(
                                        row.value2() == null ? "" : row.value2(),
                                        row.value3() == RecordColumns.DELETED))));
        return named;
    }
}
