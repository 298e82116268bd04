package io.relata.core.imports;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A mapping that fits an entity and a file: names are definitions, columns are places.
///
/// @param key     the field that names the record a row is about
/// @param header  the file's columns
/// @param columns one for every field that is filled
/// @param empty   texts that mean an empty cell
/// @param escaped whether protective apostrophes are taken off
record ImportPlan(
        EntityDefinition entity,
        @Nullable FieldDefinition key,
        List<String> header,
        List<PlannedColumn> columns,
        Set<String> empty,
        boolean escaped) {

    ImportPlan {
        header = List.copyOf(header);
        columns = List.copyOf(columns);
        empty = Set.copyOf(empty);
    }

    /// Returns the column that fills the key.
    Optional<PlannedColumn> keyColumn() {
        return Optional.ofNullable(key).map(FieldDefinition::name).flatMap(this::filling);
    }

    /// Returns the column that fills the field, by the field's name or the property the API uses.
    Optional<PlannedColumn> filling(String fieldOrProperty) {
        return columns.stream()
                .filter(column -> column.field().name().equals(fieldOrProperty)
                        || column.field().property().equals(fieldOrProperty))
                .findFirst();
    }
}
