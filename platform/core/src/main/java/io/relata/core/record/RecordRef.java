package io.relata.core.record;

import io.relata.core.metadata.EntityDefinition;
import java.util.UUID;

/// Names a record among those of all entities of a tenant.
///
/// @param entity the entity's id
record RecordRef(UUID entity, UUID id) {

    static RecordRef of(EntityDefinition entity, UUID id) {
        return new RecordRef(entity.id(), id);
    }
}
