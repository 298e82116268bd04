package io.relata.core.odata;

import io.relata.core.query.Property;
import io.relata.core.query.Query;
import io.relata.core.query.RecordPage;
import io.relata.core.record.RecordData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A query whose answer is a table: a row for each record, a column for each property, those behind a lookup under
/// `lookup.property`.
public record TableQuery(Query query, List<Column> columns) {

    public TableQuery {
        columns = List.copyOf(columns);
    }

    /// A column.
    ///
    /// @param lookup the lookup to follow first; `null` for a property of the record itself
    public record Column(String name, @Nullable String lookup, Property property) {

        /// Returns what stands in the record's row; `null` for nothing.
        public @Nullable Object value(RecordData record, RecordPage page) {
            if (lookup == null) {
                return ODataJson.valueOf(property, record);
            }
            Map<UUID, RecordData> targets = page.expanded().getOrDefault(lookup, Map.of());
            RecordData target = record.value(lookup) instanceof UUID id ? targets.get(id) : null;
            return target == null ? null : ODataJson.valueOf(property, target);
        }
    }

    static List<Column> columns(Shape shape) {
        List<Column> columns = new ArrayList<>();
        shape.shown().forEach(property -> columns.add(new Column(property.name(), null, property)));
        for (Shape.Expanded expanded : shape.expands()) {
            String lookup = expanded.lookup().name();
            expanded.shape()
                    .shown()
                    .forEach(property -> columns.add(new Column(lookup + "." + property.name(), lookup, property)));
        }
        return columns;
    }
}
