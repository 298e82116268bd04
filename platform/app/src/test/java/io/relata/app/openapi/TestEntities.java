package io.relata.app.openapi;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.FieldType;
import io.relata.core.metadata.Layout;
import io.relata.core.metadata.LocalizedText;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.PicklistOption;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A tenant with an entity that has a field of every type, and one that it points to.
final class TestEntities {

    private TestEntities() {}

    static MetadataSnapshot tenant() {
        return snapshot(List.of(entity("account", "Account", "客户", List.of(name())), deal("deal")));
    }

    /// Returns a tenant as large as tenants may be.
    static MetadataSnapshot large(int entities, int fields) {
        List<FieldType> types = List.of(FieldType.values());
        List<EntityDefinition> all = new ArrayList<>();
        for (int i = 0; i < entities; i++) {
            List<FieldDefinition> of = new ArrayList<>(List.of(name()));
            for (int f = 1; f < fields; f++) {
                of.add(field("field" + f, types.get(f % types.size()), false));
            }
            all.add(entity("entity" + i, "Entity " + i, "实体" + i, of));
        }
        return snapshot(all);
    }

    private static MetadataSnapshot snapshot(List<EntityDefinition> entities) {
        return new MetadataSnapshot(UUID.randomUUID(), 1, entities, List.of());
    }

    private static EntityDefinition deal(String entityName) {
        List<FieldDefinition> fields = new ArrayList<>(List.of(name()));
        Arrays.stream(FieldType.values())
                .map(type -> field("a" + type.typeName(), type, false))
                .forEach(fields::add);
        fields.add(field("stage", FieldType.PICKLIST, true));
        fields.add(withDefault(field("kind", FieldType.PICKLIST, true), "lost"));
        return entity(entityName, "Deal", "交易", fields);
    }

    private static EntityDefinition entity(String name, String label, String chinese, List<FieldDefinition> fields) {
        return new EntityDefinition(
                UUID.randomUUID(),
                name,
                name,
                name + "s",
                "test",
                "test",
                text(label, chinese),
                text(label + "s", chinese),
                null,
                "name",
                fields,
                List.of(),
                new Layout(List.of()));
    }

    private static FieldDefinition name() {
        return field("name", FieldType.TEXT, true);
    }

    static FieldDefinition field(String name, FieldType type, boolean required) {
        boolean number = type == FieldType.MONEY;
        return new FieldDefinition(
                name,
                type,
                null,
                text("The " + name, "字段" + name),
                text("Help for " + name, "关于" + name),
                required,
                name.equals("auser"),
                name.equals("aemail"),
                false,
                type.isText() ? 8 : 0,
                number ? 2 : 0,
                number ? new BigDecimal("12.5") : null,
                number ? new BigDecimal("1000000") : null,
                type == FieldType.PICKLIST ? options() : List.of(),
                type.isLookup() ? "account" : null,
                null);
    }

    private static FieldDefinition withDefault(FieldDefinition field, @Nullable String value) {
        return new FieldDefinition(
                field.name(),
                field.type(),
                field.slot(),
                field.label(),
                field.help(),
                field.required(),
                field.readOnly(),
                field.unique(),
                field.searchable(),
                field.maxLength(),
                field.scale(),
                field.min(),
                field.max(),
                field.options(),
                field.target(),
                value);
    }

    private static List<PicklistOption> options() {
        return List.of(
                new PicklistOption("old", text("Old", "旧"), null, false),
                new PicklistOption("won", text("Won", "赢单"), "green", true),
                new PicklistOption("lost", text("Lost", "输单"), null, true));
    }

    private static LocalizedText text(String english, String chinese) {
        return new LocalizedText(Map.of("en", english, "zh-CN", chinese));
    }
}
