package io.relata.core.imports;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a file's columns mean: which entity, which fields, and how to find the record a row is about.
///
/// @param key        the field whose value names the record to update; `null` makes every row a new record
/// @param encoding   `UTF-8` or `GB18030`; `null` for UTF-8
/// @param delimiter  what separates cells; `null` to tell from the header
/// @param empty      texts that mean an empty cell
/// @param dateFormat the pattern of dates; `null` for ISO 8601
/// @param escaped    whether cells that look like formulas carry a protective apostrophe
record ImportMapping(
        String entity,
        @Nullable String key,
        @Nullable String encoding,
        @Nullable Character delimiter,
        Set<String> empty,
        @Nullable String dateFormat,
        boolean escaped,
        List<ColumnMapping> columns) {

    ImportMapping {
        empty = Set.copyOf(empty);
        columns = List.copyOf(columns);
    }
}
