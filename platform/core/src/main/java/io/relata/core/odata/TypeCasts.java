package io.relata.core.odata;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import java.util.Optional;

/// The segments of a path that say of which entity a record is to be taken: `Relata.account`.
final class TypeCasts {

    private static final String PREFIX = TenantEdmProvider.NAMESPACE + ".";

    private TypeCasts() {}

    /// Returns the entity with the qualified name, if the lookup may point to it.
    static Optional<EntityDefinition> target(FieldDefinition lookup, String name, MetadataSnapshot snapshot) {
        return name.startsWith(PREFIX) && lookup.targets().contains(name.substring(PREFIX.length()))
                ? snapshot.entity(name.substring(PREFIX.length()))
                : Optional.empty();
    }
}
