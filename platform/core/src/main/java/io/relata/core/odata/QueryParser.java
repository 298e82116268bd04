package io.relata.core.odata;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.query.Filter;
import io.relata.core.query.Query;
import io.relata.core.query.Rows;
import io.relata.core.query.Sort;
import io.relata.core.search.Search;
import io.relata.spi.CallContext;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the queries of one caller on one entity.
final class QueryParser {

    static final int DEFAULT_PAGE = 50;
    static final int MAX_GROUPS = 10_000;
    static final int MAX_TOP = 999_999_999;

    /// Of records to leave out before a page: the database walks over each of them.
    static final int MAX_SKIP = 50_000;

    private static final Set<QueryOption> NOT_WITH_FIGURES =
            EnumSet.of(QueryOption.SELECT, QueryOption.EXPAND, QueryOption.SKIPTOKEN);

    private static final Set<QueryOption> NOT_WITH_PARTS =
            EnumSet.of(QueryOption.FILTER, QueryOption.ORDERBY, QueryOption.TOP, QueryOption.SKIP, QueryOption.COUNT);

    private static final Set<QueryOption> OF_SETS = EnumSet.complementOf(EnumSet.of(QueryOption.LEVELS));

    private static final Set<QueryOption> FOR_TABLES = EnumSet.of(
            QueryOption.FILTER, QueryOption.SEARCH, QueryOption.SELECT, QueryOption.EXPAND, QueryOption.ORDERBY);

    private final CallContext caller;
    private final EntityDefinition entity;
    private final QueryContext context;
    private final @Nullable Integer pageSize;
    private Optional<ODataFormat> format = Optional.empty();

    QueryParser(CallContext caller, EntityDefinition entity, QueryContext context) {
        this(caller, entity, context, null);
    }

    /// @param pageSize how many records the client would like on a page, 1 or more; `null` when it did not say
    QueryParser(CallContext caller, EntityDefinition entity, QueryContext context, @Nullable Integer pageSize) {
        this.caller = caller;
        this.entity = entity;
        this.context = context;
        this.pageSize = pageSize;
    }

    Request list(@Nullable String raw) {
        QueryString query = read(raw, OF_SETS);
        readFormat(query);
        QueryContext here = context.with(query.aliases());
        Optional<String> apply = query.value(QueryOption.APPLY);
        if (apply.isEmpty()) {
            return records(here, query, null);
        }
        ApplyParser.Applied applied = new ApplyParser(new Tokens(QueryOption.APPLY, apply.get()), entity, here).parse();
        return applied.parts().isEmpty()
                ? records(here, query, applied.filter())
                : figures(here, query, applied.parts());
    }

    /// Reads what a request for one record may say.
    Shape one(@Nullable String raw) {
        QueryString query = read(raw, EnumSet.of(QueryOption.SELECT, QueryOption.EXPAND, QueryOption.FORMAT));
        readFormat(query);
        return shape(context.with(query.aliases()), query);
    }

    /// Reads what a request for a number of records may say.
    Query.Selection counted(@Nullable String raw) {
        QueryString query = read(raw, EnumSet.of(QueryOption.FILTER, QueryOption.SEARCH));
        return selection(context.with(query.aliases()), query, null);
    }

    /// Reads a filter alone.
    Query.Selection selected(String text) {
        if (text.length() > context.limits().length()) {
            throw Refusal.of("query-too-long", context.limits().length());
        }
        QueryString.check(QueryOption.FILTER, text);
        return new Query.Selection(entity, filter(context, text), null);
    }

    /// Reads what a request for a table may say.
    TableQuery table(@Nullable String raw) {
        QueryString query = read(raw, FOR_TABLES);
        Request.Records parsed = records(context.with(query.aliases()), query, null);
        Query whole = parsed.query();
        return new TableQuery(
                new Query(
                        whole.selection(),
                        whole.sort(),
                        whole.fields(),
                        whole.expands(),
                        context.limits().rows(),
                        false,
                        0,
                        null),
                TableQuery.columns(parsed.shape()));
    }

    private QueryString read(@Nullable String raw, Set<QueryOption> allowed) {
        return QueryString.parse(raw, allowed, context.limits().length());
    }

    private Request.Records records(QueryContext here, QueryString query, @Nullable Filter applied) {
        List<Sort> sorts =
                query.value(QueryOption.ORDERBY).map(text -> sorts(here, text)).orElse(List.of());
        Shape shape = shape(here, query);
        SkipToken tokens = new SkipToken(sorts, SkipToken.query(caller, entity, query));
        SkipToken.Place place =
                query.value(QueryOption.SKIPTOKEN).map(tokens::read).orElse(null);
        Integer wished = pageSize == null && place != null ? place.wished() : pageSize;
        Integer top = number(query, QueryOption.TOP, MAX_TOP).orElse(null);
        int size = pageSize(wished, top);
        Integer rest = top == null ? null : Integer.valueOf(top - size);
        Query parsed = new Query(
                selection(here, query, applied),
                sorts,
                shape.fields(),
                shape.toExpand(),
                size,
                counts(query),
                number(query, QueryOption.SKIP, MAX_SKIP).orElse(0),
                null);
        return new Request.Records(
                place == null ? parsed : parsed.after(place.keyset()), shape, tokens, query, wished, rest);
    }

