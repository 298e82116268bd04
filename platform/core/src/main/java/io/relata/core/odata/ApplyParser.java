package io.relata.core.odata;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.ValueKind;
import io.relata.core.odata.Token.Kind;
import io.relata.core.query.Filter;
import io.relata.core.query.Property;
import io.relata.core.query.Query;
import io.relata.core.query.Ranking;
import io.relata.core.query.Rows;
import io.relata.core.query.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads transformations, each of what the one before gave: first of records, then of the rows that grouping makes.
final class ApplyParser {

    private static final int MAX_KEYS = 8;
    private static final int MAX_MEASURES = 20;
    private static final int MAX_PARTS = 10;
    private static final int MAX_STEPS = 20;

    private static final Map<String, Ranking.Extent> RANKINGS = Map.of(
            "topcount", Ranking.Extent.COUNT,
            "topsum", Ranking.Extent.SUM,
            "toppercent", Ranking.Extent.PERCENT,
            "bottomcount", Ranking.Extent.COUNT,
            "bottomsum", Ranking.Extent.SUM,
            "bottompercent", Ranking.Extent.PERCENT);

    private static final Map<String, Rows.Method> METHODS = Map.of(
            "sum", Rows.Method.SUM,
            "min", Rows.Method.MIN,
            "max", Rows.Method.MAX,
            "average", Rows.Method.AVERAGE,
            "countdistinct", Rows.Method.COUNT_DISTINCT);

    /// What OData has and we have not.
    private static final Set<String> MISSING = Set.of(
            "expand", "search", "join", "outerjoin", "nest", "addnested", "ancestors", "descendants", "traverse");

    private final Tokens tokens;
    private final EntityDefinition entity;
    private final QueryContext context;
    private int steps;

    ApplyParser(Tokens tokens, EntityDefinition entity, QueryContext context) {
        this.tokens = tokens;
        this.entity = entity;
        this.context = context;
    }

    /// What the transformations say.
    ///
    /// @param filter which records are looked at; `null` for all
    /// @param parts  the rows to show, one after the other; empty when records are to be shown
    record Applied(@Nullable Filter filter, List<Rows> parts) {}

    /// What has been read so far.
    ///
    /// @param rows what grouping made; `null` while there are records
    private record State(
            Scope scope, List<Filter> filters, @Nullable Rows rows) {

        private State with(Rows newRows) {
            return new State(Scope.of(newRows), List.of(), newRows);
        }

        private State with(Filter filter) {
            List<Filter> all = new ArrayList<>(filters);
            all.add(filter);
            return new State(scope, all, rows);
        }
    }

    Applied parse() {
        List<State> ends = sequence(new State(Scope.of(entity), List.of(), null));
        tokens.requireEnd();
        if (ends.size() == 1 && ends.getFirst().rows() == null) {
            if (ends.getFirst().scope().named().isEmpty()) {
                return new Applied(all(ends.getFirst().filters()), List.of());
            }
            throw Refusal.of("query-compute-ungrouped", tokens.option());
        }
        List<Rows> parts = new ArrayList<>();
        for (State end : ends) {
            if (end.rows() == null) {
                throw Refusal.of("query-concat-records", tokens.option());
            }
            parts.add(end.rows());
        }
        return new Applied(null, parts);
    }

    private List<State> sequence(State start) {
        State state = start;
        do {
            Token name = tokens.require(Kind.NAME);
            if (++steps > MAX_STEPS) {
                throw Refusal.of("query-too-many", tokens.option(), MAX_STEPS);
            }
            if (name.text().equals("concat")) {
                return concat(state);
            }
            state = transformed(state, name);
        } while (tokens.skip("/"));
        return List.of(state);
    }

    private List<State> concat(State state) {
        List<State> ends = new ArrayList<>();
        tokens.require("(");
        do {
            ends.addAll(sequence(state));
        } while (tokens.skip(","));
        tokens.require(")");
        if (tokens.at("/")) {
            throw Refusal.of("query-concat-last", tokens.option());
        }
        if (ends.size() > MAX_PARTS) {
            throw Refusal.of("query-too-many", tokens.option(), MAX_PARTS);
        }
        return ends;
    }

    private State transformed(State state, Token name) {
        if (name.text().equals("identity")) {
            return state;
        }
        if (!tokens.at("(")) {
            throw tokens.named("query-unknown-name", name);
        }
        tokens.next();
        State next = switch (name.text()) {
            case "filter" -> filter(state);
            case "aggregate" -> grouped(state, List.of(), measures(state, new HashSet<>()));
            case "groupby" -> groupBy(state);
            case "compute" -> compute(state);
            case "orderby", "top", "skip" -> slice(state, name);
            default -> best(state, name);
        };
        tokens.require(")");
        return next;
    }

