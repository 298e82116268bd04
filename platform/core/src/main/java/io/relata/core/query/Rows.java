package io.relata.core.query;

import io.relata.core.metadata.ValueKind;
import java.util.ArrayList;
import java.util.List;

/// Rows that are computed: groups of records with their figures, and what is made of those.
public sealed interface Rows {

    /// Returns what each row has, in order.
    List<Column> columns();

    /// A column.
    ///
    /// @param path under which it is shown: what lies behind a lookup stands under the lookup's name
    record Column(List<String> path, Property.OfColumn property) {

        public Column {
            path = List.copyOf(path);
        }

        /// Returns what stands in the column, for a condition or a further calculation.
        public Value.Path value() {
            return new Value.Path(List.of(), property);
        }
    }

    /// A value with the name under which it is shown.
    record Named(List<String> path, Value value) {

        public Named {
            path = List.copyOf(path);
        }
    }

    /// One figure of a group.
    ///
    /// @param value what is summed up; meaningless for [Method#COUNT]
    record Measure(String name, Method method, Value value) {}

    /// How a figure comes about. Empty values do not count, except for [#COUNT].
    enum Method {
        SUM,
        MIN,
        MAX,
        AVERAGE,
        COUNT_DISTINCT,
        COUNT
    }

    /// One level of ordering. Empty values come last in both directions.
    record Order(Value.Path by, boolean descending) {}

    /// Records in groups that share the values under the keys; without keys, one group.
    record OfRecords(Query.Selection records, List<Named> keys, List<Measure> measures) implements Rows {

        public OfRecords {
            keys = List.copyOf(keys);
            measures = List.copyOf(measures);
        }

        @Override
        public List<Column> columns() {
            return grouped(keys, measures);
        }
    }

    /// Rows in groups that share the values under the keys; without keys, one group.
    record Grouped(Rows rows, List<Named> keys, List<Measure> measures) implements Rows {

        public Grouped {
            keys = List.copyOf(keys);
            measures = List.copyOf(measures);
        }

        @Override
        public List<Column> columns() {
            return grouped(keys, measures);
        }
    }

    /// The rows that match.
    record Matching(Rows rows, Filter filter) implements Rows {

        @Override
        public List<Column> columns() {
            return rows.columns();
        }
    }

    /// The rows that are first by a value.
    record Best(Rows rows, Ranking ranking) implements Rows {

        @Override
        public List<Column> columns() {
            return rows.columns();
        }
    }

    /// The rows with further columns.
    record Computed(Rows rows, List<Named> further) implements Rows {

        public Computed {
            further = List.copyOf(further);
        }

        @Override
        public List<Column> columns() {
            List<Column> columns = new ArrayList<>(rows.columns());
            further.forEach(named -> columns.add(column(columns.size(), named.path(), named.value())));
            return List.copyOf(columns);
        }
    }

    /// Some of the rows in an order.
    ///
    /// @param order rows that are equal in it come in the order of their columns
    /// @param limit how many at most
    record Slice(Rows rows, List<Order> order, int skip, int limit) implements Rows {

        public Slice {
            order = List.copyOf(order);
        }

        @Override
        public List<Column> columns() {
            return rows.columns();
        }
    }

    private static List<Column> grouped(List<Named> keys, List<Measure> measures) {
        List<Column> columns = new ArrayList<>();
        keys.forEach(key -> columns.add(column(columns.size(), key.path(), key.value())));
        measures.forEach(measure -> columns.add(new Column(List.of(measure.name()), figure(columns.size(), measure))));
        return List.copyOf(columns);
    }

    private static Column column(int number, List<String> path, Value value) {
        boolean readByPeople =
                value instanceof Value.Path known && known.property().readByPeople();
        return new Column(path, new Property.OfColumn("c" + number, value.kind(), scale(value), readByPeople));
    }

    private static Property.OfColumn figure(int number, Measure measure) {
        String name = "c" + number;
        ValueKind kind = measure.value().kind();
        int scale = scale(measure.value());
        return switch (measure.method()) {
            case COUNT, COUNT_DISTINCT -> new Property.OfColumn(name, ValueKind.INTEGER, 0, false);
            case AVERAGE -> new Property.OfColumn(name, ValueKind.DECIMAL, scale, false);
            case SUM, MIN, MAX -> new Property.OfColumn(name, kind, scale, false);
        };
    }

    /// Returns how many digits of what is computed in the database stand behind the decimal point, though the point is
    /// not there: properties are stored without it, what is calculated has it.
    static int scale(Value value) {
        return value instanceof Value.Path path ? path.property().scale() : 0;
    }
}
