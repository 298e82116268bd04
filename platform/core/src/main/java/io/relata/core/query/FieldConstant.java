package io.relata.core.query;

import java.util.Set;

/// A text with which a query compares a field.
///
/// @param entity the component key of the entity
public record FieldConstant(String entity, String field, String text) {

    public static Set<FieldConstant> of(Query.Selection selection) {
        return new FieldUses().constants(selection);
    }
}
