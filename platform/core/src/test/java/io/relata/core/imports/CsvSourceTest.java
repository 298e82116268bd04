package io.relata.core.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.relata.core.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvSourceTest {

    @TempDir
    Path folder;

    @Test
    void readsQuotesAndLineBreaksInCells() throws IOException {
        List<CsvRow> rows = rows("a,b\r\n\"x \"\"y\"\"\",\"one\ntwo\"\r\n\r\n3,4\r\n");

        assertThat(rows)
                .containsExactly(new CsvRow(1, 2, List.of("x \"y\"", "one\ntwo")), new CsvRow(2, 5, List.of("3", "4")));
    }

    @Test
    void handsRaggedRowsOn() throws IOException {
        assertThat(rows("a,b\n1\n1,2,3\n"))
                .extracting(row -> row.cells().size())
                .containsExactly(1, 3);
    }

    @Test
    void dropsTheByteOrderMarkAndSpacesAroundNames() throws IOException {
        try (CsvSource source = open("\uFEFF name , b\n1,2\n")) {
            assertThat(source.header()).containsExactly("name", "b");
        }
    }

    @Test
    void goesOnBehindRowsAlreadyDone() throws IOException {
        try (CsvSource source = open("a\n1\n2\n3\n")) {
            source.skip(2);

            assertThat(source.next()).contains(new CsvRow(3, 4, List.of("3")));
            assertThat(source.next()).isEmpty();
        }
    }

    @Test
    void refusesTwoColumnsOfOneName() {
        assertThatThrownBy(() -> open("a,b,a\n1,2,3\n"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("import.header-twice [a]");
    }

    @Test
    void allowsSeveralColumnsWithoutAName() throws IOException {
        try (CsvSource source = open("a,,\n1,,\n")) {
            assertThat(source.header()).containsExactly("a", "", "");
        }
    }

    @Test
    void namesTheLineOfAnUnclosedQuote() {
        assertThatThrownBy(() -> rows("a,b\n1,2\n3,\"x\n4,5\n"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("import.syntax [3]");
    }

    @Test
    void namesTheLineOfAQuoteInsideACell() {
        assertThatThrownBy(() -> rows("a,b\n1,\"x\"y\n"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("import.syntax [2]");
    }

    @Test
    void refusesARowTooLongForMemory() {
        assertThatThrownBy(() -> rows("a,b\n1," + "x".repeat(2_000_000) + "\n"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("import.syntax [2]");
    }

    @Test
    void refusesAFileWithoutAHeader() {
        assertThatThrownBy(() -> open("\n\n"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("import.no-header");
    }

    private List<CsvRow> rows(String text) throws IOException {
        List<CsvRow> rows = new ArrayList<>();
        try (CsvSource source = open(text)) {
            for (Optional<CsvRow> row = source.next(); row.isPresent(); row = source.next()) {
                rows.add(row.get());
            }
        }
        return rows;
    }

    private CsvSource open(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("file.csv"), text);
        return CsvSource.open(file, new CsvFormat(StandardCharsets.UTF_8, ','));
    }
}
