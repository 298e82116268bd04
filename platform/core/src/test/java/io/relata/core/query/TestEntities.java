package io.relata.core.query;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.FieldType;
import io.relata.core.metadata.Layout;
import io.relata.core.metadata.LocalizedText;
import io.relata.core.metadata.MetadataSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
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
                    field("city", FieldType.TEXT, null, 100, 0, true, null),
                    field("worth", FieldType.DECIMAL, "n01", 0, 1, false, null),
                    field("region", FieldType.LOOKUP, "u01", 0, 0, false, "region"),
                    field("parent", FieldType.LOOKUP, null, 0, 0, false, "company")));

    public static final EntityDefinition DEAL = entity(
            "deal",
            "deals",
            "deal",
            List.of(
                    name(),
                    field("stage", FieldType.PICKLIST, "t02", 0, 0, false, null),
                    field("email", FieldType.EMAIL, "t03", 100, 0, false, null),
                    field("amount", FieldType.MONEY, "n01", 0, 2, false, null),
                    field("quantity", FieldType.INTEGER, "n02", 0, 0, false, null),
                    field("hot", FieldType.BOOLEAN, "n03", 0, 0, false, null),
                    field("closed", FieldType.DATE, "d01", 0, 0, false, null),
                    field("met", FieldType.DATETIME, "s01", 0, 0, false, null),
                    field("company", FieldType.LOOKUP, "u01", 0, 0, false, "company"),
                    field("agent", FieldType.USER, "u02", 0, 0, false, null),
                    field("notes", FieldType.LONG_TEXT, null, 100_000, 0, true, null),
                    field("code", FieldType.TEXT, null, 100, 0, false, null),
                    field("rate", FieldType.PERCENT, null, 0, 3, false, null),
                    field("visits", FieldType.INTEGER, null, 0, 0, false, null),
                    field("warm", FieldType.BOOLEAN, null, 0, 0, false, null),
                    field("due", FieldType.DATE, null, 0, 0, false, null),
                    field("seen", FieldType.DATETIME, null, 0, 0, false, null),
                    field("partner", FieldType.LOOKUP, null, 0, 0, false, "company")));

    private TestEntities() {}

    public static MetadataSnapshot snapshot(UUID tenant) {
        return new MetadataSnapshot(tenant, 1, List.of(DEAL, COMPANY, REGION), List.of());
    }

    private static EntityDefinition entity(String name, String setName, String family, List<FieldDefinition> fields) {
        return new EntityDefinition(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                "test." + name,
                name,
                setName,
                "test",
                family,
                label(name),
                label(setName),
                null,
                "name",
                fields,
                List.of(),
                new Layout(List.of()));
    }

    private static FieldDefinition name() {
        return field("name", FieldType.TEXT, "t01", 200, 0, true, null);
    }

    private static FieldDefinition field(
            String name,
            FieldType type,
            @Nullable String slot,
            int maxLength,
            int scale,
            boolean searchable,
            @Nullable String target) {
        return new FieldDefinition(
                name,
                type,
                slot,
                label(name),
                null,
                false,
                false,
                false,
                searchable,
                maxLength,
                scale,
                null,
                null,
                List.of(),
                target,
                null);
    }

    private static LocalizedText label(String text) {
        return new LocalizedText(Map.of("en", text));
    }
}
