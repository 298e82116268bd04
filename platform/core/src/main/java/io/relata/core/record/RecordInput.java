package io.relata.core.record;

import io.relata.core.metadata.type.Form;
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
/// @param action what a plugin is to do to the record; `null` for nothing
public record RecordInput(
        RecordTarget target,
        Map<String, @Nullable Object> values,
        Rest rest,
        Form form,
        @Nullable ActionCall action) {

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

    /// An input without an action.
    public RecordInput(RecordTarget target, Map<String, @Nullable Object> values, Rest rest, Form form) {
        this(target, values, rest, form, null);
    }

    /// An action on a record.
    public static RecordInput of(RecordTarget target, ActionCall action) {
        return new RecordInput(target, Map.of(), Rest.KEPT, Form.JSON, action);
    }

    /// @param id              the record to change; `null` for a new one
    /// @param expectedVersion the version the caller saw; `null` when any will do
    public RecordInput(
            @Nullable UUID id, @Nullable Long expectedVersion, Map<String, @Nullable Object> values, Form form) {
        this(id == null ? RecordTarget.NEW : RecordTarget.of(id, expectedVersion), values, Rest.KEPT, form);
    }
}
