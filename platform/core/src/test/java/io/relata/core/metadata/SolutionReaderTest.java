package io.relata.core.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.relata.core.metadata.type.FieldType;
import io.relata.core.metadata.type.FieldTypes;
import io.relata.core.plugin.PluginJar;
import io.relata.core.plugin.TestSolution;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SolutionReaderTest {

    private final SolutionReader reader = new SolutionReader();

    @TempDir
    private Path folder;

    @Test
    void readsWhatTheFilesSay() throws IOException {
        Solution solution = reader.read(TestSolution.writeTo(folder)).orElseThrow();

        assertThat(solution.key()).isEqualTo("test");
        assertThat(solution.families()).containsExactly("deal");
        assertThat(solution.entities()).extracting(EntityDefinition::key).containsExactly("test.company", "test.deal");
        EntityDefinition deal = solution.entities().getLast();
        assertThat(deal.table()).isEqualTo("record_deal");
        assertThat(deal.id()).isEqualTo(SolutionReader.managedId("test.deal"));
        assertThat(deal.field("stage").orElseThrow().options().getFirst().color())
                .isEqualTo("blue");
        assertThat(deal.field("company").orElseThrow().property()).isEqualTo("companyId");
        assertThat(deal.views()).extracting(View::key).containsExactly("all");
        assertThat(deal.layout().sections().getFirst().fields()).hasSameSizeAs(deal.fields());
    }

    @Test
    void knowsAJarWithoutSolution() throws IOException {
        assertThat(reader.read(new PluginJar("none").write(folder))).isEmpty();
    }

    @Test
    void namesEveryMistakeAtOnce() throws IOException {
        Path jar = new PluginJar("bad")
                .solution(", \"families\": [\"x-y\"], \"colour\": 1")
                .entity("thing", """
                        {"name": "things", "setName": "things", "family": "unlisted",
                         "label": {"en": "Thing"}, "pluralLabel": {"en": "Things", "zh-CN": "物"},
                         "fields": [
                           {"name": "id", "type": "text", "slot": "t01", "label": {"en": "A", "zh-CN": "甲"}},
                           {"name": "b", "type": "integer", "slot": "t02", "label": {"en": "B", "zh-CN": "乙"}},
                           {"name": "c", "type": "text", "slot": "t01", "maxLength": 4000,
                            "label": {"en": "C", "zh-CN": "丙"}},
                           {"name": "d", "type": "lookup", "target": "nowhere", "label": {"en": "D", "zh-CN": "丁"}},
                           {"name": "e", "type": "wonder", "label": {"en": "E", "zh-CN": "戊"}}]}
                        """)
                .write(folder);

        assertThatThrownBy(() -> reader.read(jar))
                .isInstanceOf(SolutionException.class)
                .hasMessageContaining("bad.jar")
                .hasMessageContaining("at families: x-y is no name for a record table")
                .hasMessageContaining("at colour: This is not known here")
                .hasMessageContaining("thing.json at label.zh-CN: A value is needed")
                .hasMessageContaining("at fields[0].name: This name belongs to the system")
                .hasMessageContaining("at fields[1].slot: One of these columns is expected: n01")
                .hasMessageContaining("at fields[2].slot: Texts of at most 600")
                .hasMessageContaining("at fields[2].slot: Another field has the column t01")
                .hasMessageContaining("There is no entity nowhere to point to")
                .hasMessageContaining("There is no field type wonder")
                .hasMessageContaining("The record table unlisted is not listed")
                .hasMessageContaining("The name must be thing, as the file");
    }

    @Test
    void refusesSlotsKeptForTenants() throws IOException {
        Path jar = new PluginJar("greedy").solution("").entity("thing", """
                        {"name": "thing", "setName": "things",
                         "label": {"en": "Thing", "zh-CN": "物"}, "pluralLabel": {"en": "Things", "zh-CN": "物"},
                         "fields": [{"name": "a", "type": "text", "slot": "t13", "label": {"en": "A", "zh-CN": "甲"}}]}
                        """).write(folder);

        assertThatThrownBy(() -> reader.read(jar)).hasMessageContaining("at fields[0].slot: One of these columns");
    }

    @Test
    void refusesSlotsWithoutAnIndexWhereThereIsNoSlotOrThePlatformNeedsOne() throws IOException {
        String entity = """
                {"name": "%s", "setName": "%ss", "family": "%s",
                 "label": {"en": "Thing", "zh-CN": "物"}, "pluralLabel": {"en": "Things", "zh-CN": "物"},
                 "fields": [
                   {"name": "a", "type": "text", "indexed": false, "slot": "t01", "label": {"en": "A", "zh-CN": "甲"}},
                   {"name": "b", "type": "integer", "indexed": false, "label": {"en": "B", "zh-CN": "乙"}},
                   {"name": "c", "type": "lookup", "target": "thing", "indexed": false, "slot": "u01",
                    "label": {"en": "C", "zh-CN": "丙"}}]}
                """;
        Path jar = new PluginJar("plain")
                .solution(", \"families\": [\"thing\"]")
                .entity("thing", entity.formatted("thing", "thing", "thing"))
                .entity("other", entity.formatted("other", "other", "shared"))
                .write(folder);

        assertThatThrownBy(() -> reader.read(jar))
                .hasMessageContaining("thing.json at fields[1].indexed: Only a field with a slot")
                .hasMessageContaining("thing.json at fields[2].indexed: This does not go with the type")
                .hasMessageContaining("other.json at fields[0].indexed: The slots of the shared table")
                .hasMessageNotContaining("thing.json at fields[0]");
    }

    @Test
    void refusesBrokenJsonAndBrokenJars() throws IOException {
        Path jar = new PluginJar("broken")
                .file("solution/solution.json", "{\"key\":")
                .write(folder);
        Path none = Files.writeString(folder.resolve("none.jar"), "no jar");

        assertThatThrownBy(() -> reader.read(jar)).isInstanceOf(SolutionException.class);
        assertThatThrownBy(() -> reader.read(none)).isInstanceOf(SolutionException.class);
    }

    @Test
    void describesEveryFieldTypeInItsSchema() throws IOException {
        try (InputStream file = SolutionReader.class.getResourceAsStream("entity.schema.json")) {
            List<String> types = new ArrayList<>();
            new ObjectMapper()
                    .readTree(file)
                    .at("/$defs/field/properties/type/enum")
                    .forEach(type -> types.add(type.textValue()));

            assertThat(types)
                    .containsExactlyElementsOf(
                            FieldTypes.ALL.stream().map(FieldType::typeName).toList());
        }
    }
}
