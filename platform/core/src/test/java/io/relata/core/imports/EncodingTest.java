package io.relata.core.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.relata.core.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodingTest {

    @TempDir
    Path folder;

    @Test
    void namesTheLineThatIsNoUtf8() throws IOException {
        Path file = write("name\nOlá\nMünchen\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> EncodingCheck.require(file, StandardCharsets.UTF_8))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("import.encoding [2, UTF-8]");
    }

    @Test
    void findsABadByteFarBehind() throws IOException {
        byte[] bytes = "中文，一行\n".repeat(50_000).getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 2] = (byte) 0xFF;
        Path file = write(bytes);

        assertThatThrownBy(() -> EncodingCheck.require(file, StandardCharsets.UTF_8))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("import.encoding [50000, UTF-8]");
    }

    @Test
    void takesCharactersThatLieAcrossReads() throws IOException {
        Path file = write(("x" + "中😀".repeat(100_000)).getBytes(StandardCharsets.UTF_8));

        assertThatCode(() -> EncodingCheck.require(file, StandardCharsets.UTF_8))
                .doesNotThrowAnyException();
    }

    @Test
    void takesGb18030() throws IOException {
        Path file = write("名称,城市\n星河科技,重庆\n".getBytes(CsvFormat.GB18030));

        assertThatCode(() -> EncodingCheck.require(file, CsvFormat.GB18030)).doesNotThrowAnyException();
        assertThat(CsvSniffer.charset(file)).isEqualTo(CsvFormat.GB18030);
    }

    @Test
    void refusesATruncatedCharacterAtTheEnd() throws IOException {
        Path file = write(new byte[] {'a', '\n', (byte) 0xE4, (byte) 0xB8});

        assertThatThrownBy(() -> EncodingCheck.require(file, StandardCharsets.UTF_8))
                .hasMessageContaining("import.encoding [2, UTF-8]");
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        Path file = write(new byte[0]);

        assertThatThrownBy(() -> EncodingCheck.require(file, StandardCharsets.UTF_8))
                .hasMessageContaining("import.empty-file");
    }

    @Test
    void knowsASpreadsheetAndUtf16WhenItSeesThem() throws IOException {
        Path spreadsheet = write(new byte[] {'P', 'K', 3, 4, 0, 0});
        assertThatThrownBy(() -> EncodingCheck.require(spreadsheet, StandardCharsets.UTF_8))
                .hasMessageContaining("import.spreadsheet");

        Path utf16 = write("\uFEFFa,b\n".getBytes(StandardCharsets.UTF_16LE));
        assertThatThrownBy(() -> EncodingCheck.require(utf16, StandardCharsets.UTF_8))
                .hasMessageContaining("import.utf16");
    }

    @Test
    void doesNotTakeWesternTextForChinese() throws IOException {
        Path file = write("name\nRené Müller, Åse Sørensen\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(CsvSniffer.charset(file)).isEqualTo(StandardCharsets.UTF_8);
    }

    @Test
    void tellsTheDelimiterFromTheHeader() throws IOException {
        assertThat(delimiter("a;b;c\n1,2,3,4,5,6\n")).isEqualTo(';');
        assertThat(delimiter("a\tb\n")).isEqualTo('\t');
        assertThat(delimiter("\"a;b;c\",d\n")).isEqualTo(',');
        assertThat(delimiter("alone\n1\n")).isEqualTo(',');
    }

    private char delimiter(String text) throws IOException {
        return CsvSniffer.delimiter(write(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("file.csv"), bytes);
    }
}
