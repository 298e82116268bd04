package io.relata.core.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.UniqueKey;
import io.relata.core.sql.Rows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Row2;
import org.jooq.Row3;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/// Keeps the values of unique fields unique, alone or together, by rows whose primary key is the value: of two
/// transactions that
/// want the same one, the later waits for the earlier and then sees that it is taken.
final class UniqueValues {

    private static final Table<?> TABLE = table(name("relata", "unique_value"));
    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> ENTITY = field(name("entity_id"), UUID.class);
    private static final Field<String> FIELD = field(name("field"), String.class);
    private static final Field<String> VALUE = field(name("value"), String.class);
    private static final Field<UUID> RECORD = field(name("record_id"), UUID.class);

    /// The same as plain text: jOOQ reads a column in RETURNING as what was to be inserted.
    private static final Field<String> STORED_FIELD = field("{0}", String.class, name("field"));

    private static final Field<String> STORED_VALUE = field("{0}", String.class, name("value"));

    private static final List<Field<?>> COLUMNS = List.of(TENANT, ENTITY, FIELD, VALUE, RECORD);

    private final UUID tenant;
    private final EntityDefinition entity;
    private final List<UniqueKey> uniqueKeys;
    private final Map<Key, UUID> reserved = new TreeMap<>();

    UniqueValues(UUID tenant, EntityDefinition entity) {
        this.tenant = tenant;
        this.entity = entity;
        this.uniqueKeys = entity.uniqueKeys();
    }

