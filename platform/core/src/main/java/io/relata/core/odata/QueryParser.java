package io.relata.core.odata;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.query.Aggregation;
import io.relata.core.query.Filter;
import io.relata.core.query.Property;
import io.relata.core.query.Query;
import io.relata.core.query.Sort;
import io.relata.core.query.Value;
import io.relata.spi.CallContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.olingo.commons.api.edm.EdmEntityType;
import org.apache.olingo.commons.api.edm.EdmStructuredType;
import org.apache.olingo.commons.api.edm.FullQualifiedName;
import org.apache.olingo.server.api.ServiceMetadata;
import org.apache.olingo.server.api.uri.UriResource;
import org.apache.olingo.server.api.uri.UriResourceProperty;
import org.apache.olingo.server.api.uri.queryoption.OrderByItem;
import org.apache.olingo.server.api.uri.queryoption.expression.Member;
import org.apache.olingo.server.core.uri.queryoption.apply.DynamicStructuredType;
import org.jspecify.annotations.Nullable;

/// Reads the queries of one caller on one entity.
final class QueryParser {

    static final int DEFAULT_PAGE = 50;
    static final int MAX_PAGE = 1000;
    static final int MAX_GROUPS = 10_000;

    private static final int MAX_SORT_KEYS = 5;

    private static final Set<QueryOption> NOT_WITH_FIGURES =
            EnumSet.of(QueryOption.FILTER, QueryOption.SELECT, QueryOption.EXPAND, QueryOption.SKIPTOKEN);

    private static final Set<QueryOption> FOR_TABLES = EnumSet.of(
            QueryOption.FILTER, QueryOption.SEARCH, QueryOption.SELECT, QueryOption.EXPAND, QueryOption.ORDERBY);

    private final CallContext context;
    private final MetadataSnapshot snapshot;
    private final EntityDefinition entity;
    private final EdmEntityType type;
    private final OptionParser options;
    private final Instant now;

    QueryParser(
            CallContext context, MetadataSnapshot snapshot, EntityDefinition entity, TenantModels models, Instant now) {
        this.context = context;
        this.snapshot = snapshot;
        this.entity = entity;
        this.now = now;
        ServiceMetadata model = models.of(snapshot);
        this.type = model.getEdm().getEntityType(new FullQualifiedName(TenantEdmProvider.NAMESPACE, entity.name()));
        this.options = new OptionParser(model.getEdm(), models.odata());
    }

    Request list(@Nullable String raw) {
        QueryString query = QueryString.parse(raw, EnumSet.allOf(QueryOption.class));
        requireJson(query);
        Optional<String> apply = query.value(QueryOption.APPLY);
        if (apply.isEmpty()) {
            return rows(query, List.of());
        }
        DynamicStructuredType shape = new DynamicStructuredType(type);
        FilterTranslator filters = new FilterTranslator(paths(QueryOption.APPLY), QueryOption.APPLY, now);
        ApplyTranslator.Applied applied =
                new ApplyTranslator(paths(QueryOption.APPLY), filters).translate(options.apply(apply.get(), shape));
        return applied.aggregates() ? figures(query, applied, shape) : rows(query, applied.filters());
    }

    /// Reads what a request for one record may say.
    Shape one(@Nullable String raw) {
        QueryString query =
                QueryString.parse(raw, EnumSet.of(QueryOption.SELECT, QueryOption.EXPAND, QueryOption.FORMAT));
        requireJson(query);
        return shape(query);
    }

    /// Reads what a request for a number of records may say.
    Query.Selection counted(@Nullable String raw) {
        QueryString query = QueryString.parse(raw, EnumSet.of(QueryOption.FILTER, QueryOption.SEARCH));
        return selection(query, List.of());
    }

    /// Reads a filter alone.
    Query.Selection selected(String text) {
        if (text.length() > QueryString.MAX_OPTION_LENGTH) {
            throw Refusal.of("query-option-too-long", QueryOption.FILTER, QueryString.MAX_OPTION_LENGTH);
        }
        QueryString.check(QueryOption.FILTER, text);
        return new Query.Selection(entity, filter(text), null);
    }

    /// Reads what a request for a table may say.
    TableQuery table(@Nullable String raw) {
        QueryString query = QueryString.parse(raw, FOR_TABLES);
        Shape shape = shape(query);
        Query parsed = rows(query, List.of()).query();
        return new TableQuery(
                new Query(parsed.selection(), parsed.sort(), parsed.fields(), parsed.expands(), MAX_PAGE, false, null),
                TableQuery.columns(shape));
    }

    private Request.Rows rows(QueryString query, List<Filter> applied) {
        List<Sort> sorts = query.value(QueryOption.ORDERBY).map(this::sorts).orElse(List.of());
        Shape shape = shape(query);
        SkipToken tokens = new SkipToken(sorts, fingerprint(query));
        Query parsed = new Query(
                selection(query, applied),
                sorts,
                shape.fields(),
                shape.toExpand(),
                top(query, MAX_PAGE).orElse(DEFAULT_PAGE),
                counts(query),
                query.value(QueryOption.SKIPTOKEN).map(tokens::read).orElse(null));
        return new Request.Rows(parsed, shape, tokens, query);
    }

