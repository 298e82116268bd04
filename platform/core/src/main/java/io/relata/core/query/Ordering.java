package io.relata.core.query;

import io.relata.core.metadata.ValueKind;
import io.relata.core.record.Cells;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// The order of a page's records and what comes after a record in it.
///
/// Where the first key is a slot that is compared as bytes, the records that have it and those that do not are fetched
/// apart, because a partial index serves only a query that asks for what it holds. The id, which decides last, goes
/// the way of the last key, so that one index walk gives both.
final class Ordering {

    private final List<Key> keys;
    private final Field<UUID> id;
    private final boolean idDescending;

    /// @param stored  the column, in stored form
    /// @param ordered the column, in the order that the reader expects
    /// @param optional whether a record can be without
    private record Key(Field<?> stored, Field<?> ordered, boolean descending, boolean optional) {}

    private Ordering(List<Key> keys, Field<UUID> id, boolean idDescending) {
        this.keys = List.copyOf(keys);
        this.id = id;
        this.idDescending = idDescending;
    }

    static Ordering of(List<Sort> sorts, Source source, Locale locale) {
        List<Key> keys = new ArrayList<>();
        for (Sort sort : sorts) {
            if (isId(sort.by())) {
                return new Ordering(keys, source.base().id(), sort.descending());
            }
            keys.add(key(sort, source, locale));
        }
        boolean descending = !sorts.isEmpty() && sorts.getLast().descending();
        return new Ordering(keys, source.base().id(), descending);
    }

    /// Returns whether records with and without the first key are better fetched apart. Where the key lies behind a
    /// lookup, the records that have it can be found from there.
    static boolean splits(List<Sort> sorts) {
        return !sorts.isEmpty()
                && sorts.getFirst().by() instanceof Value.Path path
                && path.property() instanceof Property.OfField of
                && of.field().slot() != null
                && !of.readByPeople();
    }

    Condition firstPresent() {
        return keys.getFirst().stored().isNotNull();
    }

    Condition firstEmpty() {
        return keys.getFirst().stored().isNull();
    }

    /// Returns this order for records that all have the first key.
    Ordering withFirstPresent() {
        Key first = keys.getFirst();
        List<Key> present = new ArrayList<>(keys);
        present.set(0, new Key(first.stored(), first.ordered(), first.descending(), false));
        return new Ordering(present, id, idDescending);
    }

    /// Returns this order for records that all lack the first key.
    Ordering withoutFirst() {
        return new Ordering(keys.subList(1, keys.size()), id, idDescending);
    }

    List<SortField<?>> orderBy() {
        List<SortField<?>> fields = new ArrayList<>();
        for (Key key : keys) {
            SortField<?> field =
                    key.descending() ? key.ordered().desc() : key.ordered().asc();
            fields.add(key.optional() ? field.nullsLast() : field);
        }
        fields.add(idDescending ? id.desc() : id.asc());
        return fields;
    }

    /// Returns the columns from which [#keyset] reads.
    List<Field<?>> captured() {
        List<Field<?>> columns = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            columns.add(keys.get(i).stored().as(captureName(i)));
        }
        return columns;
    }

    /// Returns where a page ends that has the row as its last.
    ///
    /// @param idPlace  where the row has the record's id
    /// @param captured where it has the first of the captured columns
    Keyset keyset(Cells row, int idPlace, int captured) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            values.add(row.at(captured + i));
        }
        return new Keyset(values, row.at(idPlace, UUID.class));
    }

    /// Returns the condition for what comes after the values and the id.
    Condition after(List<@Nullable Object> values, UUID lastId) {
        if (keys.size() == 1 && !keys.getFirst().optional()) {
            Key only = keys.getFirst();
            return pairBeyond(only.ordered(), Objects.requireNonNull(values.getFirst()), lastId);
        }
        return after(0, values, lastId);
    }

    private Condition after(int level, List<@Nullable Object> values, UUID lastId) {
        if (level == keys.size()) {
            return idDescending ? id.lt(lastId) : id.gt(lastId);
        }
        Key key = keys.get(level);
        Object value = values.get(level);
        Condition deeper = after(level + 1, values, lastId);
        if (value == null) {
            return key.ordered().isNull().and(deeper);
        }
        Condition beyond = beyond(key.ordered(), key.descending(), value)
                .or(same(key.ordered(), value).and(deeper));
        return key.optional()
                ? beyond.or(key.ordered().isNull())
                : reached(key.ordered(), key.descending(), value).and(beyond);
    }

    private <T> Condition pairBeyond(Field<T> field, Object value, UUID lastId) {
        T bound = field.getType().cast(value);
        return idDescending
                ? DSL.row(field, id).lt(DSL.val(bound, field.getDataType()), DSL.val(lastId, SQLDataType.UUID))
                : DSL.row(field, id).gt(DSL.val(bound, field.getDataType()), DSL.val(lastId, SQLDataType.UUID));
    }

    private static <T> Condition beyond(Field<T> field, boolean descending, Object value) {
        T bound = field.getType().cast(value);
        return descending ? field.lt(bound) : field.gt(bound);
    }

    private static <T> Condition same(Field<T> field, Object value) {
        return field.eq(field.getType().cast(value));
    }

    /// Says what [#beyond] and [#same] imply in a form that bounds an index walk.
    private static <T> Condition reached(Field<T> field, boolean descending, Object value) {
        T bound = field.getType().cast(value);
        return descending ? field.le(bound) : field.ge(bound);
    }

    private static Key key(Sort sort, Source source, Locale locale) {
        return switch (sort.by()) {
            case Value.Path path -> key(path, sort.descending(), source, locale);
            case Value.Count count -> {
                Field<?> number = new ValueCompiler(source).count(count);
                yield new Key(number, number, sort.descending(), false);
            }
            case Value.Call call -> computed(call, sort.descending(), source, locale);
            case Value.Choice choice -> computed(choice, sort.descending(), source, locale);
            case Value.Literal literal -> throw new IllegalArgumentException("Nothing is sorted by " + literal);
            case Value.Truth truth -> throw new IllegalArgumentException("Nothing is sorted by " + truth);
        };
    }

    /// Texts count as far as a link to the next page can carry them.
    private static Key computed(Value value, boolean descending, Source source, Locale locale) {
        Field<?> field = new ValueCompiler(source).field(value);
        if (value.kind() != ValueKind.STRING) {
            return new Key(field, field, descending, true);
        }
        Field<String> text = DSL.left(field.coerce(SQLDataType.CLOB), DSL.inline(Sort.MAX_LENGTH));
        return new Key(text, Texts.ordered(text, locale), descending, true);
    }

    private static Key key(Value.Path path, boolean descending, Source source, Locale locale) {
        Field<?> stored = source.column(path);
        Field<?> ordered =
                path.property().readByPeople() ? Texts.ordered(stored.coerce(SQLDataType.CLOB), locale) : stored;
        boolean optional = !path.direct() || !(path.property() instanceof Property.OfRecord);
        return new Key(stored, ordered, descending, optional);
    }

    private static boolean isId(Value by) {
        return by instanceof Value.Path path
                && path.direct()
                && path.property().name().equals(Property.OfRecord.ID);
    }

    private static String captureName(int level) {
        return "k" + level;
    }
}
