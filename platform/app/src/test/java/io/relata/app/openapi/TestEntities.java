package io.relata.app.openapi;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.LocalizedText;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.PicklistOption;
import io.relata.core.metadata.type.FieldType;
import io.relata.core.metadata.type.FieldTypes;
import io.relata.core.metadata.type.Setting;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A tenant with an entity that has a field of every type, and one that it points to.
final class TestEntities {

    /// In a tenant's metadata a formula has the type of what it gives.
    private static final List<FieldType> TYPES = FieldTypes.ALL.stream()
            .filter(type -> !type.equals(FieldTypes.FORMULA))
            .toList();

    private TestEntities() {}

    static MetadataSnapshot tenant() {
        return snapshot(List.of(entity("account", "Account", "客户", List.of(name())), deal("deal")));
    }

    /// Returns a tenant as large as tenants may be.
    static MetadataSnapshot large(int entities, int fields) {
        List<FieldType> types = TYPES;
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
        TYPES.stream().map(type -> field("a" + type.typeName(), type, false)).forEach(fields::add);
        fields.add(field("stage", FieldTypes.PICKLIST, true));
        fields.add(field("kind", FieldTypes.PICKLIST, true).with(field -> field.defaultValue("lost")));
        return entity(entityName, "Deal", "交易", fields);
    }

    private static EntityDefinition entity(String name, String label, String chinese, List<FieldDefinition> fields) {
        return EntityDefinition.builder(UUID.randomUUID(), name, text(label, chinese))
                .plugin("test")
                .family("test")
                .pluralLabel(text(label + "s", chinese))
                .fields(fields)
                .build();
    }

    private static FieldDefinition name() {
        return field("name", FieldTypes.TEXT, true);
    }

    static FieldDefinition field(String name, FieldType type, boolean required) {
        boolean number = type.equals(FieldTypes.MONEY);
        return FieldDefinition.builder(name, type, text("The " + name, "字段" + name))
                .help(text("Help for " + name, "关于" + name))
                .required(required)
                .readOnly(name.equals("auser"))
                .unique(name.equals("aemail"))
                .set(Setting.MAX_LENGTH, type.has(Setting.MAX_LENGTH) ? 8 : null)
                .set(Setting.SCALE, number ? 2 : null)
                .set(Setting.MIN, number ? new BigDecimal("12.5") : null)
                .set(Setting.MAX, number ? new BigDecimal("1000000") : null)
                .set(Setting.OPTIONS, type.has(Setting.OPTIONS) ? options() : null)
                .set(Setting.TARGET, type.isLookup() ? "account" : null)
                .build();
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
