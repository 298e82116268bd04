package io.relata.core.export;

import io.relata.core.csv.FormulaGuard;
import io.relata.core.odata.TableQuery.Column;
import io.relata.core.query.Property;
import io.relata.core.query.RecordPage;
import java.math.BigDecimal;
import java.util.List;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Values as the API writes them, under the names of their properties: an import reads them back.
record RawRows(List<Column> columns) implements TableRows {

    RawRows {
        columns = List.copyOf(columns);
    }

    @Override
    public List<String> heading() {
        return columns.stream().map(Column::name).toList();
    }

    @Override
    public List<List<String>> of(DSLContext sql, RecordPage page) {
        return page.records().stream()
                .map(record -> columns.stream()
                        .map(column -> cell(column, column.value(record, page)))
                        .toList())
                .toList();
    }

    private static String cell(Column column, @Nullable Object value) {
        return switch (value) {
            case null -> "";
            case String text -> FormulaGuard.protect(text);
            case BigDecimal number -> number.toPlainString();
            default ->
                column.property() instanceof Property.OfField of && !of.kind().isScalar()
                        ? FormulaGuard.protect(of.field().type().written(value))
                        : value.toString();
        };
    }
}
