package io.relata.app.openapi;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Queries that work on an entity, to learn from.
record QueryExamples(EntityDefinition entity) {

    private static final int SELECTED = 3;

    /// Returns a comparison with a picklist's value, else one with the name.
    String filter() {
        return entity.fields().stream()
                .flatMap(field ->
                        FieldSchema.offered(field).limit(1).map(value -> field.property() + " eq " + quoted(value)))
                .findFirst()
                .orElseGet(() -> "startswith(%s,'A')".formatted(entity.nameField()));
    }

    String select() {
        Stream<String> others = entity.fields().stream()
                .map(FieldDefinition::property)
                .filter(name -> !name.equals(entity.nameField()));
        return Stream.concat(Stream.of(entity.nameField()), others)
                .limit(SELECTED)
                .collect(Collectors.joining(","));
    }

    String orderBy() {
        return "updatedAt desc,%s".formatted(entity.nameField());
    }

    /// Returns the names that can be expanded; a dash when there are none.
    String expand() {
        List<String> lookups = entity.fields().stream()
                .filter(field -> field.type().isLookup())
                .map(FieldDefinition::name)
                .toList();
        return lookups.isEmpty() ? "–" : String.join(", ", lookups);
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
