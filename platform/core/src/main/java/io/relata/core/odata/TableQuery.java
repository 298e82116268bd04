package io.relata.core.odata;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.type.Setting;
import io.relata.core.query.Expand;
import io.relata.core.query.Property;
import io.relata.core.query.Query;
import io.relata.core.query.RecordPage;
import io.relata.core.record.RecordData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
            return row(record, page).map(this::value).orElse(null);
        }

        /// Returns what the record that the lookups lead to has.
        public @Nullable Object value(Row row) {
            return ODataJson.valueOf(property, row.record());
        }

        /// Returns the record that the lookups lead to.
        public Optional<Row> row(RecordData record, RecordPage page) {
            Row row = new Row(record, page);
            for (String lookup : lookups) {
                Optional<RecordPage> found = row.page().target(row.record(), lookup);
                if (found.isEmpty()) {
                    return Optional.empty();
                }
                row = new Row(found.get().records().getFirst(), found.get());
            }
            return Optional.of(row);
        }
    }

    /// A record, and what it was fetched with.
    public record Row(RecordData record, RecordPage page) {}

    /// Returns the table with what people read beside what its columns hold: the names of the records that lookups lead
    /// to, and the currencies of amounts.
    ///
    /// @param seen the definitions as the caller sees them
    public TableQuery forPeople(MetadataSnapshot seen) {
        EntityDefinition entity = query.selection().entity();
        Query more = new Query(
                query.selection(),
                query.sort(),
                fields(entity, query.fields(), List.of()),
                expands(seen, query.expands(), List.of()),
                query.pageSize(),
                query.count(),
                query.skip(),
                query.after());
        return new TableQuery(more, columns);
    }

    private List<FieldDefinition> fields(EntityDefinition entity, List<FieldDefinition> read, List<String> lookups) {
        Map<String, FieldDefinition> fields = new LinkedHashMap<>();
        read.forEach(field -> fields.put(field.name(), field));
        of(lookups)
                .forEach(field -> Optional.ofNullable(field.settings().get(Setting.CURRENCY_FIELD))
                        .flatMap(entity::field)
                        .ifPresent(currency -> fields.putIfAbsent(currency.name(), currency)));
        return List.copyOf(fields.values());
    }

    private List<Expand> expands(MetadataSnapshot seen, List<Expand> asked, List<String> lookups) {
        Map<String, Expand> expands = new LinkedHashMap<>();
        for (Expand expand : asked) {
            if (expand instanceof Expand.One one) {
                List<String> further = new ArrayList<>(lookups);
                further.add(one.name());
                expands.put(
                        one.name(),
                        new Expand.One(
                                one.lookup(),
                                one.target(),
                                one.filter(),
                                fields(one.target(), one.fields(), further),
                                expands(seen, one.expands(), further)));
            }
        }
        of(lookups)
                .filter(field -> field.type().isLookup())
                .forEach(lookup -> lookup.targets().stream()
                        .flatMap(target -> seen.entity(target).stream())
                        .forEach(target -> named(lookup, target, expands)));
        return List.copyOf(expands.values());
    }

    private static void named(FieldDefinition lookup, EntityDefinition target, Map<String, Expand> expands) {
        target.field(target.nameField()).ifPresent(name -> {
            Expand.One added = new Expand.One(lookup, target, null, List.of(name), List.of());
            Expand known = expands.get(added.name());
            if (known instanceof Expand.One one && !one.fields().contains(name)) {
                List<FieldDefinition> fields = new ArrayList<>(one.fields());
                fields.add(name);
                expands.put(one.name(), new Expand.One(lookup, target, one.filter(), fields, one.expands()));
            } else if (known == null) {
                expands.put(added.name(), added);
            }
        });
    }

    private Stream<FieldDefinition> of(List<String> lookups) {
        return columns.stream()
                .filter(column -> column.lookups().equals(lookups))
                .flatMap(column ->
                        column.property() instanceof Property.OfField of ? Stream.of(of.field()) : Stream.empty());
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
