package io.relata.core.imports;

import io.relata.core.job.Fault;
import io.relata.core.metadata.type.Form;
import io.relata.core.record.RecordInput;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row ready to be saved, or refused.
///
/// @param key    names the record the row is about
/// @param values by the API's property names
record PreparedRow(
        CsvRow row,
        List<@Nullable String> texts,
        @Nullable String key,
        Map<String, @Nullable Object> values,
        List<Fault> faults) {

    PreparedRow {
        values = Collections.unmodifiableMap(new HashMap<>(values));
        faults = List.copyOf(faults);
    }

    /// Returns what to save. In a new record an empty cell leaves the field to its default; in one that exists
    /// it empties the field.
    RecordInput input(@Nullable UUID id) {
        Map<String, @Nullable Object> given = new HashMap<>(values);
        if (id == null) {
            given.values().removeIf(value -> value == null);
        }
        return new RecordInput(id, null, given, Form.TEXT);
    }
}
