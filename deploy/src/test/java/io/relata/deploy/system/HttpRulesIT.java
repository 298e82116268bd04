package io.relata.deploy.system;

import static io.relata.deploy.system.Api.query;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// What HTTP and OData expect of every server: methods, media types, encodings, addresses.
@ExtendWith(ProductExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpRulesIT {

    private static final String ACCOUNTS = "/api/v1/data/accounts";
    private static final String[] AS_ODATA = {
        "OData-MaxVersion", "4.0", "Accept", "application/json;odata.metadata=minimal"
    };

    private final Api api;

    HttpRulesIT(Product product) {
        this.api = product.newTenant().api();
    }

    @Test
    void answersHeadLikeGetWithoutABody() {
        Api.Answer head = api.send("HEAD", ACCOUNTS, BodyPublishers.noBody());
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.text()).isEmpty();
        assertThat(head.header("Content-Type")).isEqualTo(api.get(ACCOUNTS).header("Content-Type"));
    }

    @Test
    void namesTheMethodsThatAnAddressHas() {
        Api.Answer options = api.send("OPTIONS", ACCOUNTS, BodyPublishers.noBody());
        assertThat(options.status()).isEqualTo(200);
        assertThat(methods(options)).contains("GET", "HEAD", "POST", "OPTIONS").doesNotContain("DELETE");
        Api.Answer refused = api.delete(ACCOUNTS);
        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.problem()).isEqualTo("method-not-allowed");
        assertThat(methods(refused)).contains("GET", "POST").doesNotContain("DELETE");
    }

    @Test
    void refusesAFormItCannotSendBeforeAnythingIsDone() {
        Api.Answer answer = api.post(ACCOUNTS, Map.of("name", "Never"), "Accept", "text/html");
        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.problem()).isEqualTo("not-acceptable");
        assertThat(api.get(ACCOUNTS + "/$count" + query("$filter", "name eq 'Never'"))
                        .text())
                .isEqualTo("0");
        for (String accept : List.of("*/*", "application/*", "text/html, */*;q=0.1", "application/json;q=0.5")) {
            assertThat(api.get(ACCOUNTS, "Accept", accept).status()).as(accept).isEqualTo(200);
        }
        assertThat(api.get("/api/v1/data/$metadata", "Accept", "application/xml")
                        .status())
                .isEqualTo(200);
        assertThat(api.get(ACCOUNTS + "/$count", "Accept", "text/plain").status())
                .isEqualTo(200);
    }

    @Test
    void refusesAVersionBefore4() {
        Api.Answer answer = api.get(ACCOUNTS, "OData-MaxVersion", "3.0", "Accept", "application/problem+json");
        assertThat(answer.status()).isEqualTo(406);
        assertThat(api.get(ACCOUNTS, "OData-MaxVersion", "4.01").header("OData-Version"))
                .startsWith("4.0");
    }

    @Test
    void refusesABodyThatIsNoJson() {
        for (String type : List.of("text/plain", "application/xml", "application/x-www-form-urlencoded")) {
            assertThat(api.send(
                                    "POST",
                                    ACCOUNTS,
                                    BodyPublishers.ofString("{\"name\":\"No JSON\"}"),
                                    "Content-Type",
                                    type)
                            .status())
                    .as(type)
                    .isEqualTo(415);
        }
        assertThat(api.get(ACCOUNTS + "/$count" + query("$filter", "name eq 'No JSON'"))
                        .text())
                .isEqualTo("0");
    }

    @Test
    void takesACompressedBody() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write("{\"name\":\"星河\"}".getBytes(StandardCharsets.UTF_8));
        }
        Api.Answer answer = api.send(
                "POST",
                ACCOUNTS,
                BodyPublishers.ofByteArray(compressed.toByteArray()),
                "Content-Type",
                "application/json",
                "Content-Encoding",
                "gzip");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.json().path("name").asText()).isEqualTo("星河");
    }

    @Test
    void understandsAddressesAsClientsEncodeThem() {
        String id =
                api.post(ACCOUNTS, Map.of("name", "Globex")).json().path("id").asText();
        for (String path : List.of(
                ACCOUNTS + "(" + id + ")",
                ACCOUNTS + "%28" + id + "%29",
                "/api/v1/data/%61ccounts(" + id + ")",
                ACCOUNTS + "?%24filter=name%20eq%20%27Globex%27&%24top=1",
                ACCOUNTS + "?$filter=name+eq+'Globex'",
                ACCOUNTS + "/?$top=1",
                ACCOUNTS + "/$count",
                ACCOUNTS + "/%24count",
                ACCOUNTS + "/$count/",
                "/api/v1/data",
                "/api/v1/data/",
                "/api/v1/data/%24metadata")) {
            assertThat(api.get(path).status()).as(path).isEqualTo(200);
        }
        assertThat(api.get(ACCOUNTS + "/$Count").status()).isEqualTo(404);
    }

    @Test
    void tellsODatasClientsWhatIsWrongInTheirForm() {
        Api.Answer invalid = api.sendJson("POST", ACCOUNTS, Map.of("employees", "many"), AS_ODATA);
        assertThat(invalid.status()).isEqualTo(422);
        assertThat(invalid.header("Content-Type")).startsWith("application/json");
        assertThat(invalid.header("OData-Version")).isEqualTo("4.0");
        assertThat(invalid.json().size()).isOne();
        JsonNode error = invalid.json().path("error");
        assertThat(error.path("code").asText()).isEqualTo("validation");
        assertThat(error.path("message").asText()).isNotBlank();
        assertThat(error.path("details").findValuesAsText("target")).contains("name", "employees");
        assertThat(api.get("/api/v1/data/nosuchset", AS_ODATA)
                        .json()
                        .at("/error/code")
                        .asText())
                .isEqualTo("unknown-entity");
        assertThat(api.get("/api/v1/nosuchroute", AS_ODATA).problem()).isEqualTo("not-found");
        assertThat(api.get("/api/v1/data/nosuchset", "Accept", "application/json")
                        .problem())
                .isEqualTo("unknown-entity");
    }

    private static List<String> methods(Api.Answer answer) {
        return List.of(answer.header("Allow").split("\\s*,\\s*"));
    }
}