    private Request.Figures figures(QueryString query, ApplyTranslator.Applied applied, DynamicStructuredType shape) {
        for (QueryOption option : NOT_WITH_FIGURES) {
            if (query.has(option)) {
                throw Refusal.of("query-not-with-apply", option);
            }
        }
        Optional<Integer> top = top(query, MAX_GROUPS);
        List<Aggregation.Order> order = query.value(QueryOption.ORDERBY)
                .map(text -> groupOrder(text, shape, applied))
                .orElse(List.of());
        Query.Selection selection = selection(query, applied.filters());
        return new Request.Figures(
                new Aggregation(selection, applied.keys(), applied.measures(), order, top.orElse(MAX_GROUPS)),
                top.isPresent());
    }

    private Query.Selection selection(QueryString query, List<Filter> applied) {
        List<Filter> filters = new ArrayList<>(applied);
        query.value(QueryOption.FILTER).ifPresent(text -> filters.add(filter(text)));
        Filter all = switch (filters.size()) {
            case 0 -> null;
            case 1 -> filters.getFirst();
            default -> new Filter.And(filters);
        };
        return new Query.Selection(
                entity,
                all,
                query.value(QueryOption.SEARCH).flatMap(SearchTerms::parse).orElse(null));
    }

    private Filter filter(String text) {
        return new FilterTranslator(paths(QueryOption.FILTER), QueryOption.FILTER, now)
                .filter(options.filter(text, type));
    }

    private List<Sort> sorts(String text) {
        List<Sort> sorts = new ArrayList<>();
        Set<Value.Path> seen = new HashSet<>();
        for (OrderByItem item : options.orderBy(text, type)) {
            Value.Path path = paths(QueryOption.ORDERBY).resolve(member(item));
            if (!sortable(path)) {
                throw Refusal.of(
                        "query-not-sortable",
                        QueryOption.ORDERBY,
                        path.property().name());
            }
            if (seen.add(path)) {
                sorts.add(new Sort(path, item.isDescending()));
            }
        }
        if (sorts.size() > MAX_SORT_KEYS) {
            throw Refusal.of("query-too-many", QueryOption.ORDERBY, MAX_SORT_KEYS);
        }
        return sorts;
    }

    private static boolean sortable(Value.Path path) {
        return !(path.property() instanceof Property.OfField of) || Sort.possible(of.field());
    }

    private List<Aggregation.Order> groupOrder(String text, EdmStructuredType shape, ApplyTranslator.Applied applied) {
        List<String> names =
                applied.measures().stream().map(Aggregation.Measure::name).toList();
        List<Aggregation.Order> order = new ArrayList<>();
        for (OrderByItem item : options.orderBy(text, shape)) {
            List<UriResource> path = member(item);
            int measure = path.size() == 1 && path.getFirst() instanceof UriResourceProperty property
                    ? names.indexOf(property.getProperty().getName())
                    : -1;
            order.add(
                    measure >= 0
                            ? new Aggregation.Order.ByMeasure(measure, item.isDescending())
                            : new Aggregation.Order.ByKey(key(path, applied), item.isDescending()));
        }
        return order;
    }

    private int key(List<UriResource> path, ApplyTranslator.Applied applied) {
        Value.Path wanted = paths(QueryOption.ORDERBY).resolve(path);
        int key = applied.keys().indexOf(wanted);
        if (key < 0) {
            throw Refusal.of(
                    "query-not-grouped", QueryOption.ORDERBY, wanted.property().name());
        }
        return key;
    }

    private static List<UriResource> member(OrderByItem item) {
        if (item.getExpression() instanceof Member member) {
            return member.getResourcePath().getUriResourceParts();
        }
        throw Refusal.of(
                "query-unsupported", QueryOption.ORDERBY, item.getExpression().toString());
    }

    private Shape shape(QueryString query) {
        return new ShapeParser(options, paths(QueryOption.EXPAND))
                .parse(
                        entity,
                        type,
                        query.value(QueryOption.SELECT).orElse(null),
                        query.value(QueryOption.EXPAND).orElse(null));
    }

    private Paths paths(QueryOption option) {
        return new Paths(snapshot, entity, option);
    }

    private static Optional<Integer> top(QueryString query, int max) {
        return query.value(QueryOption.TOP).map(text -> {
            boolean digits =
                    !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!digits || Integer.parseInt(text) > max) {
                throw Refusal.of("query-top", QueryOption.TOP, max);
            }
            return Integer.parseInt(text);
        });
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

    private static void requireJson(QueryString query) {
        String format = query.value(QueryOption.FORMAT).orElse("json");
        if (!format.equals("json") && !format.startsWith("application/json")) {
            throw Refusal.of("query-option-value", QueryOption.FORMAT, "json");
        }
    }

    private String fingerprint(QueryString query) {
        return String.join(
                "\n",
                context.tenant().toString(),
                entity.id().toString(),
                context.locale().getLanguage(),
                query.value(QueryOption.FILTER).orElse(""),
                query.value(QueryOption.APPLY).orElse(""),
                query.value(QueryOption.SEARCH).orElse(""),
                query.value(QueryOption.ORDERBY).orElse(""));
    }
}
