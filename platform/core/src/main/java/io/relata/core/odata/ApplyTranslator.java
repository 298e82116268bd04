package io.relata.core.odata;

import io.relata.core.metadata.ValueKind;
import io.relata.core.problem.ProblemException;
import io.relata.core.query.Aggregation;
import io.relata.core.query.Filter;
import io.relata.core.query.Value;
import java.util.ArrayList;
import java.util.List;
import org.apache.olingo.server.api.uri.UriResource;
import org.apache.olingo.server.api.uri.UriResourceCount;
import org.apache.olingo.server.api.uri.queryoption.ApplyItem;
import org.apache.olingo.server.api.uri.queryoption.apply.Aggregate;
import org.apache.olingo.server.api.uri.queryoption.apply.AggregateExpression;
import org.apache.olingo.server.api.uri.queryoption.apply.GroupBy;
import org.apache.olingo.server.api.uri.queryoption.apply.GroupByItem;

/// Translates transformations: any number of filters, then at most one grouping or aggregation.
final class ApplyTranslator {

    private static final int MAX_KEYS = 8;
    private static final int MAX_MEASURES = 20;

    private final Paths paths;
    private final FilterTranslator filters;

    ApplyTranslator(Paths paths, FilterTranslator filters) {
        this.paths = paths;
        this.filters = filters;
    }

    /// What the transformations say.
    ///
    /// @param aggregates whether the answer is figures, not records
    record Applied(
            List<Filter> filters, boolean aggregates, List<Value.Path> keys, List<Aggregation.Measure> measures) {}

    Applied translate(List<ApplyItem> items) {
        List<Filter> conditions = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            ApplyItem item = items.get(i);
            boolean last = i == items.size() - 1;
            if (item instanceof org.apache.olingo.server.api.uri.queryoption.apply.Filter filter) {
                conditions.add(filters.filter(filter.getFilterOption().getExpression()));
            } else if (last && item instanceof Aggregate aggregate) {
                return new Applied(conditions, true, List.of(), measures(aggregate));
            } else if (last && item instanceof GroupBy groupBy) {
                return new Applied(conditions, true, keys(groupBy), measures(groupBy));
            } else {
                throw unsupported(item.getKind().toString());
            }
        }
        return new Applied(conditions, false, List.of(), List.of());
    }

    private List<Value.Path> keys(GroupBy groupBy) {
        List<Value.Path> keys = new ArrayList<>();
        for (GroupByItem item : groupBy.getGroupByItems()) {
            List<UriResource> path = item.getPath();
            if (path == null || path.isEmpty() || item.isRollupAll()) {
                throw unsupported("rollup");
            }
            Value.Path key = paths.resolve(path);
            if (!keys.contains(key)) {
                keys.add(key);
            }
        }
        if (keys.size() > MAX_KEYS) {
            throw Refusal.of("query-too-many", QueryOption.APPLY, MAX_KEYS);
        }
        return keys;
    }

    private List<Aggregation.Measure> measures(GroupBy groupBy) {
        if (groupBy.getApplyOption() == null) {
            return List.of();
        }
        List<ApplyItem> inner = groupBy.getApplyOption().getApplyItems();
        if (inner.size() == 1 && inner.getFirst() instanceof Aggregate aggregate) {
            return measures(aggregate);
        }
        throw unsupported(inner.getFirst().getKind().toString());
    }

    private List<Aggregation.Measure> measures(Aggregate aggregate) {
        List<Aggregation.Measure> measures =
                aggregate.getExpressions().stream().map(this::measure).toList();
        if (measures.size() > MAX_MEASURES) {
            throw Refusal.of("query-too-many", QueryOption.APPLY, MAX_MEASURES);
        }
        return measures;
    }

    private Aggregation.Measure measure(AggregateExpression expression) {
        boolean counts = expression.getPath() != null
                && expression.getPath().size() == 1
                && expression.getPath().getFirst() instanceof UriResourceCount;
        if (counts) {
            return new Aggregation.Measure(expression.getAlias(), Aggregation.Method.COUNT, Value.Literal.NULL);
        }
        if (expression.getExpression() == null
                || expression.getStandardMethod() == null
                || !expression.getFrom().isEmpty()) {
            throw unsupported("aggregate");
        }
        Aggregation.Method method = switch (expression.getStandardMethod()) {
            case SUM -> Aggregation.Method.SUM;
            case MIN -> Aggregation.Method.MIN;
            case MAX -> Aggregation.Method.MAX;
            case AVERAGE -> Aggregation.Method.AVERAGE;
            case COUNT_DISTINCT -> Aggregation.Method.COUNT_DISTINCT;
        };
        Value value = filters.value(expression.getExpression());
        if (!fits(method, value)) {
            throw Refusal.of("query-measure", QueryOption.APPLY, expression.getAlias());
        }
        return new Aggregation.Measure(expression.getAlias(), method, value);
    }

    private static boolean fits(Aggregation.Method method, Value value) {
        ValueKind kind = value.kind();
        boolean number = kind == ValueKind.INTEGER || kind == ValueKind.DECIMAL;
        boolean property = value instanceof Value.Path;
        boolean computed = value instanceof Value.Call && number;
        return switch (method) {
            case SUM, AVERAGE -> number && (property || computed);
            case MIN, MAX -> (property && kind != ValueKind.BOOLEAN && kind != ValueKind.UUID) || computed;
            case COUNT_DISTINCT -> property || computed;
            case COUNT -> true;
        };
    }

    private static ProblemException unsupported(String what) {
        return Refusal.of("query-unsupported", QueryOption.APPLY, what);
    }
}
