package io.relata.core.odata;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.query.Expand;
import io.relata.core.query.Property;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What is shown of a record.
///
/// @param shown    the properties, in order
/// @param narrowed whether the caller chose them
record Shape(EntityDefinition entity, List<Property> shown, boolean narrowed, List<Expanded> expands) {

    Shape {
        shown = List.copyOf(shown);
        expands = List.copyOf(expands);
    }

    /// A record shown inside another, under the lookup's name.
    record Expanded(FieldDefinition lookup, Shape shape) {}

    /// Returns the shape with everything that the entity has.
    static Shape whole(EntityDefinition entity) {
        return new Shape(entity, TenantEdmProvider.properties(entity), false, List.of());
    }

    /// Returns the fields to read: those shown, and the lookups to follow.
    List<FieldDefinition> fields() {
        Set<FieldDefinition> fields = new LinkedHashSet<>();
        for (Property property : shown) {
            if (property instanceof Property.OfField of) {
                fields.add(of.field());
            }
        }
        expands.forEach(expanded -> fields.add(expanded.lookup()));
        return new ArrayList<>(fields);
    }

    List<Expand> toExpand() {
        return expands.stream()
                .map(expanded -> new Expand(
                        expanded.lookup(),
                        expanded.shape().entity(),
                        expanded.shape().fields()))
                .toList();
    }

    /// Returns what follows the set's name in the address of the answer's context.
    String selection() {
        if (!narrowed && expands.isEmpty()) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        if (narrowed) {
            shown.forEach(property -> parts.add(property.name()));
        }
        for (Expanded expanded : expands) {
            String nested = expanded.shape().selection();
            parts.add(expanded.lookup().name() + (nested.isEmpty() ? "()" : nested));
        }
        return parts.stream().collect(Collectors.joining(",", "(", ")"));
    }
}
