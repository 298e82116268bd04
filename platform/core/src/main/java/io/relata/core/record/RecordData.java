package io.relata.core.record;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A record as it is stored.
///
/// @param entity the entity's name
/// @param values by field name, in the entity's order; an empty field that was read has a `null` entry, a field
///               that was not read has none. The Java types are those of [io.relata.core.metadata.ValueKind]. Nobody
/// else
///               may hold the map any more: copying each that is read would cost more than reading
public record RecordData(
        String entity,
        UUID id,
        long version,
        Instant createdAt,
        UUID createdBy,
        Instant updatedAt,
        UUID updatedBy,
        Map<String, @Nullable Object> values) {

    public RecordData {
        values = Collections.unmodifiableMap(values);
    }

    /// Returns the record with other values.
    RecordData with(Map<String, @Nullable Object> others) {
        return new RecordData(entity, id, version, createdAt, createdBy, updatedAt, updatedBy, others);
    }

    /// Returns the field's value; `null` when it is empty or was not read.
    public @Nullable Object value(String field) {
        return values.get(field);
    }
}
