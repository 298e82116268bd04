package io.relata.core.odata;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.odata.Token.Kind;
import io.relata.core.query.Filter;
import io.relata.core.query.Sort;
import io.relata.core.search.Search;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The options in the parentheses behind a name in $expand.
final class ExpandOptions {

    private static final int MAX_LEVELS = 5;

    private static final Set<QueryOption> OF_ONE =
            EnumSet.of(QueryOption.SELECT, QueryOption.EXPAND, QueryOption.FILTER, QueryOption.LEVELS);

    /// What the link to further members says besides whose they are.
    private static final Set<QueryOption> IN_LINKS = EnumSet.of(
            QueryOption.SELECT, QueryOption.EXPAND, QueryOption.FILTER, QueryOption.ORDERBY, QueryOption.SEARCH);

    private final Tokens tokens;
    private final EntityDefinition target;
    private final QueryContext context;
    private final Map<QueryOption, String> sent = new EnumMap<>(QueryOption.class);
    private Shape selected;
    private List<Shape.Part> parts = List.of();
    private @Nullable Filter filter;
    private @Nullable Search search;
    private List<Sort> sorts = List.of();
    private @Nullable Integer top;
    private int skip;
    private boolean count;
    private int levels = 1;

    ExpandOptions(Tokens tokens, EntityDefinition target, QueryContext context) {
        this.tokens = tokens;
        this.target = target;
        this.context = context;
        this.selected = Shape.whole(target);
    }

    /// Reads the options, up to the closing parenthesis.
    ///
    /// @param many   whether they are about a collection
    /// @param select reads what is selected
    /// @param expand reads what is expanded
    void read(boolean many, Supplier<Shape> select, Supplier<List<Shape.Part>> expand) {
        do {
            Token name = tokens.require(Kind.NAME);
            QueryOption option =
                    QueryOption.of(name.text()).orElseThrow(() -> Refusal.of("query-option-unknown", name.text()));
            if (!many && !OF_ONE.contains(option)) {
                throw Refusal.of("query-expand-single", QueryOption.EXPAND, option.text());
            }
            tokens.require("=");
            int start = tokens.position();
            read(option, select, expand);
            if (sent.put(option, tokens.since(start)) != null) {
                throw Refusal.of("query-option-repeated", option);
            }
        } while (tokens.skip(";"));
        tokens.require(")");
    }

    private void read(QueryOption option, Supplier<Shape> select, Supplier<List<Shape.Part>> expand) {
        switch (option) {
            case SELECT -> selected = select.get();
            case EXPAND -> parts = expand.get();
            case FILTER -> filter = new ExpressionParser(tokens, Scope.of(target), context).filter();
            case ORDERBY -> sorts = new OrderParser(tokens, context).records(Scope.of(target));
            case SEARCH -> search = Search.parse(tokens.rest()).orElse(null);
            case TOP -> top = number(option, context.limits().rows());
            case SKIP -> skip = number(option, QueryParser.MAX_SKIP);
            case COUNT -> count = truth();
            case LEVELS -> levels = readLevels();
            case SKIPTOKEN, APPLY, FORMAT -> throw Refusal.of("query-option-unknown", option.text());
        }
    }

    private int number(QueryOption option, int most) {
        return QueryParser.number(option, tokens.require(Kind.INTEGER).text(), most);
    }

    private boolean truth() {
        Token value = tokens.require(Kind.NAME);
        return switch (value.text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw tokens.at("query-syntax", value);
        };
    }

    private int readLevels() {
        if (tokens.atName("max")) {
            tokens.next();
            return MAX_LEVELS;
        }
        Token value = tokens.require(Kind.INTEGER);
        boolean fits = value.text().length() == 1
                && value.text().charAt(0) >= '1'
                && value.text().charAt(0) <= '0' + MAX_LEVELS;
        if (!fits) {
            throw Refusal.of("query-option-value", QueryOption.LEVELS, "1 - " + MAX_LEVELS + ", max");
        }
        return Integer.parseInt(value.text());
    }

    Shape shape() {
        return selected.with(parts);
    }

    @Nullable
    Filter filter() {
        return filter;
    }

    @Nullable
    Search search() {
        return search;
    }

    List<Sort> sorts() {
        return sorts;
    }

    Optional<Integer> top() {
        return Optional.ofNullable(top);
    }

    int skip() {
        return skip;
    }

    boolean count() {
        return count;
    }

    int levels() {
        return levels;
    }

    /// Returns what is asked of the members, as a query on their own set.
    QueryString sent() {
        Map<QueryOption, String> query = new EnumMap<>(QueryOption.class);
        sent.forEach((option, text) -> {
            if (IN_LINKS.contains(option)) {
                query.put(option, text);
            }
        });
        return QueryString.of(query, context.aliases());
    }
}
