package io.relata.core.imports;

import static io.relata.core.imports.Definitions.SNAPSHOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.job.Fault;
import io.relata.core.problem.Violation;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowReaderTest {

    @Test
    void correctsTextsAndKnowsEmptyOnes() {
        String mapping = "{\"column\":\"a\",\"field\":\"name\",\"corrections\":{\"GTXPro\":\"GTX Pro\"}}";

        assertThat(read(mapping, " GTXPro ")).isEqualTo("GTX Pro");
        assertThat(read(mapping, "gtxpro")).isEqualTo("gtxpro");
        assertThat(read(mapping, "NULL")).isNull();
        assertThat(read(mapping, "  ")).isNull();
    }

    @Test
    void readsDatesInTheFilesForm() {
        String mapping = "{\"column\":\"a\",\"field\":\"closeDate\",\"dateFormat\":\"d.M.yyyy\"}";

        assertThat(read(mapping, "1.12.2017")).isEqualTo("2017-12-01");
        assertThat(parse(mapping, "30.2.2017").faults())
                .extracting(Fault::code, Fault::value)
                .containsExactly(tuple("import.date", "30.2.2017"));
        String withTime = "{\"column\":\"a\",\"field\":\"closeDate\",\"dateFormat\":\"yyyy-MM-dd HH:mm:ss.SSS\"}";
        assertThat(read(withTime, "1996-07-04 00:00:00.000")).isEqualTo("1996-07-04");
    }

    @Test
    void readsTimesInTheTenantsZone() {
        assertThat(read("{\"column\":\"a\",\"field\":\"calledAt\"}", "2026-01-31T09:30:00"))
                .isEqualTo("2026-01-31T01:30:00Z");
        assertThat(read(
                        "{\"column\":\"a\",\"field\":\"calledAt\",\"dateFormat\":\"M/d/yyyy h:mm a\"}",
                        "1/31/2026 9:30 am"))
                .isEqualTo("2026-01-31T01:30:00Z");
        assertThat(read("{\"column\":\"a\",\"field\":\"calledAt\"}", "2026-01-31T09:30:00Z"))
                .isEqualTo("2026-01-31T09:30:00Z");
    }

    @Test
    void readsCountsOfSecondsInTheTenantsZone() {
        String day = "{\"column\":\"a\",\"field\":\"closeDate\",\"dateFormat\":\"epoch\"}";
        String moment = "{\"column\":\"a\",\"field\":\"calledAt\",\"dateFormat\":\"epoch\"}";

        assertThat(read(moment, "1517065554")).isEqualTo("2018-01-27T15:05:54Z");
        assertThat(read(moment, "1517065554123")).isEqualTo("2018-01-27T15:05:54.123Z");
        assertThat(read(day, "1517065554")).isEqualTo("2018-01-27");
        assertThat(read(day, "1517070000")).as("midnight is over in Shanghai").isEqualTo("2018-01-28");
        assertThat(parse(day, "soon").faults()).extracting(Fault::code).containsExactly("import.date");
    }

    @Test
    void leavesTheTextBetweenCellsAwayWhenOneIsEmpty() {
        String mapping = "{\"template\":\"Deal: {a} – {b}!\",\"field\":\"name\"}";

        assertThat(read(mapping, "x", "y")).isEqualTo("Deal: x – y!");
        assertThat(read(mapping, "x", "")).isEqualTo("Deal: x!");
        assertThat(read(mapping, "", "y")).isEqualTo("y!");
        assertThat(read(mapping, "", "NULL")).isNull();
    }

    @Test
    void writesInTemplatesWhatACellMeans() {
        String mapping =
                "{\"column\":\"a\",\"field\":\"notes\",\"corrections\":{\"GTXPro\":\"GTX Pro\"}},{\"template\":\"{a} {{x}}\",\"field\":\"name\"}";

        assertThat(parse(mapping, "GTXPro", "").texts()).containsExactly("GTX Pro", "GTX Pro {x}");
    }

    @Test
    void fillsEveryRowWithAConstant() {
        assertThat(read("{\"value\":\"won\",\"field\":\"stage\"}", "anything")).isEqualTo("won");
    }

    @Test
    void refusesARaggedRow() {
        ParsedRow row = parse("{\"column\":\"a\",\"field\":\"name\"}", "1", "2", "3");

        assertThat(row.faults()).containsExactly(new Fault(null, null, null, "import.ragged", List.of(3, 2)));
    }

    private static @Nullable String read(String columns, String... cells) {
        String[] row = cells.length == 1 ? new String[] {cells[0], ""} : cells;
        ParsedRow parsed = parse(columns, row);
        assertThat(parsed.faults()).isEmpty();
        return parsed.texts().getFirst();
    }

    private static ParsedRow parse(String columns, String... cells) {
        String[] row = cells.length == 1 ? new String[] {cells[0], ""} : cells;
        String json = "{\"entity\":\"deal\",\"key\":\"number\",\"empty\":[\"NULL\"],\"columns\":[" + columns + "]}";
        List<Violation> violations = new ArrayList<>();
        try {
            ImportMapping mapping =
                    MappingReader.read(JsonMapper.builder().build().readTree(json), violations);
            ImportPlan plan = ImportPlanner.plan(mapping, SNAPSHOT, List.of("a", "b"), violations)
                    .orElseThrow();
            return new RowReader(plan, ZoneId.of("Asia/Shanghai")).read(new CsvRow(1, 2, Arrays.asList(row)));
        } catch (JsonProcessingException exception) {
            throw new AssertionError(exception);
        }
    }
}
