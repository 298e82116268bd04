package io.relata.core.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.table;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.sql.Rows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Row2;
import org.jooq.RowN;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/// Keeps the values of unique fields unique, by rows whose primary key is the value: of two transactions that
/// want the same one, the later waits for the earlier and then sees that it is taken.
final class UniqueValues {

    private static final Table<?> TABLE = table(name("relata", "unique_value"));
    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> ENTITY = field(name("entity_id"), UUID.class);
    private static final Field<String> FIELD = field(name("field"), String.class);
    private static final Field<String> VALUE = field(name("value"), String.class);
    private static final Field<UUID> RECORD = field(name("record_id"), UUID.class);

    private static final List<Field<?>> COLUMNS = List.of(TENANT, ENTITY, FIELD, VALUE, RECORD);

    private final UUID tenant;
    private final EntityDefinition entity;
    private final List<FieldDefinition> fields;

    UniqueValues(UUID tenant, EntityDefinition entity) {
        this.tenant = tenant;
        this.entity = entity;
        this.fields = entity.fields().stream().filter(FieldDefinition::unique).toList();
    }

    /// A value of a unique field. Ordered, so that two writers take the same values in the same order.
    private record Key(String field, String value) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::field).thenComparing(Key::value);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /// Adds a violation for every value that another record has, or an earlier draft wants.
    void check(DSLContext sql, List<RecordDraft> drafts) {
        Map<Key, RecordDraft> wanted = new TreeMap<>();
        for (RecordDraft draft : drafts) {
            for (FieldDefinition field : fields) {
                Key key = wanted(draft, field);
                if (key != null && wanted.putIfAbsent(key, draft) != null) {
                    draft.reject(field.property(), "not-unique-in-batch");
                }
            }
        }
        if (wanted.isEmpty()) {
            return;
        }
        sql.select(FIELD, VALUE, RECORD)
                .from(TABLE)
                .where(among(wanted.keySet()))
                .forEach(found -> {
                    Key key = new Key(found.value1(), found.value2());
                    RecordDraft draft = wanted.get(key);
                    if (draft != null && !draft.id().equals(found.value3())) {
                        reject(draft, key);
                    }
                });
    }

    /// Takes the drafts' new values and gives the old ones back. A draft that comes too late gets a violation
    /// and keeps nothing.
    void claim(DSLContext sql, List<RecordDraft> drafts) {
        Map<Key, RecordDraft> wanted = new TreeMap<>();
        Set<Key> given = new HashSet<>();
        for (RecordDraft draft : drafts) {
            for (FieldDefinition field : fields) {
                Key key = wanted(draft, field);
                if (key != null) {
                    wanted.put(key, draft);
                }
            }
        }
        Set<Key> taken = take(sql, wanted);
        for (Map.Entry<Key, RecordDraft> entry : wanted.entrySet()) {
            if (!taken.contains(entry.getKey())) {
                reject(entry.getValue(), entry.getKey());
            }
        }
        wanted.forEach((key, draft) -> {
            if (!draft.sound() && taken.contains(key)) {
                given.add(key);
            }
        });
        drafts.stream().filter(RecordDraft::sound).forEach(draft -> given.addAll(outdated(draft)));
        give(sql, given);
    }

    /// Takes the values of a record that comes back; returns the fields whose values are taken meanwhile.
    List<FieldDefinition> claimAll(DSLContext sql, RecordData record) {
        Map<Key, FieldDefinition> keys = keys(record);
        Rows rows = rows();
        keys.keySet().forEach(key -> rows.add(List.of(tenant, entity.id(), key.field(), key.value(), record.id())));
        Set<Key> taken = insert(sql, rows);
        List<FieldDefinition> lost = new ArrayList<>();
        keys.forEach((key, field) -> {
            if (!taken.contains(key)) {
                lost.add(field);
            }
        });
        return lost;
    }

    /// Gives back the values of a record that goes.
    void releaseAll(DSLContext sql, RecordData record) {
        give(sql, keys(record).keySet());
    }

    private Map<Key, FieldDefinition> keys(RecordData record) {
        Map<Key, FieldDefinition> keys = new TreeMap<>();
        for (FieldDefinition field : fields) {
            Object value = record.value(field.name());
            if (value != null) {
                keys.put(new Key(field.name(), value.toString()), field);
            }
        }
        return keys;
    }

    private @Nullable Key wanted(RecordDraft draft, FieldDefinition field) {
        Object value = draft.value(field);
        return value == null || !draft.changed(field) ? null : new Key(field.name(), value.toString());
    }

    private Set<Key> outdated(RecordDraft draft) {
        Set<Key> keys = new HashSet<>();
        for (FieldDefinition field : fields) {
            Object value = draft.valueBefore(field);
            if (value != null && draft.changed(field)) {
                keys.add(new Key(field.name(), value.toString()));
            }
        }
        return keys;
    }

    private Set<Key> take(DSLContext sql, Map<Key, RecordDraft> wanted) {
        Rows rows = rows();
        wanted.forEach((key, draft) -> rows.add(List.of(tenant, entity.id(), key.field(), key.value(), draft.id())));
        return insert(sql, rows);
    }

    private static Rows rows() {
        return new Rows(COLUMNS);
    }

    private static Set<Key> insert(DSLContext sql, Rows rows) {
        Set<Key> taken = new HashSet<>();
        for (List<RowN> portion : rows.portions()) {
            sql.insertInto(TABLE)
                    .columns(COLUMNS)
                    .valuesOfRows(portion)
                    .onConflictDoNothing()
                    .returningResult(FIELD, VALUE)
                    .fetch()
                    .forEach(row -> taken.add(new Key(row.value1(), row.value2())));
        }
        return taken;
    }

    private void give(DSLContext sql, Set<Key> keys) {
        if (!keys.isEmpty()) {
            sql.deleteFrom(TABLE).where(among(keys)).execute();
        }
    }

    private Condition among(Set<Key> keys) {
        List<Row2<String, String>> pairs = new ArrayList<>();
        keys.forEach(key -> pairs.add(row(key.field(), key.value())));
        return TENANT.eq(tenant)
                .and(ENTITY.eq(entity.id()))
                .and(row(FIELD, VALUE).in(pairs));
    }

    private void reject(RecordDraft draft, Key key) {
        Map<String, String> properties = new HashMap<>();
        fields.forEach(field -> properties.put(field.name(), field.property()));
        draft.reject(properties.get(key.field()), "not-unique");
    }
}
