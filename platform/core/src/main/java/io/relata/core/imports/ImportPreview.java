package io.relata.core.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The beginning of a file and what its columns might mean.
///
/// @param encoding  as the file seems to be written
/// @param delimiter what seems to separate its cells
/// @param columns   the file's columns with some of their values
/// @param rows      the first rows
/// @param mapping   a suggestion, ready to be sent with the file; without `entity` only a frame
public record ImportPreview(
        String encoding, String delimiter, List<Column> columns, List<List<String>> rows, JsonNode mapping) {

    public ImportPreview {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /// A column of the file.
    ///
    /// @param samples different values from the first rows
    /// @param field   the field it probably fills; `null` when none is like it
    /// @param match   the field of a lookup's target that its texts probably name records by
    public record Column(
            String column,
            List<String> samples,
            @Nullable String field,
            @Nullable String match) {

        public Column {
            samples = List.copyOf(samples);
        }
    }

    /// What the caller knows about the file already.
    public record Wish(
            @Nullable String entity,
            @Nullable String encoding,
            @Nullable String delimiter) {}
}
