package io.relata.core.odata;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.RecordCollection;
import io.relata.core.odata.Token.Kind;
import io.relata.core.query.Property;
import io.relata.core.query.Query;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what is to be shown: $select and $expand, in one another.
final class ShapeParser {

    private static final int MAX_DEPTH = 6;

    private final QueryContext context;
    private int parts;

    ShapeParser(QueryContext context) {
        this.context = context;
    }

    Shape parse(EntityDefinition entity, @Nullable String select, @Nullable String expand) {
        Shape shape = Shape.whole(entity);
        if (select != null && !select.isBlank()) {
            Tokens tokens = new Tokens(QueryOption.SELECT, select);
            shape = selected(entity, tokens);
            tokens.requireEnd();
        }
        if (expand != null && !expand.isBlank()) {
            Tokens tokens = new Tokens(QueryOption.EXPAND, expand);
            shape = shape.with(parts(tokens, entity, 1));
            tokens.requireEnd();
        }
        return shape;
    }

    /// The id is always shown: who reads a record wants to name it afterwards.
    private Shape selected(EntityDefinition entity, Tokens tokens) {
        Set<String> names = new LinkedHashSet<>(Set.of(Property.OfRecord.ID));
        boolean everything = false;
        do {
            if (tokens.skip("*")) {
                everything = true;
            } else {
                names.add(selectable(entity, tokens, tokens.require(Kind.NAME)));
            }
        } while (tokens.skip(","));
        if (everything) {
            return Shape.whole(entity);
        }
        List<Property> shown = TenantEdmProvider.properties(entity).stream()
                .filter(property -> names.contains(property.name()))
                .toList();
        return new Shape(entity, shown, true, List.of());
    }

    /// What leads to other records can be named, too; it is shown when it is expanded.
    private String selectable(EntityDefinition entity, Tokens tokens, Token name) {
        boolean known = Property.of(entity, name.text()).isPresent()
                || !ones(entity, name.text()).isEmpty()
                || context.snapshot().collection(entity, name.text()).isPresent();
        if (!known) {
            throw tokens.named("query-unknown-name", name);
        }
        return name.text();
    }

    private List<Shape.Part> parts(Tokens tokens, EntityDefinition entity, int depth) {
        if (depth > MAX_DEPTH) {
            throw tokens.at("query-too-deep", tokens.peek());
        }
        List<Shape.Part> found = new ArrayList<>();
        do {
            if (tokens.skip("*")) {
                entity.fields().stream()
                        .flatMap(field -> ones(entity, field.name()).stream())
                        .forEach(found::add);
            } else {
                found.addAll(expanded(tokens, entity, depth));
            }
        } while (tokens.skip(","));
        List<Shape.Part> distinct = distinct(found);
        addParts(distinct.size());
        return distinct;
    }

    /// Each is a statement more.
    private void addParts(int number) {
        parts += number;
        if (parts > context.limits().expands()) {
            throw Refusal.of(
                    "query-too-many", QueryOption.EXPAND, context.limits().expands());
        }
    }

    /// Reads what is named next; a lookup to one of several entities that does not say which means all of them.
    private List<Shape.Part> expanded(Tokens tokens, EntityDefinition entity, int depth) {
        Token name = tokens.require(Kind.NAME);
        List<Shape.One> ones = ones(entity, name.text());
        if (ones.size() == 1 || ones.isEmpty()) {
            return List.of(part(tokens, entity, name, ones.stream().findFirst(), depth));
        }
        if (!tokens.skip("/")) {
            return List.copyOf(ones);
        }
        Token type = tokens.require(Kind.NAME);
        Shape.One one = ones.stream()
                .filter(each -> TypeCasts.target(each.lookup(), type.text(), context.snapshot())
                        .filter(each.shape().entity()::equals)
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> tokens.named("query-unknown-name", type));
        return List.of(part(tokens, entity, name, Optional.of(one), depth));
    }

    private Shape.Part part(Tokens tokens, EntityDefinition entity, Token name, Optional<Shape.One> lookup, int depth) {
        Optional<RecordCollection> collection = context.snapshot().collection(entity, name.text());
        EntityDefinition target = collection
                .map(RecordCollection::from)
                .or(() -> lookup.map(one -> one.shape().entity()))
                .orElseThrow(() -> tokens.named("query-unknown-name", name));
        boolean onlyCounted = onlyCounted(tokens, collection.isPresent());
        ExpandOptions options = new ExpandOptions(tokens, target, context);
        if (tokens.skip("(")) {
            options.read(
                    collection.isPresent(), () -> selected(target, tokens), () -> parts(tokens, target, depth + 1));
        }
        if (options.levels() > 1 && !target.name().equals(entity.name())) {
            throw Refusal.of("query-levels", QueryOption.EXPAND, name.text());
        }
        addParts((options.levels() - 1) * (1 + options.shape().parts().size()));
        Shape.Part innermost = null;
        for (int level = 0; level < options.levels(); level++) {
            Shape shape =
                    innermost == null ? options.shape() : options.shape().with(joined(options.shape(), innermost));
            innermost = collection.isPresent()
                    ? many(collection.get(), options, shape, onlyCounted)
                    : new Shape.One(lookup.orElseThrow().lookup(), options.filter(), shape);
        }
        return Objects.requireNonNull(innermost);
    }

    private static boolean onlyCounted(Tokens tokens, boolean collection) {
        if (!tokens.skip("/")) {
            return false;
        }
        Token what = tokens.require(Kind.NAME);
        if (!what.text().equals("$count") || !collection) {
            throw Refusal.of("query-unsupported", QueryOption.EXPAND, what.text());
        }
        return true;
    }

    private Shape.Many many(RecordCollection collection, ExpandOptions options, Shape shape, boolean onlyCounted) {
        return new Shape.Many(
                collection,
                new Query.Selection(collection.from(), options.filter(), options.search()),
                options.sorts(),
                options.skip(),
                onlyCounted ? 0 : options.top().orElse(QueryParser.DEFAULT_PAGE),
                onlyCounted || options.top().isPresent(),
                onlyCounted || options.count(),
                !onlyCounted,
                shape,
                options.sent());
    }

    private static List<Shape.Part> joined(Shape shape, Shape.Part part) {
        List<Shape.Part> all = new ArrayList<>(List.of(part));
        all.addAll(shape.parts());
        return distinct(all);
    }

    /// Returns what a lookup of the name may show: a record of its entity, or of one of several.
    private List<Shape.One> ones(EntityDefinition entity, String name) {
        return entity.field(name).filter(field -> field.type().isLookup()).stream()
                .flatMap(lookup -> lookup.targets().stream()
                        .flatMap(target -> context.snapshot().entity(target).stream())
                        .map(target -> new Shape.One(lookup, null, Shape.whole(target))))
                .toList();
    }

    private static List<Shape.Part> distinct(List<Shape.Part> parts) {
        Set<String> seen = new LinkedHashSet<>();
        return parts.stream().filter(part -> seen.add(part.name())).toList();
    }
}
