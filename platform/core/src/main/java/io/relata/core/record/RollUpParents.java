package io.relata.core.record;

import io.relata.core.metadata.ActiveRollUp;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.sql.Rows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Records whose roll-ups are reckoned: locked, read, and written where a result is another.
///
/// A result is no act of anybody's on the record: its version stays, so that nobody who edits the record meanwhile is
/// told of a conflict.
final class RollUpParents {

    private static final String NEW_VALUES = "v";

    private final RecordColumns columns;
    private final Map<UUID, Parent> parents = new LinkedHashMap<>();

    private RollUpParents(EntityDefinition entity) {
        this.columns = RecordColumns.of(entity);
    }

    /// A record as it is stored, and the results that differ, by field name, in the stored form.
    private record Parent(RecordData record, boolean live, Map<String, @Nullable Object> results) {}

    /// Locks the records, the deleted ones too: they can come back.
    static RollUpParents lock(WriteTransaction tx, EntityDefinition entity, Collection<UUID> ids) {
        RollUpParents parents = new RollUpParents(entity);
        parents.read(tx, parents.columns.id().eq(DSL.any(ids.toArray(UUID[]::new))), ids.size());
        return parents;
    }

    /// Locks the next records in the order of their ids.
    static RollUpParents next(WriteTransaction tx, EntityDefinition entity, @Nullable UUID after, UUID upTo, int most) {
        RollUpParents parents = new RollUpParents(entity);
        Condition until = parents.columns.id().le(upTo);
        parents.read(tx, after == null ? until : until.and(parents.columns.id().gt(after)), most);
        return parents;
    }

    private void read(WriteTransaction tx, Condition which, int most) {
        List<Field<?>> selection = new ArrayList<>(columns.selection());
        selection.add(columns.state());
        List<Record> rows = tx.sql()
                .select(selection)
                .from(columns.table())
                .where(columns.belongsTo(tx.tenant()))
                .and(which)
                .orderBy(columns.id())
                .limit(most)
                .forNoKeyUpdate()
                .fetch();
        for (Record row : rows) {
            RecordData record = columns.read(row);
            boolean live = row.get(columns.state()) == RecordColumns.LIVE;
            parents.put(record.id(), new Parent(record, live, new HashMap<>()));
        }
    }

    boolean contains(UUID id) {
        return parents.containsKey(id);
    }

    List<UUID> ids() {
        return List.copyOf(parents.keySet());
    }

    /// Returns the records as they are stored.
    List<RecordData> records() {
        return parents.values().stream().map(Parent::record).toList();
    }

    /// Returns the result as it is to be stored.
    @Nullable
    Object stored(UUID id, FieldDefinition field) {
        Parent parent = parent(id);
        return parent.results().containsKey(field.name())
                ? parent.results().get(field.name())
                : StoredValue.of(field, parent.record().value(field.name()));
    }

    void set(UUID id, FieldDefinition field, @Nullable Object stored) {
        if (!Objects.equals(stored(id, field), stored)) {
            parent(id).results().put(field.name(), stored);
        }
    }

    /// Reckons the results anew from the records that count.
    void reckon(WriteTransaction tx, ActiveRollUp one, Collection<UUID> ids) {
        if (!ids.isEmpty()) {
            Map<UUID, Object> results = RollUpQuery.results(tx, one, ids);
            Long none = one.function().adds() ? 0L : null;
            ids.forEach(id -> set(id, one.result(), results.getOrDefault(id, none)));
        }
    }

    /// Returns what differs, in the Java types of the fields.
    List<RollUpDifference> differences() {
        List<RollUpDifference> differences = new ArrayList<>();
        parents.forEach((id, parent) -> parent.results().forEach((name, stored) -> {
            FieldDefinition field = columns.entity().field(name).orElseThrow();
            differences.add(
                    new RollUpDifference(id, field, parent.record().value(name), StoredValue.toValue(field, stored)));
        }));
        return differences;
    }

    /// Writes what differs, and has those roll-ups kept right that are reckoned from it.
    void write(WriteTransaction tx) {
        List<Parent> changed = parents.values().stream()
                .filter(parent -> !parent.results().isEmpty())
                .toList();
        if (changed.isEmpty()) {
            return;
        }
        List<FieldDefinition> fields = columns.entity().fields().stream()
                .filter(field ->
                        changed.stream().anyMatch(parent -> parent.results().containsKey(field.name())))
                .toList();
        List<Field<?>> written = new ArrayList<>(List.of(columns.id()));
        fields.forEach(field -> written.add(columns.field(field)));
        Rows rows = new Rows(written);
        for (Parent parent : changed) {
            List<@Nullable Object> row = new ArrayList<>();
            row.add(parent.record().id());
            fields.forEach(field -> row.add(stored(parent.record().id(), field)));
            rows.add(row);
        }
        UUID[] ids = changed.stream().map(parent -> parent.record().id()).toArray(UUID[]::new);
        update(tx, written, rows.table(NEW_VALUES), ids);
        changed.stream()
                .filter(Parent::live)
                .forEach(parent -> tx.upkeep()
                        .changed(
                                columns.entity(),
                                parent.record().id(),
                                parent.record().createdAt(),
                                parent.record().values(),
                                after(parent)));
    }

    private void update(WriteTransaction tx, List<Field<?>> written, Table<?> values, UUID[] ids) {
        Map<Field<?>, Object> assignments = new LinkedHashMap<>();
        for (Field<?> column : written.subList(1, written.size())) {
            assignments.put(
                    DSL.field(DSL.name(column.getName()), column.getDataType()),
                    DSL.field(DSL.name(NEW_VALUES, column.getName())));
        }
        tx.sql()
                .update(columns.table())
                .set(assignments)
                .from(values)
                .where(columns.belongsTo(tx.tenant()))
                .and(columns.id().eq(DSL.any(ids)))
                .and(columns.id().eq(DSL.field(DSL.name(NEW_VALUES, "id"), UUID.class)))
                .execute();
    }

    private Map<String, @Nullable Object> after(Parent parent) {
        Map<String, @Nullable Object> values =
                new LinkedHashMap<>(parent.record().values());
        parent.results()
                .forEach((name, stored) -> values.put(
                        name, StoredValue.toValue(columns.entity().field(name).orElseThrow(), stored)));
        return values;
    }

    private Parent parent(UUID id) {
        return Objects.requireNonNull(parents.get(id));
    }
}
