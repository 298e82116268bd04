package io.relata.core.record;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a caller wants a record to be.
///
/// @param values by the API's property names
/// @param rest   what becomes of the fields that are not named
/// @param form   in what form the values come
public record RecordInput(RecordTarget target, Map<String, @Nullable Object> values, Rest rest, FieldValues.Form form) {

    public RecordInput {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /// What becomes of fields that are not named.
    public enum Rest {
        /// They stay as they are.
        KEPT,
        /// They get their defaults, as in a new record; those that only the system sets stay.
        RESET
    }

    /// @param id              the record to change; `null` for a new one
    /// @param expectedVersion the version the caller saw; `null` when any will do
    public RecordInput(
            @Nullable UUID id,
            @Nullable Long expectedVersion,
            Map<String, @Nullable Object> values,
            FieldValues.Form form) {
        this(id == null ? RecordTarget.NEW : RecordTarget.of(id, expectedVersion), values, Rest.KEPT, form);
    }
}
