package io.relata.core.odata;

import io.relata.core.query.Property;
import io.relata.core.query.Query;
import io.relata.core.query.RecordPage;
import io.relata.core.record.RecordData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A query whose answer is a table: a row for each record, a column for each property, those behind a lookup under
/// `lookup.property`.
public record TableQuery(Query query, List<Column> columns) {

    public TableQuery {
        columns = List.copyOf(columns);
    }

    /// A column.
    ///
    /// @param lookups the lookups to follow first
    public record Column(List<String> lookups, Property property) {

        public Column {
            lookups = List.copyOf(lookups);
        }

        public String name() {
            List<String> names = new ArrayList<>(lookups);
            names.add(property.name());
            return String.join(".", names);
        }

        /// Returns what stands in the record's row; `null` for nothing.
        public @Nullable Object value(RecordData record, RecordPage page) {
            RecordData target = record;
            RecordPage from = page;
            for (String lookup : lookups) {
                Optional<RecordPage> found = from.target(target, lookup);
                if (found.isEmpty()) {
                    return null;
                }
                from = found.get();
                target = from.records().getFirst();
            }
            return ODataJson.valueOf(property, target);
        }
    }

    static List<Column> columns(Shape shape) {
        return columns(shape, List.of());
    }

    private static List<Column> columns(Shape shape, List<String> lookups) {
        List<Column> columns = new ArrayList<>();
        shape.shown().forEach(property -> columns.add(new Column(lookups, property)));
        for (Shape.Part part : shape.parts()) {
            if (part instanceof Shape.Many) {
                throw Refusal.of("query-table-collection", QueryOption.EXPAND, part.name());
            }
            List<String> further = new ArrayList<>(lookups);
            further.add(part.toExpand().name());
            columns.addAll(columns(part.shape(), further));
        }
        return columns;
    }
}
