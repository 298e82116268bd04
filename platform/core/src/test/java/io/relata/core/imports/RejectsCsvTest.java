package io.relata.core.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.core.csv.FormulaGuard;
import io.relata.core.job.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class RejectsCsvTest {

    private static final Fault FAULT =
            new Fault("who", "companyId", "Nobody", "import.lookup-missing", List.of("company", "Nobody"));

    @Test
    void keepsTheFilesColumnsAndSaysWhy() throws IOException {
        String csv = write(Locale.ENGLISH, new ImportReject(7, 9, List.of("1", "Nobody, really"), List.of(FAULT)));

        assertThat(csv.split("\r\n", -1))
                .containsExactly(
                        "\uFEFFid,who,relata_row,relata_line,relata_reason",
                        "1,\"Nobody, really\",7,9,who: There is no company “Nobody”.",
                        "");
    }

    @Test
    void speaksTheReadersLanguage() throws IOException {
        assertThat(write(Locale.SIMPLIFIED_CHINESE, new ImportReject(7, 9, List.of("1", "Nobody"), List.of(FAULT))))
                .contains("没有名为“Nobody”的 company。");
    }

    @Test
    void keepsSpreadsheetsFromSeeingFormulas() throws IOException {
        String csv = write(
                Locale.ENGLISH,
                new ImportReject(1, 2, List.of("=HYPERLINK(\"x\")", "+1"), List.of()),
                new ImportReject(2, 3, List.of("-1", "@x"), List.of()),
                new ImportReject(3, 4, List.of("\tx", "\rx"), List.of()));

        assertThat(csv.lines().skip(1).filter(line -> !line.isEmpty()))
                .contains("\"'=HYPERLINK(\"\"x\"\")\",'+1,1,2,", "'-1,'@x,2,3,")
                .noneMatch(line -> line.matches("[=+@-].*"));
        for (String cell : List.of("=1", "+1", "-1", "@x", "\tx", "\rx", "plain", "'quoted'")) {
            assertThat(FormulaGuard.unprotect(FormulaGuard.protect(cell))).isEqualTo(cell);
        }
    }

    @Test
    void keepsTheCellsOfARaggedRow() throws IOException {
        assertThat(write(
                        Locale.ENGLISH,
                        new ImportReject(1, 2, List.of("1"), List.of()),
                        new ImportReject(2, 3, List.of("1", "2", "3"), List.of())))
                .contains("1,,1,2,\r\n", "1,2,3,2,3,\r\n");
    }

    private static String write(Locale locale, ImportReject... rejects) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new RejectsCsv(List.of("id", "who"), after -> after == 0 ? List.of(rejects) : List.of(), locale).writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
