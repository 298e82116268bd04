package io.relata.app.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    @Test
    void readsScalarsExactly() {
        Map<String, Object> values = JsonReader.values(body("""
                {"text": "星河\\u0021", "yes": true, "no": false, "none": null, "long": 9007199254740993,
                 "big": 123456789012345678901234567890, "decimal": 0.10, "exponent": 1e3}"""));
        assertThat(values)
                .containsEntry("text", "星河!")
                .containsEntry("yes", true)
                .containsEntry("no", false)
                .containsEntry("none", null)
                .containsEntry("long", 9007199254740993L)
                .containsEntry("big", new BigDecimal("123456789012345678901234567890"))
                .containsEntry("decimal", new BigDecimal("0.10"))
                .containsEntry("exponent", new BigDecimal("1e3"));
        assertThat(values.keySet()).containsExactly("text", "yes", "no", "none", "long", "big", "decimal", "exponent");
    }

    @Test
    void keepsNestedValuesForWhoeverJudgesThem() {
        assertThat(JsonReader.values(body("{\"a\": {\"b\": [1, {\"d\": null}]}, \"c\": 1}"))
                        .get("a"))
                .hasToString("{b=[1, {d=null}]}");
    }

    @Test
    void handsOnTheItemsOfAnArrayOneByOne() {
        List<String> items = new ArrayList<>();
        JsonReader.items(
                body("{\"items\": [{\"a\": 1}, {\"b\": {\"c\": \"x\"}}]}"),
                100,
                "items",
                item -> items.add(item.toString()));
        assertThat(items).containsExactly("{a=1}", "{b={c=x}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"items\": 1}",
                "{\"other\": []}",
                "{\"items\": [1]}",
                "{\"items\": [{}, []]}",
                "{\"items\": [], \"more\": 1}",
                "{\"items\": [{}",
                "{\"items\": []} {}",
            })
    void refusesWhatIsNotOneArrayOfObjects(String json) {
        assertThatThrownBy(() -> JsonReader.items(body(json), 1_000, "items", item -> {}))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void refusesAnArrayThatIsTooLarge() {
        assertThatThrownBy(() -> JsonReader.items(body("{\"items\": [{\"a\": 1}]}"), 10, "items", item -> {}))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ProblemCode.TOO_LARGE));
    }

    @Test
    void readsTrees() {
        assertThat(JsonReader.tree(body("{\"name\": \"c_site\", \"fields\": [{\"scale\": 2}]}"))
                        .at("/fields/0/scale")
                        .intValue())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\": }",
                "{\"a\": 1,}",
                "{'a': 1}",
                "{\"a\": 01}",
                "{\"a\": NaN}",
                "{\"a\": 1} {}",
                "{\"a\": 1} x",
                "[]",
                "[{\"a\": 1}]",
                "\"text\"",
                "1",
                "null",
                "{\"a\": 1, \"a\": 2}",
                "{\"a\": {\"b\": 1, \"b\": 2}}",
                "{\"a\": \"line\nbreak\"}",
                "{\"a\": 1e999999999}",
                "{\"a\": 1e-999999999}",
                "{\"a\": /* comment */ 1}",
            })
    void refusesWhatIsNotOneProperObject(String json) {
        refused(ProblemCode.MALFORMED_JSON, body(json));
        assertThatThrownBy(() -> JsonReader.tree(body(json.contains("999") ? "[" : json)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void namesThePlaceOfTheFault() {
        assertThat(refused(ProblemCode.MALFORMED_JSON, body("{\n  \"a\": x\n}")).extras())
                .containsEntry("line", 2)
                .containsEntry("column", 8);
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        byte[] gb18030 = {'{', '"', 'a', '"', ':', '"', (byte) 0xd0, (byte) 0xc7, '"', '}'};
        refused(ProblemCode.MALFORMED_JSON, new ByteArrayInputStream(gb18030));
    }

    @Test
    void refusesDeepNesting() {
        refused(ProblemCode.MALFORMED_JSON, body("{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}"));
    }

    @Test
    void refusesNumbersWithThousandsOfDigits() {
        refused(ProblemCode.MALFORMED_JSON, body("{\"a\": " + "9".repeat(5000) + "}"));
    }

    @Test
    void refusesBodiesThatAreTooLarge() {
        refused(ProblemCode.TOO_LARGE, body("{\"a\": \"" + "x".repeat(JsonReader.MAX_BYTES) + "\"}"));
        refused(ProblemCode.TOO_LARGE, body(" ".repeat(JsonReader.MAX_BYTES + 1)));
    }

    @Test
    void readsNoMoreThanItTakes() {
        CountingInput endless = new CountingInput();
        refused(ProblemCode.TOO_LARGE, endless);
        assertThat(endless.read).isLessThan(2L * JsonReader.MAX_BYTES);
    }

    private static ProblemException refused(ProblemCode code, InputStream body) {
        try {
            JsonReader.values(body);
        } catch (ProblemException refusal) {
            assertThat(refusal.code()).isEqualTo(code);
            return refusal;
        }
        throw new AssertionError("was accepted");
    }

    private static InputStream body(String json) {
        return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    }

    private static final class CountingInput extends InputStream {

        private long read;

        @Override
        public int read() {
            read++;
            return ' ';
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            Arrays.fill(buffer, offset, offset + length, (byte) ' ');
            read += length;
            return length;
        }
    }
}
