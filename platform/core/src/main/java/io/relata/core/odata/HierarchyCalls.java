package io.relata.core.odata;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.ValueKind;
import io.relata.core.query.Filter;
import io.relata.core.query.Property;
import io.relata.core.query.Value;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads conditions on where a record stands in a hierarchy: `Relata.Under(parentId,<id>)`, also of a record that a
/// lookup leads to: `Relata.UnderOrSelf(account/parentId,<id>)`.
final class HierarchyCalls {

    private static final String PREFIX = TenantEdmProvider.NAMESPACE + ".";

    private static final Map<String, Filter.Way> WAYS = Map.of(
            "Under", Filter.Way.UNDER,
            "UnderOrSelf", Filter.Way.UNDER_OR_SELF,
            "Above", Filter.Way.ABOVE,
            "AboveOrSelf", Filter.Way.ABOVE_OR_SELF);

    private static final Property ID = new Property.OfRecord(Property.OfRecord.ID, ValueKind.UUID);

    private HierarchyCalls() {}

    /// Returns what the function with the name asks for; `null` when it is none of these.
    static Filter.@Nullable Way way(String name) {
        return name.startsWith(PREFIX) ? WAYS.get(name.substring(PREFIX.length())) : null;
    }

    /// Returns the condition on the record that has the lookup.
    static Filter read(Tokens tokens, QueryContext context, Filter.Way way, Operand lookup, Operand other) {
        if (!(lookup.value() instanceof Value.Path path
                && path.property() instanceof Property.OfField of
                && of.field().hierarchical()
                && of.field().target() != null)) {
            throw tokens.at("query-no-hierarchy", lookup.at());
        }
        if (!(other.value() instanceof Value.Literal literal && literal.value() instanceof UUID id)) {
            throw tokens.at("query-type-mismatch", other.at());
        }
        EntityDefinition entity = context.snapshot().entity(of.field().target()).orElseThrow();
        Value.Path record = new Value.Path(path.level(), path.lookups(), ID);
        return new Filter.Standing(record, way, entity, of.field(), id);
    }
}
