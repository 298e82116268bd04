package io.relata.core.imports;

import static io.relata.core.imports.Definitions.SNAPSHOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MappingTest {

    private static final List<String> HEADER = List.of("id", "what", "who", "when");

    @Test
    void fitsAFileToAnEntity() {
        assertThat(violations("""
                        {"entity":"deal","key":"number","empty":["NULL"],"dateFormat":"yyyy-MM-dd HH:mm:ss.SSS","columns":[
                         {"column":"id","field":"number"},{"template":"{what} – {who}","field":"name"},
                         {"column":"who","field":"company","match":"code"},{"column":"when","field":"closeDate"}]}""")).isEmpty();
    }

    @Test
    void namesEverythingThatDoesNotFitAtOnce() {
        assertThat(violations("""
                        {"entity":"deal","key":"amount","columns":[
                         {"column":"nowhere","field":"number"},{"column":"id","field":"nothing"},
                         {"column":"what","field":"stage","match":"name"},{"column":"who","field":"company","match":"x"},
                         {"column":"when","field":"closeDate","dateFormat":"hello"},{"column":"id","field":"number"}]}"""))
                .extracting(violation -> violation.field() + " " + violation.code())
                .containsExactlyInAnyOrder(
                        "columns[0].column import.unknown-column",
                        "columns[1].field field-unknown",
                        "columns[2].match import.match-without-lookup",
                        "columns[3].match import.match-unknown",
                        "columns[4].dateFormat import.date-format",
                        "columns[5].field import.field-twice",
                        "key import.key-kind");
    }

    @Test
    void namesEverythingWrongWithItsForm() {
        assertThat(violations("""
                        {"delimiter":"#","empty":"NULL","escaped":"yes","colour":"red","columns":[
                         {"column":"id","template":"{id}","field":"name"},{"template":"{id","field":"name"},
                         {"column":"id"},7,{"column":"id","field":"name","corrections":{"a":1}}]}"""))
                .extracting(violation -> violation.field() + " " + violation.code())
                .containsExactlyInAnyOrder(
                        "colour unknown-member",
                        "entity required",
                        "delimiter import.delimiter",
                        "empty expects-list",
                        "escaped expects-boolean",
                        "columns[0].column import.one-source",
                        "columns[1].template import.template",
                        "columns[2].field required",
                        "columns[3] expects-object",
                        "columns[4].corrections.a expects-text");
    }

    @Test
    void refusesAMappingThatIsNoObject() {
        assertThat(violations("[1]")).isNotEmpty();
        assertThat(violations("\"x\"")).isNotEmpty();
    }

    @Test
    void refusesAnEntityThatIsNotThere() {
        assertThat(violations("{\"entity\":\"ghost\",\"columns\":[{\"column\":\"id\",\"field\":\"name\"}]}"))
                .containsExactly(Violation.of("entity", "entity-unknown", "ghost"));
    }

    @Test
    void wantsRequiredFieldsOnlyWhenEveryRowIsNew() {
        String columns = "\"columns\":[{\"column\":\"id\",\"field\":\"number\"}]}";

        assertThat(violations("{\"entity\":\"deal\"," + columns))
                .containsExactly(Violation.of("columns", "import.required-unmapped", "name"));
        assertThat(violations("{\"entity\":\"deal\",\"key\":\"number\"," + columns))
                .isEmpty();
    }

    private static List<Violation> violations(String json) {
        List<Violation> violations = new ArrayList<>();
        try {
            ImportMapping mapping =
                    MappingReader.read(JsonMapper.builder().build().readTree(json), violations);
            ImportPlanner.plan(mapping, SNAPSHOT, HEADER, violations);
        } catch (JsonProcessingException exception) {
            throw new AssertionError(exception);
        }
        return violations;
    }
}
