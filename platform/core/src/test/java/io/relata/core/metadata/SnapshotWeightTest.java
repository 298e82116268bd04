package io.relata.core.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.core.metadata.type.FieldTypes;
import io.relata.core.metadata.type.Setting;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The cache of snapshots is bounded by what they are made of, not by how many there are.
class SnapshotWeightTest {

    private static final LocalizedText LABEL = new LocalizedText(Map.of("en", "Label"));

    @Test
    void growsWithFields() {
        assertThat(weight(fields(1_000)) - weight(fields(10))).isEqualTo(990);
    }

    @Test
    void growsWithOptions() {
        assertThat(weight(List.of(picklist(800)))).isGreaterThan(weight(List.of(picklist(0))) + 799);
    }

    @Test
    void leavesMoreThanHalfOfTheHeap() {
        assertThat(SnapshotWeight.most() * 500)
                .isPositive()
                .isLessThanOrEqualTo(Runtime.getRuntime().maxMemory() / 2);
    }

    private static int weight(List<FieldDefinition> fields) {
        EntityDefinition entity = EntityDefinition.builder(UUID.randomUUID(), "deal", LABEL)
                .fields(fields)
                .build();
        return SnapshotWeight.of(new MetadataSnapshot(UUID.randomUUID(), 1, List.of(entity), List.of()));
    }

    private static List<FieldDefinition> fields(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> FieldDefinition.builder("f" + number, FieldTypes.TEXT, LABEL)
                        .build())
                .toList();
    }

    private static FieldDefinition picklist(int options) {
        List<PicklistOption> all = IntStream.range(0, options)
                .mapToObj(number -> new PicklistOption("o" + number, LABEL, null, true))
                .toList();
        return FieldDefinition.builder("choice", FieldTypes.PICKLIST, LABEL)
                .set(Setting.OPTIONS, all)
                .build();
    }
}
