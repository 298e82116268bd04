package io.relata.app.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.relata.core.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MultipartTest {

    private static final String TYPE = "multipart/form-data; boundary=\"x7\"";

    @Test
    void handsPartsOnInTheirOrder() throws IOException {
        assertThat(parts(TYPE, """
                --x7
                Content-Disposition: form-data; name="file"; filename="deals 1.csv"
                Content-Type: text/csv

                a,b
                x --x7 is no boundary here
                1,2
                --x7
                content-disposition: form-data; name=mapping

                {}
                --x7--
                """))
                .containsExactly("file|deals 1.csv|a,b\r\nx --x7 is no boundary here\r\n1,2", "mapping|null|{}");
    }

    @Test
    void goesOnBehindAPartThatNobodyReads() throws IOException {
        List<String> names = new ArrayList<>();

        Multipart.read(body("""
                --x7
                Content-Disposition: form-data; name="a"

                unread
                --x7
                Content-Disposition: form-data; name="b"

                unread
                --x7--
                """), TYPE, part -> names.add(part.name()));

        assertThat(names).containsExactly("a", "b");
    }

    @Test
    void readsALargePartAsItComes() throws IOException {
        long[] size = {0};
        byte[] head = "--x7\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        byte[] tail = "\r\n--x7--\r\n".getBytes(StandardCharsets.UTF_8);
        InputStream body = new SequenceInputStream(
                new SequenceInputStream(new ByteArrayInputStream(head), new ByteArrayInputStream(new byte[5_000_000])),
                new ByteArrayInputStream(tail));

        Multipart.read(body, TYPE, part -> size[0] = part.content().transferTo(OutputStream.nullOutputStream()));

        assertThat(size[0]).isEqualTo(5_000_000);
    }

    @Test
    void refusesWhatIsNoCompleteForm() {
        String part = "--x7\nContent-Disposition: form-data; name=\"file\"\n\nabc";

        assertMalformed(TYPE, part);
        assertMalformed(TYPE, part.replace("; name=\"file\"", "") + "\n--x7--\n");
        assertMalformed(TYPE, "--x7\n" + "X: y\n".repeat(5_000) + "\n\n--x7--\n");
        assertMalformed(TYPE, (part + "\n").repeat(30) + "--x7--\n");
        assertMalformed("multipart/form-data", part + "\n--x7--\n");
    }

    private static void assertMalformed(String type, String text) {
        assertThatThrownBy(() -> parts(type, text))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("import.malformed-form");
    }

    private static List<String> parts(String type, String text) throws IOException {
        List<String> parts = new ArrayList<>();
        Multipart.read(body(text), type, part -> {
            String content = new String(part.content().readAllBytes(), StandardCharsets.UTF_8);
            parts.add(part.name() + "|" + part.fileName() + "|" + content);
        });
        return parts;
    }

    private static InputStream body(String text) {
        return new ByteArrayInputStream(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }
}
