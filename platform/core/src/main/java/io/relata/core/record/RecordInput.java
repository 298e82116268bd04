package io.relata.core.record;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a caller wants a record to be.
///
/// @param id              the record to change; `null` for a new one
/// @param expectedVersion the version the caller saw; `null` when any will do
/// @param values          by the API's property names; what is not named stays as it is
/// @param form            in what form the values come
public record RecordInput(
        @Nullable UUID id,
        @Nullable Long expectedVersion,
        Map<String, @Nullable Object> values,
        FieldValues.Form form) {

    public RecordInput {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
