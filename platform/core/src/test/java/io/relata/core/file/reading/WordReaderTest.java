package io.relata.core.file.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/// Words in files, and files that are made to harm who reads them.
class WordReaderTest {

    private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";
    private static final String DOCUMENT = OFFICE + "wordprocessingml.document";

    private final WordReader reader = new WordReader();

    @Test
    void readsDocuments() throws IOException {
        assertThat(read(DOCUMENT, zip("word/document.xml", """
                <w:document xmlns:w="w"><w:body><w:p><w:r><w:t>Lease of the ware</w:t></w:r><w:r><w:t>house</w:t></w:r></w:p>
                <w:p><w:r><w:t>租赁</w:t><w:tab/><w:t>合同</w:t></w:r></w:p></w:body></w:document>"""))).isEqualTo("Lease of the warehouse 租赁 合同");
        assertThat(read("application/vnd.oasis.opendocument.text", zip("content.xml", """
                <o xmlns:text="t"><text:p>one</text:p><text:p>two<text:s/>three</text:p></o>""")))
                .isEqualTo("one two three");
    }

    @Test
    void readsSheetsWithTheirNumbersAndWithoutTheirMachinery() throws IOException {
        byte[] sheet = zip(
                "xl/sharedStrings.xml",
                "<sst><si><t>Invoice</t></si><si><t>Due</t></si></sst>",
                "xl/worksheets/sheet1.xml",
                "<worksheet><c t=\"s\"><v>1</v></c><c><f>SUM(A1)</f><v>4711.5</v></c>"
                        + "<c t=\"inlineStr\"><is><t>inline</t></is></c></worksheet>");
        assertThat(read(OFFICE + "spreadsheetml.sheet", sheet)).isEqualTo("Invoice Due 4711.5 inline");
    }

    @Test
    void readsPagesWithoutTheirScripts() throws IOException {
        assertThat(read("text/html", """
                <html><head><style>p{color:red}</style><script>var hidden = 1;</script></head>
                <body><p>Offer &amp; terms</p><p>报价</p></body></html>""")).contains("Offer & terms", "报价").doesNotContain("hidden", "color");
    }

    @Test
    void readsTextsAndNothingInPicturesOrBrokenFiles() throws IOException {
        assertThat(read("text/plain", "one\n\n\ttwo\0 three")).isEqualTo("one two three");
        assertThat(read("text/csv", "😀".repeat(WordReader.MOST_CHARACTERS))).hasSize(WordReader.MOST_CHARACTERS);
        assertThat(read("image/png", "anything")).isEmpty();
        assertThat(read("application/pdf", "%PDF-1.7 and nothing else")).isEmpty();
        assertThat(read(DOCUMENT, "PK no archive")).isEmpty();
    }

    @Test
    void readsNoMoreThanIsUnpackedWithinReason() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.BEST_COMPRESSION);
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            zip.write("<w:p>".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 300; i++) {
                zip.write(blanks);
            }
            zip.write("end</w:p>".getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(out.size()).isLessThan(1 << 20);
        assertThat(reader.read(DOCUMENT, out.size(), new ByteArrayInputStream(out.toByteArray())))
                .isEmpty();
    }

    @Test
    void fetchesNothingAndExpandsNothing() throws IOException {
        String laughs = "<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]><p>&a;&b;root</p>";
        assertThat(read(DOCUMENT, zip("word/document.xml", laughs))).doesNotContain("root:", "haha");
    }

    /// A cross-reference stream of 4 GB, in 4 MB.
    @Test
    void survivesAPdfThatUnpacksToMoreThanThereIsRoomFor() throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater =
                new DeflaterOutputStream(stream, new Deflater(Deflater.BEST_COMPRESSION))) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 1_024; i++) {
                deflater.write(zeros);
            }
        }
        String head = "%PDF-1.7\n1 0 obj\n<</Type/XRef/Size 9/W[1 2 1]/Root 2 0 R/Filter/FlateDecode/Length "
                + stream.size() + ">>\nstream\n";
        String tail = "\nendstream\nendobj\nstartxref\n9\n%%EOF\n";
        byte[] pdf = new SequenceInputStream(Collections.enumeration(java.util.List.<InputStream>of(
                        bytes(head), new ByteArrayInputStream(stream.toByteArray()), bytes(tail))))
                .readAllBytes();
        assertThat(reader.read("application/pdf", pdf.length, new ByteArrayInputStream(pdf)))
                .isEmpty();
    }

    @Test
    void waitsNoLongerThanItsPatience() throws IOException {
        WordReader hasty = new WordReader(Duration.ofMillis(1));
        assertThat(hasty.read(DOCUMENT, 1, new ByteArrayInputStream(zip("word/document.xml", "<p>late</p>"))))
                .isEmpty();
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private String read(String type, String content) throws IOException {
        return read(type, content.getBytes(StandardCharsets.UTF_8));
    }

    private String read(String type, byte[] content) throws IOException {
        return reader.read(type, content.length, new ByteArrayInputStream(content));
    }

    private static byte[] zip(String... namesAndContents) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[i]));
                zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }
}
