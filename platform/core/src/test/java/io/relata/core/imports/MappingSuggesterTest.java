package io.relata.core.imports;

import static io.relata.core.imports.Definitions.DEAL;
import static io.relata.core.imports.Definitions.SNAPSHOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.relata.core.metadata.FieldDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MappingSuggesterTest {

    @Test
    void knowsColumnsByFieldNamesLabelsAndTargets() {
        assertThat(suggest("deal_id", "deal_stage", "company", "close_date", "AMOUNT", "color"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "deal_id", "number",
                        "deal_stage", "stage",
                        "company", "company",
                        "close_date", "closeDate",
                        "AMOUNT", "amount"));
    }

    @Test
    void knowsChineseLabels() {
        assertThat(suggest("商机编号", "商机名称", "客户", "金额", "结单日期"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("商机编号", "number", "商机名称", "name", "客户", "company", "金额", "amount", "结单日期", "closeDate"));
    }

    @Test
    void takesAnotherEntitysIdForItsLookup() {
        assertThat(suggest("company_id")).containsExactlyEntriesOf(Map.of("company_id", "company"));
    }

    @Test
    void forgivesATypingError() {
        assertThat(suggest("ammount")).containsExactlyEntriesOf(Map.of("ammount", "amount"));
    }

    @Test
    void fillsNoFieldTwice() {
        assertThat(suggest("Stage", "deal stage")).containsExactlyEntriesOf(Map.of("Stage", "stage"));
    }

    private static Map<String, String> suggest(String... header) {
        Map<String, String> names = new LinkedHashMap<>();
        Map<String, FieldDefinition> suggested = MappingSuggester.suggest(DEAL, SNAPSHOT, List.of(header));
        suggested.forEach((column, field) -> names.put(column, field.name()));
        return names;
    }
}
