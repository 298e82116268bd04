package io.relata.core.imports;

import io.relata.core.job.Fault;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How one field is filled from a row.
///
/// @param place       its place among the plan's columns
/// @param column      the name of the column, for messages; `null` for a constant or a template
/// @param parts       what the text is put together from
/// @param corrections what a text in the file really means
/// @param dates       reads dates that are not ISO 8601
/// @param lookup      how the text names a record; `null` when it is the value itself
record PlannedColumn(
        int place,
        FieldDefinition field,
        @Nullable String column,
        List<PlannedPart> parts,
        Map<String, String> corrections,
        @Nullable DatePattern dates,
        @Nullable Lookup lookup) {

    PlannedColumn {
        parts = List.copyOf(parts);
        corrections = Map.copyOf(corrections);
    }

    /// Says what is wrong with what the column says.
    Fault fault(@Nullable String value, String code, Object... arguments) {
        return new Fault(column, field.property(), value, code, List.of(arguments));
    }

    /// A piece of the text.
    sealed interface PlannedPart {}

    /// The cell at a place in the row, with the corrections that hold for its column.
    record CellPart(int cell, Map<String, String> corrections) implements PlannedPart {}

    /// Fixed text.
    record TextPart(String text) implements PlannedPart {}

    /// The entity a text names a record of, and the field it names it by.
    record Lookup(EntityDefinition target, FieldDefinition match) {}
}
