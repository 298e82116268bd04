package io.relata.core.imports;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.FieldType;
import io.relata.core.metadata.Layout;
import io.relata.core.metadata.LocalizedText;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.PicklistOption;
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
                    field("name", FieldType.TEXT, "t01", "Name", "名称", true, null),
                    field("code", FieldType.TEXT, "t02", "Code", "编号", false, null)));

    static final EntityDefinition DEAL = entity(
            "deal",
            "Deal",
            "商机",
            List.of(
                    field("name", FieldType.TEXT, "t01", "Name", "商机名称", true, null),
                    field("number", FieldType.TEXT, "t02", "Number", "商机编号", false, null),
                    field("stage", FieldType.PICKLIST, "t03", "Stage", "阶段", false, null),
                    field("amount", FieldType.MONEY, "n01", "Amount", "金额", false, null),
                    field("closeDate", FieldType.DATE, "d01", "Closed on", "结单日期", false, null),
                    field("calledAt", FieldType.DATETIME, "s01", "Called at", "通话时间", false, null),
                    field("hot", FieldType.BOOLEAN, "n02", "Hot", "重点", false, null),
                    field("company", FieldType.LOOKUP, "u01", "Account", "客户", false, "company"),
                    field("notes", FieldType.LONG_TEXT, null, "Notes", "备注", false, null)));

    static final MetadataSnapshot SNAPSHOT = new MetadataSnapshot(new UUID(0, 1), 1, List.of(COMPANY, DEAL), List.of());

    private Definitions() {}

    private static EntityDefinition entity(String name, String en, String zh, List<FieldDefinition> fields) {
        return new EntityDefinition(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                "test." + name,
                name,
                name + "s",
                "test",
                name,
                text(en, zh),
                text(en, zh),
                null,
                "name",
                fields,
                List.of(),
                new Layout(List.of()));
    }

    private static FieldDefinition field(
            String name,
            FieldType type,
            @Nullable String slot,
            String en,
            String zh,
            boolean required,
            @Nullable String target) {
        List<PicklistOption> options = type == FieldType.PICKLIST
                ? List.of(
                        new PicklistOption("won", text("Won", "赢单"), null, true),
                        new PicklistOption("lost", text("Lost", "输单"), null, true))
                : List.of();
        boolean unique = "number".equals(name);
        return new FieldDefinition(
                name,
                type,
                slot,
                text(en, zh),
                null,
                required,
                false,
                unique,
                false,
                200,
                2,
                null,
                null,
                options,
                target,
                null);
    }

    private static LocalizedText text(String en, String zh) {
        return new LocalizedText(Map.of("en", en, "zh-CN", zh));
    }
}
