package io.relata.core.sql;

import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.RowN;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Rows of values for some columns, to be written with few statements: as few as the limit on bind values allows.
public final class Rows {

    private static final int MOST_BINDS = 30_000;

    private final List<Field<?>> columns;
    private final List<List<Field<?>>> rows = new ArrayList<>();

    public Rows(List<? extends Field<?>> columns) {
        this.columns = List.copyOf(columns);
    }

    /// Adds a row: a value for each column.
    public void add(List<? extends @Nullable Object> values) {
        if (values.size() != columns.size()) {
            throw new IllegalArgumentException(values.size() + " values for " + columns.size() + " columns");
        }
        List<Field<?>> binds = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            binds.add(bind(values.get(i), columns.get(i)));
        }
        rows.add(binds);
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /// Returns the rows in portions that fit into one statement each.
    public List<List<RowN>> portions() {
        int size = Math.max(1, MOST_BINDS / columns.size());
        List<List<RowN>> portions = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += size) {
            List<List<Field<?>>> portion = rows.subList(from, Math.min(rows.size(), from + size));
            portions.add(portion.stream().map(DSL::row).toList());
        }
        return portions;
    }

    /// Returns the portions as tables to join with, under the alias and the columns' names.
    public List<Table<?>> tables(String alias) {
        String[] names = columns.stream().map(Field::getName).toArray(String[]::new);
        List<Table<?>> tables = new ArrayList<>();
        for (List<RowN> portion : portions()) {
            RowN[] typed = portion.toArray(RowN[]::new);
            typed[0] = typed(typed[0]);
            tables.add(DSL.values(typed).as(alias, names));
        }
        return tables;
    }

    /// Inserts all rows.
    public void insertInto(DSLContext sql, Table<?> table) {
        for (List<RowN> portion : portions()) {
            sql.insertInto(table).columns(columns).valuesOfRows(portion).execute();
        }
    }

    private static <T> Field<T> bind(@Nullable Object value, Field<T> column) {
        return DSL.val(value, column);
    }

    /// A `VALUES` list takes its columns' types from its first row, whose values may be empty.
    private RowN typed(RowN first) {
        List<Field<?>> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            fields.add(DSL.cast(first.field(i), columns.get(i)));
        }
        return DSL.row(fields);
    }
}
