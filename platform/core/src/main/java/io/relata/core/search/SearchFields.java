package io.relata.core.search;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The fields of an entity in which words are looked for: the naming field and those marked searchable.
///
/// @param name   the naming field
/// @param others the other fields with words of their own, in the entity's order
/// @param files  the fields whose files' words are looked for
record SearchFields(
        EntityDefinition entity, FieldDefinition name, List<FieldDefinition> others, List<FieldDefinition> files) {

    /// Grows when the same texts give other words.
    private static final int VERSION = 2;

    static SearchFields of(EntityDefinition entity) {
        FieldDefinition name = entity.field(entity.nameField()).orElseThrow();
        List<FieldDefinition> searchable = entity.fields().stream()
                .filter(field -> field.searchable() && field.type().canBeSearched())
                .filter(field -> !field.name().equals(name.name()))
                .toList();
        return new SearchFields(
                entity,
                name,
                searchable.stream()
                        .filter(field -> field.kind() == ValueKind.STRING || field.kind() == ValueKind.LIST)
                        .toList(),
                searchable.stream().filter(field -> field.type().holdsFile()).toList());
    }

    /// Returns whether the caller who sees this much of the entity may not read all that is searched.
    static boolean partly(EntityDefinition seen) {
        SearchFields all = of(seen.whole());
        return Stream.concat(all.others().stream(), all.files().stream())
                .anyMatch(field -> seen.field(field.name())
                        .filter(FieldDefinition::searchable)
                        .isEmpty());
    }

    /// Returns whether the caller who sees this much of the entity may not read its records' names.
    static boolean nameless(EntityDefinition seen) {
        return seen.field(seen.nameField()).filter(FieldDefinition::masked).isPresent();
    }

    UUID entityId() {
        return entity.id();
    }

    /// Returns the names of the fields whose files' words are looked for.
    List<String> fileNames() {
        return files.stream().map(FieldDefinition::name).toList();
    }

    /// Returns what an index that was made for these fields is marked with.
    String signature() {
        return VERSION + ":"
                + name.name()
                + others.stream()
                        .map(field -> field.name() + (field.type().searchedByDigits() ? "#" : ""))
                        .sorted()
                        .collect(Collectors.joining(",", ":", ""))
                + files.stream().map(field -> "/" + field.name()).sorted().collect(Collectors.joining());
    }
}
