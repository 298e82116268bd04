package io.relata.core.odata;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.RecordCollection;
import io.relata.core.query.Expand;
import io.relata.core.query.Filter;
import io.relata.core.query.Property;
import io.relata.core.query.Query;
import io.relata.core.query.Sort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is shown of a record.
///
/// @param shown    the properties, in order
/// @param narrowed whether the caller chose them
/// @param parts    the records that are shown within it
record Shape(EntityDefinition entity, List<Property> shown, boolean narrowed, List<Part> parts) {

    Shape {
        shown = List.copyOf(shown);
        parts = List.copyOf(parts);
    }

    /// Records that are shown within another.
    sealed interface Part {

        /// Returns the name under which they are shown.
        String name();

        Shape shape();

        Expand toExpand();
    }

    /// The record that a lookup points to.
    record One(FieldDefinition lookup, @Nullable Filter filter, Shape shape) implements Part {

        /// Of a lookup to one of several entities, each is named apart.
        @Override
        public String name() {
            return lookup.polymorphic()
                    ? lookup.name() + "/" + TenantEdmProvider.NAMESPACE + "."
                            + shape.entity().name()
                    : lookup.name();
        }

        @Override
        public Expand.One toExpand() {
            return new Expand.One(lookup, shape.entity(), filter, shape.fields(), shape.toExpand());
        }
    }

    /// The records that point to it, or that others tie to it.
    ///
    /// @param size    how many of them
    /// @param bounded whether the caller said how many; else a link leads to the rest
    /// @param listed  whether they are shown, not only counted
    /// @param sent    the query that the link to the rest repeats
    record Many(
            RecordCollection collection,
            Query.Selection selection,
            List<Sort> sorts,
            int skip,
            int size,
            boolean bounded,
            boolean count,
            boolean listed,
            Shape shape,
            QueryString sent)
            implements Part {

        Many {
            sorts = List.copyOf(sorts);
        }

        @Override
        public String name() {
            return collection.name();
        }

        @Override
        public Expand toExpand() {
            return new Expand.Many(
                    collection, new Query(selection, sorts, shape.fields(), shape.toExpand(), size, count, skip, null));
        }
    }

    /// Returns the shape with everything that the entity has.
    static Shape whole(EntityDefinition entity) {
        return new Shape(entity, TenantEdmProvider.properties(entity), false, List.of());
    }

    Shape with(List<Part> newParts) {
        return new Shape(entity, shown, narrowed, newParts);
    }

    /// Returns the fields to read: those shown, and the lookups to follow.
    List<FieldDefinition> fields() {
        Map<String, FieldDefinition> fields = new LinkedHashMap<>();
        for (Property property : shown) {
            if (property instanceof Property.OfField of) {
                fields.putIfAbsent(of.field().name(), of.field());
            }
        }
        for (Part part : parts) {
            if (part instanceof One one) {
                fields.putIfAbsent(one.lookup().name(), one.lookup());
            }
        }
        return new ArrayList<>(fields.values());
    }

    List<Expand> toExpand() {
        return parts.stream().map(Part::toExpand).toList();
    }

    /// Returns what follows the set's name in the address of the answer's context.
    String selection() {
        if (!narrowed && parts.isEmpty()) {
            return "";
        }
        List<String> texts = new ArrayList<>();
        if (narrowed) {
            shown.forEach(property -> texts.add(property.name()));
        }
        for (Part part : parts) {
            String nested = part.shape().selection();
            texts.add(part.name() + (nested.isEmpty() ? "()" : nested));
        }
        return texts.stream().collect(Collectors.joining(",", "(", ")"));
    }
}
