package io.relata.core.sql;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.InsertOnDuplicateStep;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Rows of values for some columns, written with one statement however many they are: each column is one bound array.
/// So the statement's text depends on the columns alone, and the database keeps it prepared.
public final class Rows {

    private static final String ALIAS = "v";

    private final List<Field<?>> columns;
    private final List<List<@Nullable Object>> values = new ArrayList<>();
    private final List<Field<?>> sameColumns = new ArrayList<>();
    private final List<Field<?>> sameValues = new ArrayList<>();
    private int size;

    public Rows(List<? extends Field<?>> columns) {
        this.columns = List.copyOf(columns);
        columns.forEach(column -> values.add(new ArrayList<>()));
    }

    /// Gives all rows the same value in a further column, which is bound once. It is only inserted.
    public <T> Rows same(Field<T> column, @Nullable T value) {
        sameColumns.add(column);
        sameValues.add(DSL.val(value, column));
        return this;
    }

    /// Adds a row: a value for each column.
    public void add(List<? extends @Nullable Object> row) {
        if (row.size() != columns.size()) {
            throw new IllegalArgumentException(row.size() + " values for " + columns.size() + " columns");
        }
        for (int i = 0; i < columns.size(); i++) {
            values.get(i).add(row.get(i));
        }
        size++;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /// Returns the rows as a table to join with, under the alias and the columns' names.
    public Table<?> table(String alias) {
        List<Field<?>> arrays = new ArrayList<>();
        StringBuilder text = new StringBuilder("unnest(");
        for (int i = 0; i < columns.size(); i++) {
            text.append(i == 0 ? "{" : ", {").append(i).append('}');
            arrays.add(array(columns.get(i), values.get(i)));
        }
        String[] names = columns.stream().map(Field::getName).toArray(String[]::new);
        return DSL.table(text.append(')').toString(), arrays.toArray(Field<?>[]::new))
                .as(alias, names);
    }

    /// Inserts all rows.
    public void insertInto(DSLContext sql, Table<?> table) {
        if (!isEmpty()) {
            sql.execute(insertion(table));
        }
    }

    /// Returns the statement that inserts all rows. There must be some.
    public InsertOnDuplicateStep<?> insertion(Table<?> table) {
        return DSL.insertInto(table).columns(all()).select(selection());
    }

    private List<Field<?>> all() {
        List<Field<?>> all = new ArrayList<>(sameColumns);
        all.addAll(columns);
        return all;
    }

    private Select<Record> selection() {
        List<Field<?>> selected = new ArrayList<>(sameValues);
        columns.forEach(column -> selected.add(DSL.field(DSL.name(ALIAS, column.getName()), column.getDataType())));
        return DSL.select(selected).from(table(ALIAS));
    }

    private static <T> Field<?> array(Field<T> column, List<@Nullable Object> values) {
        Object[] array = (Object[]) Array.newInstance(column.getType(), values.size());
        return DSL.val(values.toArray(array), column.getDataType().getArrayDataType());
    }
}
