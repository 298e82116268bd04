package io.relata.core.query;

import java.util.List;

/// Figures over an entity's records, in groups that share the values under the keys; without keys, one group.
///
/// @param limit how many groups at most
public record Aggregation(
        Query.Selection selection, List<Value.Path> keys, List<Measure> measures, List<Order> order, int limit) {

    public Aggregation {
        keys = List.copyOf(keys);
        measures = List.copyOf(measures);
        order = List.copyOf(order);
    }

    /// One figure of a group.
    ///
    /// @param name  under which the figure is shown
    /// @param value what is summed up; meaningless for [Method#COUNT]
    public record Measure(String name, Method method, Value value) {}

    /// How a figure comes about. Empty values do not count, except for [#COUNT].
    public enum Method {
        SUM,
        MIN,
        MAX,
        AVERAGE,
        COUNT_DISTINCT,
        COUNT
    }

    /// One level of ordering of the groups.
    public sealed interface Order {

        boolean descending();

        /// By the value under a key.
        record ByKey(int key, boolean descending) implements Order {}

        /// By a figure.
        record ByMeasure(int measure, boolean descending) implements Order {}
    }
}
