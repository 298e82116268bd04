package io.relata.core.metadata;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The views and layouts of entities whose definition names none.
final class Derived {

    private static final int COLUMNS = 6;
    private static final LocalizedText DETAILS = new LocalizedText(Map.of("en", "Details", "zh-CN", "详情"));
    private static final LocalizedText OWN_FIELDS =
            new LocalizedText(Map.of("en", "Additional fields", "zh-CN", "附加字段"));
    private static final LocalizedText OWN_ENTITIES = new LocalizedText(Map.of("en", "More", "zh-CN", "更多"));

    private Derived() {}

    /// Returns a list of the first short fields, the naming one in front, sorted by it.
    static View listView(LocalizedText plural, String nameField, List<FieldDefinition> fields) {
        List<String> columns = new ArrayList<>(List.of(nameField));
        fields.stream()
                .filter(field -> !field.type().isLong())
                .map(FieldDefinition::name)
                .filter(name -> !name.equals(nameField))
                .limit(COLUMNS - 1)
                .forEach(columns::add);
        return new View(
                "all",
                allOf(plural),
                View.Kind.LIST,
                columns,
                List.of(new View.Sort(nameField, false)),
                null,
                null,
                null);
    }

    static Layout layout(List<FieldDefinition> fields) {
        return new Layout(List.of(new Layout.Section(
                DETAILS, fields.stream().map(FieldDefinition::name).toList())));
    }

    /// Returns the section for fields that no other section has.
    static Optional<Layout.Section> ownFields(List<FieldDefinition> fields) {
        return fields.isEmpty()
                ? Optional.empty()
                : Optional.of(new Layout.Section(
                        OWN_FIELDS, fields.stream().map(FieldDefinition::name).toList()));
    }

    /// Returns the navigation area for the tenant's own entities.
    static Optional<MetadataSnapshot.NavigationArea> ownEntities(List<EntityDefinition> entities) {
        return entities.isEmpty()
                ? Optional.empty()
                : Optional.of(new MetadataSnapshot.NavigationArea(
                        OWN_ENTITIES,
                        entities.stream().map(EntityDefinition::name).toList()));
    }

    private static LocalizedText allOf(LocalizedText plural) {
        Map<String, String> texts = new LinkedHashMap<>();
        plural.texts()
                .forEach((language, text) -> texts.put(language, (language.startsWith("zh") ? "全部" : "All ") + text));
        return new LocalizedText(texts);
    }
}
