package io.relata.core.imports;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How one field gets its value from a row.
///
/// @param index       the place in the mapping, for messages
/// @param field       the name of the field to fill
/// @param source      where in the row the text comes from
/// @param match       the field of a lookup's target that the text names a record by; `null` for its name
/// @param corrections what a text in the file really means
/// @param dateFormat  the pattern of dates in this column; `null` for the mapping's
record ColumnMapping(
        int index,
        String field,
        ColumnSource source,
        @Nullable String match,
        Map<String, String> corrections,
        @Nullable String dateFormat) {

    ColumnMapping {
        corrections = Map.copyOf(corrections);
    }

    /// Returns where this column stands in the mapping, as messages name it.
    String path(String member) {
        return "columns[" + index + "]." + member;
    }
}