    /// Whoever says how many records are wanted gets them on one page if one page can hold them.
    private int pageSize(@Nullable Integer wished, @Nullable Integer top) {
        int most = context.limits().rows();
        int usual = top == null ? DEFAULT_PAGE : most;
        int page = Math.min(wished == null ? usual : wished, most);
        return top == null ? page : Math.min(top, page);
    }

    private Request.Figures figures(QueryContext here, QueryString query, List<Rows> parts) {
        refuse(query, NOT_WITH_FIGURES, "query-not-with-apply");
        if (parts.size() > 1) {
            refuse(query, NOT_WITH_PARTS, "query-not-with-concat");
            return new Request.Figures(parts, false, false);
        }
        Rows rows = parts.getFirst();
        Optional<String> filter = query.value(QueryOption.FILTER);
        if (filter.isPresent()) {
            rows = new Rows.Matching(rows, filter(here, filter.get(), Scope.of(rows)));
        }
        Optional<Integer> top = number(query, QueryOption.TOP, MAX_GROUPS);
        int skip = number(query, QueryOption.SKIP, MAX_SKIP).orElse(0);
        Optional<String> order = query.value(QueryOption.ORDERBY);
        boolean sliced = top.isPresent() || skip > 0 || order.isPresent();
        Rows slice = sliced
                ? new Rows.Slice(rows, order(here, order.orElse(""), rows), skip, top.orElse(MAX_GROUPS + 1))
                : rows;
        return new Request.Figures(List.of(slice), top.isPresent(), counts(query));
    }

    private static void refuse(QueryString query, Set<QueryOption> options, String reason) {
        for (QueryOption option : options) {
            if (query.has(option)) {
                throw Refusal.of(reason, option);
            }
        }
    }

    private Query.Selection selection(QueryContext here, QueryString query, @Nullable Filter applied) {
        List<Filter> filters = new ArrayList<>();
        if (applied != null) {
            filters.add(applied);
        }
        query.value(QueryOption.FILTER).ifPresent(text -> filters.add(filter(here, text)));
        Filter all = switch (filters.size()) {
            case 0 -> null;
            case 1 -> filters.getFirst();
            default -> new Filter.And(filters);
        };
        return new Query.Selection(
                entity,
                all,
                query.value(QueryOption.SEARCH).flatMap(Search::parse).orElse(null));
    }

    private Filter filter(QueryContext here, String text) {
        return filter(here, text, Scope.of(entity));
    }

    private static Filter filter(QueryContext here, String text, Scope scope) {
        Tokens tokens = new Tokens(QueryOption.FILTER, text);
        Filter filter = new ExpressionParser(tokens, scope, here).filter();
        tokens.requireEnd();
        return filter;
    }

    private List<Sort> sorts(QueryContext here, String text) {
        Tokens tokens = new Tokens(QueryOption.ORDERBY, text);
        List<Sort> sorts = new OrderParser(tokens, here).records(Scope.of(entity));
        tokens.requireEnd();
        return sorts;
    }

    private static List<Rows.Order> order(QueryContext here, String text, Rows rows) {
        if (text.isEmpty()) {
            return List.of();
        }
        Tokens tokens = new Tokens(QueryOption.ORDERBY, text);
        List<Rows.Order> order = new OrderParser(tokens, here).rows(rows);
        tokens.requireEnd();
        return order;
    }

    private Shape shape(QueryContext here, QueryString query) {
        return new ShapeParser(here)
                .parse(
                        entity,
                        query.value(QueryOption.SELECT).orElse(null),
                        query.value(QueryOption.EXPAND).orElse(null));
    }

    private static Optional<Integer> number(QueryString query, QueryOption option, int most) {
        return query.value(option).map(text -> number(option, text, most));
    }

    static int number(QueryOption option, String text, int most) {
        boolean digits = !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || Integer.parseInt(text) > most) {
            throw Refusal.of("query-top", option, most);
        }
        return Integer.parseInt(text);
    }

    private static boolean counts(QueryString query) {
        return query.value(QueryOption.COUNT)
                .map(text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw Refusal.of("query-option-value", QueryOption.COUNT, "true, false");
                })
                .orElse(false);
    }

    private void readFormat(QueryString query) {
        format = query.value(QueryOption.FORMAT)
                .map(text -> ODataFormat.read(text)
                        .orElseThrow(() -> Refusal.of("query-option-value", QueryOption.FORMAT, "json")));
    }

    /// Returns the form that the query which was read last asks for.
    Optional<ODataFormat> format() {
        return format;
    }
}