    /// A value that is unique, of a field or of several together. Ordered, so that two writers take the same values in
    /// the same order.
    private record Key(String field, String value) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::field).thenComparing(Key::value);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /// Returns the records that have the keys.
    Map<AlternateKey, UUID> owners(DSLContext sql, Collection<AlternateKey> keys) {
        Map<Key, AlternateKey> wanted = new TreeMap<>();
        keys.forEach(key -> wanted.put(key(key), key));
        Map<AlternateKey, UUID> owners = new HashMap<>();
        if (!wanted.isEmpty()) {
            sql.select(FIELD, VALUE, RECORD)
                    .from(TABLE)
                    .where(among(wanted.keySet()))
                    .forEach(row -> {
                        AlternateKey key = wanted.get(new Key(row.value1(), row.value2()));
                        if (key != null) {
                            owners.put(key, row.value3());
                        }
                    });
        }
        return owners;
    }

    /// Takes those of the keys that nobody has for records that are going to be made: of two callers who want to
    /// make the same record, one makes it and the other then finds it.
    void reserve(DSLContext sql, Map<AlternateKey, UUID> newRecords) {
        Map<Key, UUID> wanted = new TreeMap<>();
        newRecords.forEach((key, id) -> wanted.put(key(key), id));
        Rows rows = rows();
        wanted.forEach((key, id) -> rows.add(List.of(tenant, entity.id(), key.field(), key.value(), id)));
        insert(sql, rows).forEach(key -> reserved.put(key, Objects.requireNonNull(wanted.get(key))));
    }

    private static Key key(AlternateKey key) {
        return new Key(key.field().name(), key.text());
    }

    /// Adds a violation for every value that another record has, or an earlier draft wants.
    void check(DSLContext sql, List<RecordDraft> drafts) {
        Map<Key, RecordDraft> wanted = new TreeMap<>();
        for (RecordDraft draft : drafts) {
            for (UniqueKey unique : uniqueKeys) {
                Key key = wanted(draft, unique);
                if (key != null && wanted.putIfAbsent(key, draft) != null) {
                    unique.fields().forEach(field -> draft.reject(field.property(), "not-unique-in-batch"));
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

    /// Takes the new values of the drafts that are written and gives the old ones back. A draft that comes too late
    /// gets a violation; what is refused keeps nothing.
    void claim(DSLContext sql, List<RecordDraft> drafts) {
        List<RecordDraft> writing = drafts.stream().filter(RecordDraft::writes).toList();
        Map<Key, RecordDraft> wanted = new TreeMap<>();
        for (RecordDraft draft : writing) {
            for (UniqueKey unique : uniqueKeys) {
                Key key = wanted(draft, unique);
                if (key != null) {
                    wanted.put(key, draft);
                }
            }
        }
        Set<Key> taken = take(sql, wanted);
        wanted.forEach((key, draft) -> {
            if (!taken.contains(key)) {
                reject(draft, key);
            }
        });
        Set<UUID> refused = new HashSet<>();
        drafts.stream().filter(draft -> !draft.sound()).forEach(draft -> refused.add(draft.id()));
        Set<Taken> given = new HashSet<>();
        reserved.forEach((key, id) -> addIf(refused.contains(id), key, id, given));
        wanted.forEach((key, draft) -> addIf(!draft.sound() && taken.contains(key), key, draft.id(), given));
        writing.stream()
                .filter(RecordDraft::sound)
                .forEach(draft -> outdated(draft).forEach(key -> given.add(new Taken(key, draft.id()))));
        give(sql, given);
    }

    /// A value and the record that has it. While the values of records that are there are being taken, another may have
    /// the same.
    private record Taken(Key key, UUID record) {}

    private static void addIf(boolean condition, Key key, UUID record, Set<Taken> keys) {
        if (condition) {
            keys.add(new Taken(key, record));
        }
    }

    /// Takes the values of records that come back; returns the fields of those whose values are taken meanwhile.
    /// Such a record keeps nothing.
    Map<UUID, List<FieldDefinition>> claimAll(DSLContext sql, Collection<RecordData> records) {
        Map<Key, UUID> wanted = new TreeMap<>();
        records.forEach(record -> keys(record).keySet().forEach(key -> wanted.putIfAbsent(key, record.id())));
        Rows rows = rows();
        wanted.forEach((key, id) -> rows.add(List.of(tenant, entity.id(), key.field(), key.value(), id)));
        Set<Key> taken = insert(sql, rows);
        Map<UUID, List<FieldDefinition>> lost = new HashMap<>();
        for (RecordData record : records) {
            keys(record).forEach((key, unique) -> {
                if (!taken.contains(key) || !record.id().equals(wanted.get(key))) {
                    lost.computeIfAbsent(record.id(), id -> new ArrayList<>()).addAll(unique.fields());
                }
            });
        }
        Set<Taken> given = new HashSet<>();
        taken.forEach(key -> {
            UUID id = Objects.requireNonNull(wanted.get(key));
            addIf(lost.containsKey(id), key, id, given);
        });
        give(sql, given);
        return lost;
    }

    /// Gives back the values of records that go.
    void releaseAll(DSLContext sql, Collection<RecordData> records) {
        Set<Taken> given = new HashSet<>();
        records.forEach(record -> keys(record).keySet().forEach(key -> given.add(new Taken(key, record.id()))));
        give(sql, given);
    }

    private Map<Key, UniqueKey> keys(RecordData record) {
        Map<Key, UniqueKey> keys = new TreeMap<>();
        for (UniqueKey unique : uniqueKeys) {
            unique.text(field -> record.value(field.name()))
                    .ifPresent(text -> keys.put(new Key(unique.name(), text), unique));
        }
        return keys;
    }

    private @Nullable Key wanted(RecordDraft draft, UniqueKey unique) {
        return changed(draft, unique)
                ? unique.text(draft::value)
                        .map(text -> new Key(unique.name(), text))
                        .orElse(null)
                : null;
    }

    private static boolean changed(RecordDraft draft, UniqueKey unique) {
        return unique.fields().stream().anyMatch(draft::changed);
    }

    private Set<Key> outdated(RecordDraft draft) {
        Set<Key> keys = new HashSet<>();
        for (UniqueKey unique : uniqueKeys) {
            if (changed(draft, unique)) {
                unique.text(draft::valueBefore).ifPresent(text -> keys.add(new Key(unique.name(), text)));
            }
        }
        return keys;
    }

    private Set<Key> take(DSLContext sql, Map<Key, RecordDraft> wanted) {
        Rows rows = rows();
        Set<Key> taken = new HashSet<>();
        wanted.forEach((key, draft) -> {
            if (draft.id().equals(reserved.get(key))) {
                taken.add(key);
            } else {
                rows.add(List.of(tenant, entity.id(), key.field(), key.value(), draft.id()));
            }
        });
        taken.addAll(insert(sql, rows));
        return taken;
    }

    private static Rows rows() {
        return new Rows(COLUMNS);
    }

    private static Set<Key> insert(DSLContext sql, Rows rows) {
        Set<Key> taken = new HashSet<>();
        if (!rows.isEmpty()) {
            sql.insertInto(TABLE)
                    .columns(COLUMNS)
                    .select(select(COLUMNS).from(rows.table(TABLE.getName())))
                    .onConflictDoNothing()
                    .returningResult(STORED_FIELD, STORED_VALUE)
                    .fetch()
                    .forEach(row -> taken.add(new Key(row.value1(), row.value2())));
        }
        return taken;
    }

    private void give(DSLContext sql, Set<Taken> given) {
        if (!given.isEmpty()) {
            List<Row3<String, String, UUID>> rows = new ArrayList<>();
            given.forEach(taken -> rows.add(row(taken.key().field(), taken.key().value(), taken.record())));
            sql.deleteFrom(TABLE)
                    .where(TENANT.eq(tenant))
                    .and(ENTITY.eq(entity.id()))
                    .and(row(FIELD, VALUE, RECORD).in(rows))
                    .execute();
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
        for (UniqueKey unique : uniqueKeys) {
            if (unique.name().equals(key.field())) {
                String code = unique.compound() ? "not-unique-together" : "not-unique";
                String others = String.join(
                        ", ",
                        unique.fields().stream().map(FieldDefinition::property).toList());
                unique.fields().forEach(field -> draft.reject(field.property(), code, others));
            }
        }
    }
}
