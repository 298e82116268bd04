package io.relata.core.imports;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.LocalizedText;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.PicklistOption;
import io.relata.core.metadata.type.FieldType;
import io.relata.core.metadata.type.FieldTypes;
import io.relata.core.metadata.type.Setting;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A company and a deal to import in tests.
final class Definitions {

    static final EntityDefinition COMPANY = entity(
            "company",
            "Company",
            "客户",
            List.of(
                    field("name", FieldTypes.TEXT, "t01", "Name", "名称", true, null),
                    field("code", FieldTypes.TEXT, "t02", "Code", "编号", false, null)));

    static final EntityDefinition DEAL = entity(
            "deal",
            "Deal",
            "商机",
            List.of(
                    field("name", FieldTypes.TEXT, "t01", "Name", "商机名称", true, null),
                    field("number", FieldTypes.TEXT, "t02", "Number", "商机编号", false, null),
                    field("stage", FieldTypes.PICKLIST, "t03", "Stage", "阶段", false, null),
                    field("amount", FieldTypes.MONEY, "n01", "Amount", "金额", false, null),
                    field("closeDate", FieldTypes.DATE, "d01", "Closed on", "结单日期", false, null),
                    field("calledAt", FieldTypes.DATETIME, "s01", "Called at", "通话时间", false, null),
                    field("hot", FieldTypes.BOOLEAN, "n02", "Hot", "重点", false, null),
                    field("company", FieldTypes.LOOKUP, "u01", "Account", "客户", false, "company"),
                    field("notes", FieldTypes.LONG_TEXT, null, "Notes", "备注", false, null)));

    static final MetadataSnapshot SNAPSHOT = new MetadataSnapshot(new UUID(0, 1), 1, List.of(COMPANY, DEAL), List.of());

    private Definitions() {}

    private static EntityDefinition entity(String name, String en, String zh, List<FieldDefinition> fields) {
        return EntityDefinition.builder(
                        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)), name, text(en, zh))
                .plugin("test")
                .family(name)
                .fields(fields)
                .build();
    }

    private static FieldDefinition field(
            String name,
            FieldType type,
            @Nullable String slot,
            String en,
            String zh,
            boolean required,
            @Nullable String target) {
        List<PicklistOption> options = List.of(
                new PicklistOption("won", text("Won", "赢单"), null, true),
                new PicklistOption("lost", text("Lost", "输单"), null, true));
        return FieldDefinition.builder(name, type, text(en, zh))
                .slot(slot)
                .required(required)
                .unique("number".equals(name))
                .set(Setting.MAX_LENGTH, type.has(Setting.MAX_LENGTH) ? 200 : null)
                .set(Setting.SCALE, type.has(Setting.SCALE) ? 2 : null)
                .set(Setting.OPTIONS, type.has(Setting.OPTIONS) ? options : null)
                .set(Setting.TARGET, target)
                .build();
    }

    private static LocalizedText text(String en, String zh) {
        return new LocalizedText(Map.of("en", en, "zh-CN", zh));
    }
}
