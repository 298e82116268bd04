package io.relata.core.metadata;

import io.relata.core.expression.Expression;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a field's value is computed.
///
/// @param stored  whether it is written with each save; otherwise it is computed when it is read
/// @param sources where the values are that the expression names
public record Formula(Expression expression, boolean stored, Map<List<String>, Source> sources) {

    public Formula {
        sources = Map.copyOf(sources);
    }

    /// Where a value is.
    ///
    /// @param hops  the lookups to follow
    /// @param field the field there; `null` for what every record has
    /// @param name  the property there
    public record Source(List<Hop> hops, @Nullable FieldDefinition field, String name) {

        public Source {
            hops = List.copyOf(hops);
        }
    }

    /// One lookup to follow, and the entity it leads to.
    public record Hop(FieldDefinition lookup, EntityDefinition target) {}

    /// Expressions are told apart by what was written; what they are bound to follows from the snapshot.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Formula formula
                && stored == formula.stored
                && expression.text().equals(formula.expression.text());
    }

    @Override
    public int hashCode() {
        return expression.text().hashCode();
    }

    @Override
    public String toString() {
        return expression.text();
    }
}
