package io.relata.core.query;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.LocalizedText;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.FieldType;
import io.relata.core.metadata.type.FieldTypes;
import io.relata.core.metadata.type.Setting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Entities with every field type, each once in a slot and once in the document.
public final class TestEntities {

    public static final EntityDefinition REGION = entity("region", "regions", "shared", List.of(name()));

    public static final EntityDefinition COMPANY = entity(
            "company",
            "companies",
            "shared",
            List.of(
                    name(),
                    field("city", FieldTypes.TEXT, null, 100, 0, true, null),
                    field("worth", FieldTypes.DECIMAL, "n01", 0, 1, false, null),
                    field("region", FieldTypes.LOOKUP, "u01", 0, 0, false, "region"),
                    field("parent", FieldTypes.LOOKUP, null, 0, 0, false, "company")
                            .with(lookup -> lookup.set(Setting.HIERARCHICAL, true))));

    public static final EntityDefinition DEAL = entity(
            "deal",
            "deals",
            "deal",
            List.of(
                    name(),
                    field("stage", FieldTypes.PICKLIST, "t02", 0, 0, false, null),
                    field("email", FieldTypes.EMAIL, "t03", 100, 0, false, null),
                    field("amount", FieldTypes.MONEY, "n01", 0, 2, false, null),
                    field("quantity", FieldTypes.INTEGER, "n02", 0, 0, false, null),
                    field("hot", FieldTypes.BOOLEAN, "n03", 0, 0, false, null),
                    field("closed", FieldTypes.DATE, "d01", 0, 0, false, null),
                    field("met", FieldTypes.DATETIME, "s01", 0, 0, false, null),
                    field("company", FieldTypes.LOOKUP, "u01", 0, 0, false, "company"),
                    field("agent", FieldTypes.USER, "u02", 0, 0, false, null),
                    field("notes", FieldTypes.LONG_TEXT, null, 100_000, 0, true, null),
                    field("code", FieldTypes.TEXT, null, 100, 0, false, null),
                    field("rate", FieldTypes.PERCENT, null, 0, 3, false, null),
                    field("visits", FieldTypes.INTEGER, null, 0, 0, false, null),
                    field("warm", FieldTypes.BOOLEAN, null, 0, 0, false, null),
                    field("due", FieldTypes.DATE, null, 0, 0, false, null),
                    field("seen", FieldTypes.DATETIME, null, 0, 0, false, null),
                    field("partner", FieldTypes.LOOKUP, null, 0, 0, false, "company")));

    private TestEntities() {}

    public static MetadataSnapshot snapshot(UUID tenant) {
        return new MetadataSnapshot(tenant, 1, List.of(DEAL, COMPANY, REGION), List.of());
    }

    /// Returns the entities with their values stored in other places: a slot or the document, other slots, other
    /// digits behind the decimal point, another table.
    public static MetadataSnapshot random(UUID tenant, Random random) {
        List<EntityDefinition> entities = new ArrayList<>();
        for (EntityDefinition entity : List.of(DEAL, COMPANY, REGION)) {
            Set<String> taken = new HashSet<>();
            List<FieldDefinition> fields = new ArrayList<>();
            for (FieldDefinition field : entity.fields()) {
                String slot = field.kind().slot(1 + random.nextInt(field.kind().slots()));
                boolean slotted = !field.type().equals(FieldTypes.LONG_TEXT) && random.nextBoolean() && taken.add(slot);
                int scale = field.kind() == ValueKind.DECIMAL ? 1 + random.nextInt(6) : field.scale();
                fields.add(field(
                        field.name(),
                        field.type(),
                        slotted ? slot : null,
                        field.maxLength(),
                        scale,
                        field.searchable(),
                        field.target()));
            }
            entities.add(entity(entity.name(), entity.setName(), random.nextBoolean() ? "deal" : "shared", fields));
        }
        return new MetadataSnapshot(tenant, 1, entities, List.of());
    }

    private static EntityDefinition entity(String name, String setName, String family, List<FieldDefinition> fields) {
        return EntityDefinition.builder(
                        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)), name, label(name))
                .plugin("test")
                .setName(setName)
                .family(family)
                .pluralLabel(label(setName))
                .fields(fields)
                .build();
    }

    private static FieldDefinition name() {
        return field("name", FieldTypes.TEXT, "t01", 200, 0, true, null);
    }

    private static FieldDefinition field(
            String name,
            FieldType type,
            @Nullable String slot,
            int maxLength,
            int scale,
            boolean searchable,
            @Nullable String target) {
        return FieldDefinition.builder(name, type, label(name))
                .slot(slot)
                .searchable(searchable)
                .set(Setting.MAX_LENGTH, maxLength)
                .set(Setting.SCALE, scale)
                .set(Setting.TARGET, target)
                .build();
    }

    private static LocalizedText label(String text) {
        return new LocalizedText(Map.of("en", text));
    }
}
