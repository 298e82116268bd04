package io.relata.core.query;

import io.relata.core.record.Cells;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.Cursor;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.ResultQuery;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// Reads rows as the driver gives them, without a record of jOOQ's for each: where many columns of many rows are read,
/// making those costs more than the rest.
final class DirectRows {

    private static final Map<Class<?>, Getter> GETTERS = Map.of(
            String.class, ResultSet::getString,
            UUID.class, (row, column) -> row.getObject(column, UUID.class),
            OffsetDateTime.class, (row, column) -> row.getObject(column, OffsetDateTime.class),
            LocalDate.class, (row, column) -> row.getObject(column, LocalDate.class),
            BigDecimal.class, ResultSet::getBigDecimal,
            Long.class, (row, column) -> present(row, row.getLong(column)),
            Integer.class, (row, column) -> present(row, row.getInt(column)),
            Boolean.class, (row, column) -> present(row, row.getBoolean(column)),
            JSONB.class, (row, column) -> json(row.getString(column)));

    private DirectRows() {}

    @FunctionalInterface
    private interface Getter {
        @Nullable
        Object get(ResultSet row, int column) throws SQLException;
    }

    /// Runs the query and returns what the reader makes of its rows.
    static <T> List<T> fetch(ResultQuery<?> query, Function<Cells, T> reader) {
        try (Cursor<?> cursor = query.fetchLazy()) {
            ResultSet rows = cursor.resultSet();
            return rows == null ? List.of() : read(rows, List.of(cursor.fields()), reader);
        } catch (SQLException exception) {
            throw new DataAccessException("Rows could not be read", exception);
        }
    }

    /// Returns what the reader makes of the rows.
    ///
    /// @param columns what was selected
    static <T> List<T> read(ResultSet rows, List<? extends Field<?>> columns, Function<Cells, T> reader)
            throws SQLException {
        Row row = new Row(rows, columns.stream().map(DirectRows::getter).toList());
        List<T> read = new ArrayList<>();
        while (rows.next()) {
            read.add(reader.apply(row));
        }
        return read;
    }

    private static Getter getter(Field<?> column) {
        Getter getter = GETTERS.get(column.getType());
        if (getter == null) {
            throw new IllegalArgumentException(column + " is of a type that is not read: " + column.getType());
        }
        return getter;
    }

    private static @Nullable Object present(ResultSet row, Object value) throws SQLException {
        return row.wasNull() ? null : value;
    }

    private static @Nullable Object json(@Nullable String text) {
        return text == null ? null : JSONB.valueOf(text);
    }

    /// The row at which the answer stands.
    private record Row(ResultSet rows, List<Getter> getters) implements Cells {

        @Override
        public int size() {
            return getters.size();
        }

        @Override
        public @Nullable Object at(int place) {
            try {
                return getters.get(place).get(rows, place + 1);
            } catch (SQLException exception) {
                throw new DataAccessException("Column " + place + " could not be read", exception);
            }
        }
    }
}
