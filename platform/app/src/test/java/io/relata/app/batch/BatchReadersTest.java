package io.relata.app.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.relata.app.write.Answered;
import io.relata.core.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchReadersTest {

    private static final String TYPE = "multipart/mixed; boundary=b_1";

    /// As SAP UI5's model sends it.
    private static final String MULTIPART = """
            --b_1
            Content-Type:application/http
            Content-Transfer-Encoding:binary

            GET accounts?$filter=name eq 'x' HTTP/1.1
            Accept:application/json;odata.metadata=minimal


            --b_1
            Content-Type: multipart/mixed;boundary=c_2

            --c_2
            Content-Type:application/http
            Content-Transfer-Encoding:binary
            Content-ID:0.0

            PATCH accounts(019) HTTP/1.1
            If-Match:W/"3"
            Content-Type:application/json;charset=UTF-8;IEEE754Compatible=true
            Prefer:return=minimal

            {"name":"星河"}
            --c_2
            Content-Type:application/http
            Content-ID: 1

            DELETE $0/x HTTP/1.1

            --c_2--
            --b_1--
            """.replace("\n", "\r\n");

    @Test
    void readsMultipartWithChangesets() {
        List<Unit> units = MultipartBatch.read(body(MULTIPART), TYPE);

        assertThat(units).hasSize(2);
        Part get = units.getFirst().parts().getFirst();
        assertThat(units.getFirst().group()).isNull();
        assertThat(get.method()).isEqualTo("GET");
        assertThat(get.url()).isEqualTo("accounts?$filter=name eq 'x'");
        assertThat(get.body()).isEmpty();
        assertThat(units.get(1).group()).isEmpty();
        Part patch = units.get(1).parts().getFirst();
        assertThat(patch.id()).isEqualTo("0.0");
        assertThat(patch.headers()).containsEntry("if-match", "W/\"3\"").containsEntry("prefer", "return=minimal");
        assertThat(new String(patch.body(), StandardCharsets.UTF_8)).isEqualTo("{\"name\":\"星河\"}");
        assertThat(units.get(1).parts().get(1).id()).isEqualTo("1");
    }

    @Test
    void readsJsonWithGroupsAndDependencies() {
        List<Unit> units = JsonBatch.read(body("""
                {"requests": [
                  {"id": "a", "method": "get", "url": "accounts"},
                  {"id": "b", "atomicityGroup": "g", "method": "POST", "url": "accounts", "body": {"name": "A"}},
                  {"id": "c", "atomicityGroup": "g", "method": "DELETE", "url": "$b", "headers": {"If-Match": "*"}},
                  {"id": "d", "method": "GET", "url": "$b", "dependsOn": ["b", "g"]}]}"""));

        assertThat(units).extracting(Unit::group).containsExactly(null, "g", null);
        assertThat(units.get(1).parts()).extracting(Part::id).containsExactly("b", "c");
        assertThat(units.get(1).parts().getFirst().headers()).containsEntry("content-type", "application/json");
        assertThat(units.get(1).parts().get(1).headers()).containsEntry("if-match", "*");
        assertThat(units.getLast().parts().getFirst().dependsOn()).containsExactly("b", "g");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"requests\": [{\"method\": \"GET\", \"url\": \"x\"}]}",
                "{\"requests\": [{\"id\": \"1\", \"url\": \"x\"}]}",
                "{\"requests\": [{\"id\": \"1\", \"method\": \"GET\", \"url\": \"x\"}, {\"id\": \"1\", \"method\": \"GET\", \"url\": \"x\"}]}",
                "{\"requests\": [{\"id\": \"1\", \"method\": \"GET\", \"url\": \"x\", \"dependsOn\": [\"2\"]}]}",
                "{\"requests\": [{\"id\": \"1\", \"method\": \"GET\", \"url\": \"x\", \"headers\": 1}]}",
                "{\"requests\": [{\"id\": \"1\", \"atomicityGroup\": \"g\", \"method\": \"GET\", \"url\": \"x\"}, {\"id\": \"2\", \"method\": \"GET\", \"url\": \"x\"}, {\"id\": \"3\", \"atomicityGroup\": \"g\", \"method\": \"GET\", \"url\": \"x\"}]}",
            })
    void refusesWhatCannotBeMeant(String json) {
        assertThatThrownBy(() -> JsonBatch.read(body(json))).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--b_1\r\n\r\nx\r\n--b_1--",
                "--b_1\r\nContent-Type: text/plain\r\n\r\nGET x HTTP/1.1\r\n\r\n--b_1--",
                "--b_1\r\nContent-Type: application/http\r\n\r\nGET\r\n\r\n--b_1--",
                "--b_1\r\nContent-Type: multipart/mixed\r\n\r\nx\r\n--b_1--",
            })
    void refusesBrokenMultipart(String text) {
        assertThatThrownBy(() -> MultipartBatch.read(body(text), TYPE)).isInstanceOf(ProblemException.class);
    }

    @Test
    void takesNoMoreRequestsThanItSays() {
        String one = "--b_1\r\nContent-Type: application/http\r\n\r\nGET x HTTP/1.1\r\n\r\n";

        assertThat(MultipartBatch.read(body(one.repeat(Batches.MAX_PARTS) + "--b_1--"), TYPE))
                .hasSize(Batches.MAX_PARTS);
        assertThatThrownBy(() -> MultipartBatch.read(body(one.repeat(Batches.MAX_PARTS + 1) + "--b_1--"), TYPE))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void namesWhatEarlierRequestsMade() {
        References references = new References();
        Part made = new Part("1", "POST", "accounts", Map.of(), new byte[0], List.of());
        references.add(made, new Answered(201, Map.of("Location", "http://h/api/v1/data/accounts(7)"), new byte[0]));
        Part part = new Part(
                "2",
                "POST",
                "$1/contacts",
                Map.of(),
                "{\"account@odata.bind\": \"$1\", \"children\": [{\"x@odata.bind\": \"$9\"}], \"name\": \"$1\"}"
                        .getBytes(StandardCharsets.UTF_8),
                List.of());

        Part resolved = references.resolved(part);

        assertThat(resolved.url()).isEqualTo("http://h/api/v1/data/accounts(7)/contacts");
        assertThat(new String(resolved.body(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"account@odata.bind\":\"http://h/api/v1/data/accounts(7)\",\"children\":[{\"x@odata.bind\":\"$9\"}],\"name\":\"$1\"}");
    }

    @Test
    void writesWhatItsOwnReaderUnderstands() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MultipartAnswer answer = new MultipartAnswer(out, "b_1");
        Part part = new Part("1", "GET", "x", Map.of(), new byte[0], List.of());
        Answered ok =
                new Answered(200, Map.of("Content-Type", "application/json"), "{}".getBytes(StandardCharsets.UTF_8));
        answer.take(new Unit(null, List.of(part)), List.of(ok));
        answer.take(new Unit("", List.of(part, part)), List.of(ok, new Answered(204, Map.of(), new byte[0])));
        answer.take(new Unit("", List.of(part, part)), List.of(new Answered(422, Map.of(), new byte[0])));
        answer.end();

        List<Unit> units = MultipartBatch.read(new ByteArrayInputStream(out.toByteArray()), TYPE);

        assertThat(units).extracting(unit -> unit.parts().size()).containsExactly(1, 2, 1);
        assertThat(units.getFirst().parts().getFirst().url()).isEqualTo("200 OK");
        assertThat(new String(units.getFirst().parts().getFirst().body(), StandardCharsets.UTF_8))
                .isEqualTo("{}");
    }

    private static InputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
