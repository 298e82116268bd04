package io.relata.core.query;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import java.util.List;

/// Fetch the records that a lookup points to, too.
///
/// @param fields what to read of them
public record Expand(FieldDefinition lookup, EntityDefinition target, List<FieldDefinition> fields) {

    public Expand {
        fields = List.copyOf(fields);
    }
}