    private State filter(State state) {
        Filter filter = expressions(state).filter();
        Rows rows = state.rows();
        return rows == null ? state.with(filter) : state.with(new Rows.Matching(rows, filter));
    }

    private State best(State state, Token name) {
        Ranking.Extent extent = RANKINGS.get(name.text());
        if (extent == null) {
            throw MISSING.contains(name.text())
                    ? Refusal.of("query-unsupported", tokens.option(), name.text())
                    : tokens.named("query-unknown-name", name);
        }
        BigDecimal amount = amount(extent);
        tokens.require(",");
        Operand by = expressions(state).expression();
        boolean comparable = by.value() instanceof Value.Path
                || by.value() instanceof Value.Call
                || by.value() instanceof Value.Choice
                || by.value() instanceof Value.Count;
        if (!comparable || (extent != Ranking.Extent.COUNT && !by.isNumber())) {
            throw tokens.at("query-type-mismatch", by.at());
        }
        Ranking ranking = new Ranking(by.value(), name.text().startsWith("top"), extent, amount);
        Rows rows = state.rows();
        if (rows != null) {
            return state.with(new Rows.Best(rows, ranking));
        }
        Query.Selection among = new Query.Selection(entity, all(state.filters()), null);
        return new State(state.scope(), List.of(new Filter.Best(among, ranking)), null);
    }

    private BigDecimal amount(Ranking.Extent extent) {
        Token number = tokens.next();
        boolean whole = number.kind() == Kind.INTEGER && number.text().length() <= 9;
        boolean fits = switch (extent) {
            case COUNT -> whole;
            case SUM, PERCENT ->
                (whole || number.kind() == Kind.DECIMAL) && number.text().length() <= 30;
        };
        if (!fits) {
            throw tokens.at("query-syntax", number);
        }
        return new BigDecimal(number.text());
    }

    private State compute(State start) {
        State state = start;
        Rows rows = start.rows();
        List<Rows.Named> computed = new ArrayList<>();
        Set<String> taken = firstNames(state.scope().named().keySet());
        do {
            Operand value = expressions(state).expression();
            tokens.requireName("as");
            Token alias = alias(state, taken);
            state = new State(state.scope().with(alias.text(), value.value()), state.filters(), rows);
            computed.add(new Rows.Named(List.of(alias.text()), value.value()));
        } while (tokens.skip(","));
        if (computed.size() > MAX_MEASURES) {
            throw Refusal.of("query-too-many", tokens.option(), MAX_MEASURES);
        }
        return rows == null ? state : start.with(new Rows.Computed(rows, computed));
    }

    private State groupBy(State state) {
        List<Rows.Named> keys = new ArrayList<>();
        tokens.require("(");
        do {
            Rows.Named key = key(state);
            if (!keys.contains(key)) {
                keys.add(key);
            }
        } while (tokens.skip(","));
        tokens.require(")");
        if (keys.size() > MAX_KEYS) {
            throw Refusal.of("query-too-many", tokens.option(), MAX_KEYS);
        }
        List<Rows.Measure> measures = List.of();
        if (tokens.skip(",")) {
            Token inner = tokens.require(Kind.NAME);
            if (!inner.text().equals("aggregate")) {
                throw Refusal.of("query-unsupported", tokens.option(), inner.text());
            }
            tokens.require("(");
            measures = measures(
                    state, firstNames(keys.stream().map(Rows.Named::path).toList()));
            tokens.require(")");
        }
        return grouped(state, keys, measures);
    }

    private Rows.Named key(State state) {
        Token first = tokens.peek();
        if (first.is(Kind.NAME, "rollup")) {
            throw Refusal.of("query-unsupported", tokens.option(), "rollup");
        }
        Operand key = expressions(state).expression();
        Value computed = state.scope().named().get(List.of(first.text()));
        if (state.rows() == null && computed != null && computed.equals(key.value())) {
            return new Rows.Named(List.of(first.text()), key.value());
        }
        if (!(key.value() instanceof Value.Path path)) {
            throw tokens.at("query-syntax", first);
        }
        if (!path.kind().isScalar()) {
            throw Refusal.of("query-unsupported", tokens.option(), first.text());
        }
        return new Rows.Named(shown(state, path), path);
    }

    private static List<String> shown(State state, Value.Path path) {
        Rows rows = state.rows();
        if (rows != null) {
            return rows.columns().stream()
                    .filter(column -> column.property().equals(path.property()))
                    .findFirst()
                    .orElseThrow()
                    .path();
        }
        List<String> names = new ArrayList<>();
        path.lookups().forEach(step -> names.add(step.lookup().name()));
        if (path.property() instanceof Property.OfPart of) {
            names.add(of.field().property());
        }
        names.add(path.property().name());
        return names;
    }

