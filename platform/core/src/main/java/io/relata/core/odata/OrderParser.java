package io.relata.core.odata;

import io.relata.core.metadata.ValueKind;
import io.relata.core.odata.Token.Kind;
import io.relata.core.query.Property;
import io.relata.core.query.Rows;
import io.relata.core.query.Sort;
import io.relata.core.query.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads what something is to be ordered by.
final class OrderParser {

    private static final int MAX_SORT_KEYS = 5;

    private final Tokens tokens;
    private final QueryContext context;

    OrderParser(Tokens tokens, QueryContext context) {
        this.tokens = tokens;
        this.context = context;
    }

    /// Reads an order of records: by properties, also behind lookups, by how many members a collection
    /// has, and by what is computed from these.
    List<Sort> records(Scope scope) {
        List<Sort> sorts = new ArrayList<>();
        Set<Value> seen = new HashSet<>();
        do {
            Value by = new ExpressionParser(tokens, scope, context).value();
            boolean descending = descending();
            requireSortable(by);
            if (seen.add(by)) {
                sorts.add(new Sort(by, descending));
            }
        } while (tokens.skip(","));
        requireFew(sorts.size());
        return sorts;
    }

    /// Reads an order of computed rows, by their columns.
    List<Rows.Order> rows(Rows rows) {
        List<Rows.Order> order = new ArrayList<>();
        do {
            Operand by = new ExpressionParser(tokens, Scope.of(rows), context).expression();
            if (!(by.value() instanceof Value.Path column)) {
                throw tokens.at("query-syntax", by.at());
            }
            order.add(new Rows.Order(column, descending()));
        } while (tokens.skip(","));
        requireFew(order.size());
        return order;
    }

    private void requireSortable(Value by) {
        boolean possible = switch (by) {
            case Value.Path path -> !(path.property() instanceof Property.OfField of) || Sort.possible(of.field());
            case Value.Count count -> true;
            case Value.Literal literal -> false;
            case Value.Call call -> true;
            case Value.Choice choice -> choice.kind() != ValueKind.BOOLEAN;
            case Value.Truth truth -> false;
        };
        if (!possible) {
            throw by instanceof Value.Path path
                    ? Refusal.of(
                            "query-not-sortable",
                            tokens.option(),
                            path.property().name())
                    : Refusal.of("query-unsupported", tokens.option(), "(…)");
        }
    }

    private void requireFew(int keys) {
        if (keys > MAX_SORT_KEYS) {
            throw Refusal.of("query-too-many", tokens.option(), MAX_SORT_KEYS);
        }
    }

    private boolean descending() {
        Token direction = tokens.peek();
        if (direction.kind() == Kind.NAME) {
            tokens.next();
            return switch (direction.text()) {
                case "asc" -> false;
                case "desc" -> true;
                default -> throw tokens.at("query-syntax", direction);
            };
        }
        return false;
    }
}
