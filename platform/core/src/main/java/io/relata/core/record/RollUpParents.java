package io.relata.core.record;

import io.relata.core.metadata.ActiveRollUp;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.sql.Rows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Select;
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
    ///
    /// @param found queries for more of them
    static RollUpParents lock(
            WriteTransaction tx, EntityDefinition entity, Set<UUID> ids, List<Select<Record1<UUID>>> found) {
        RollUpParents parents = new RollUpParents(entity);
        Condition which = parents.columns.id().eq(DSL.any(array(ids, found)));
        parents.read(tx, which, found.isEmpty() ? ids.size() : Integer.MAX_VALUE);
        return parents;
    }

    /// Returns all ids as one array, so that the database looks each of them up.
    private static Field<UUID[]> array(Set<UUID> ids, List<Select<Record1<UUID>>> found) {
        Field<UUID[]> known = DSL.val(ids.toArray(UUID[]::new));
        List<Field<UUID[]>> arrays = new ArrayList<>();
        found.forEach(query -> arrays.add(DSL.array(query)));
        if (arrays.isEmpty() || !ids.isEmpty()) {
            arrays.addFirst(known);
        }
        return arrays.stream()
                .reduce((one, other) -> DSL.field("{0} || {1}", UUID[].class, one, other))
                .orElse(known);
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

    /// Returns what each of the records points to.
    Map<UUID, UUID> links(FieldDefinition lookup) {
        Map<UUID, UUID> links = new HashMap<>();
        parents.forEach((id, parent) -> {
            if (parent.record().value(lookup.name()) instanceof UUID linked) {
                links.put(id, linked);
            }
        });
        return links;
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

    /// Reckons the results anew from the records that count: with one statement for all roll-ups that find these in the
    /// same way.
    ///
    /// @param which of the records, for each roll-up
    void reckon(WriteTransaction tx, IdentityHashMap<ActiveRollUp, Collection<UUID>> which) {
        Map<List<String>, List<ActiveRollUp>> ways = new LinkedHashMap<>();
        which.forEach((one, ids) -> {
            if (!ids.isEmpty()) {
                ways.computeIfAbsent(one.found(), way -> new ArrayList<>()).add(one);
            }
        });
        for (List<ActiveRollUp> several : ways.values()) {
            Set<UUID> all = new HashSet<>();
            several.forEach(one -> all.addAll(Objects.requireNonNull(which.get(one))));
            List<Map<UUID, Object>> results = RollUpQuery.results(tx, several, all);
            for (int i = 0; i < several.size(); i++) {
                ActiveRollUp one = several.get(i);
                Map<UUID, Object> of = results.get(i);
                Long none = one.function().adds() ? 0L : null;
                Objects.requireNonNull(which.get(one)).forEach(id -> set(id, one.result(), of.getOrDefault(id, none)));
            }
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