    private State grouped(State state, List<Rows.Named> keys, List<Rows.Measure> measures) {
        Rows rows = state.rows();
        return state.with(
                rows == null
                        ? new Rows.OfRecords(new Query.Selection(entity, all(state.filters()), null), keys, measures)
                        : new Rows.Grouped(rows, keys, measures));
    }

    /// @param taken names that no figure can have
    private List<Rows.Measure> measures(State state, Set<String> taken) {
        List<Rows.Measure> measures = new ArrayList<>();
        do {
            measures.add(measure(state, taken));
        } while (tokens.skip(","));
        if (measures.size() > MAX_MEASURES) {
            throw Refusal.of("query-too-many", tokens.option(), MAX_MEASURES);
        }
        return measures;
    }

    private Rows.Measure measure(State state, Set<String> taken) {
        Token first = tokens.peek();
        if (first.is(Kind.NAME, "$count")) {
            tokens.next();
            tokens.requireName("as");
            return new Rows.Measure(alias(state, taken).text(), Rows.Method.COUNT, Value.Literal.NULL);
        }
        Operand value = expressions(state).expression();
        tokens.requireName("with");
        Token methodName = tokens.require(Kind.NAME);
        Rows.Method method = METHODS.get(methodName.text());
        if (method == null) {
            throw tokens.named("query-unknown-name", methodName);
        }
        tokens.requireName("as");
        Token alias = alias(state, taken);
        if (!fits(method, value)) {
            throw Refusal.of("query-measure", tokens.option(), alias.text());
        }
        return new Rows.Measure(alias.text(), method, value.value());
    }

    /// Reads the name that something gets: one that nothing has yet.
    private Token alias(State state, Set<String> taken) {
        Token alias = tokens.require(Kind.NAME);
        String name = alias.text();
        if (name.startsWith("$") || name.startsWith("@") || name.contains(".")) {
            throw tokens.at("query-syntax", alias);
        }
        if (taken.contains(name) || (state.rows() == null && isProperty(name))) {
            throw tokens.named("query-name-taken", alias);
        }
        taken.add(name);
        return alias;
    }

    private boolean isProperty(String name) {
        return Property.of(entity, name).isPresent()
                || entity.field(name).isPresent()
                || context.snapshot().collection(entity, name).isPresent();
    }

    private static Set<String> firstNames(Collection<List<String>> paths) {
        return paths.stream().map(List::getFirst).collect(Collectors.toCollection(HashSet::new));
    }

    private static boolean fits(Rows.Method method, Operand operand) {
        ValueKind kind = operand.kind();
        boolean varies = operand.value() instanceof Value.Path
                || operand.value() instanceof Value.Call
                || operand.value() instanceof Value.Choice
                || operand.value() instanceof Value.Count;
        return varies
                && switch (method) {
                    case SUM, AVERAGE -> operand.isNumber();
                    case MIN, MAX -> kind != ValueKind.BOOLEAN && kind != ValueKind.UUID && kind.isScalar();
                    case COUNT_DISTINCT -> kind.isScalar();
                    case COUNT -> true;
                };
    }

    private State slice(State state, Token name) {
        Rows rows = state.rows();
        if (rows == null) {
            throw Refusal.of("query-unsupported", tokens.option(), name.text());
        }
        if (name.text().equals("orderby")) {
            List<Rows.Order> order = new OrderParser(tokens, context).rows(rows);
            return state.with(new Rows.Slice(rows, order, 0, QueryParser.MAX_GROUPS + 1));
        }
        int number = amount(Ranking.Extent.COUNT).intValueExact();
        Rows.Slice before = rows instanceof Rows.Slice slice
                ? slice
                : new Rows.Slice(rows, List.of(), 0, QueryParser.MAX_GROUPS + 1);
        return state.with(
                name.text().equals("top")
                        ? new Rows.Slice(before.rows(), before.order(), before.skip(), Math.min(number, before.limit()))
                        : new Rows.Slice(
                                before.rows(),
                                before.order(),
                                Math.addExact(before.skip(), number),
                                Math.max(before.limit() - number, 0)));
    }

    private ExpressionParser expressions(State state) {
        return new ExpressionParser(tokens, state.scope(), context);
    }

    private static @Nullable Filter all(List<Filter> filters) {
        return switch (filters.size()) {
            case 0 -> null;
            case 1 -> filters.getFirst();
            default -> new Filter.And(filters);
        };
    }
}
