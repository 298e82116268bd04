package io.relata.deploy.system;

import static io.relata.deploy.system.Api.query;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Whatever is sent: a clear answer, nothing written, the server unharmed.
@ExtendWith(ProductExtension.class)
class BadInputIT {

    private static final String ACCOUNTS = "/api/v1/data/accounts";
    private static final List<String> TEXT_TYPES = List.of("text", "longText", "email", "phone", "url");

    private final Product product;
    private final Product.TestTenant tenant;
    private final Api api;

    BadInputIT(Product product) {
        this.product = product;
        this.tenant = product.newTenant();
        this.api = tenant.api();
    }

    @AfterEach
    void theServerIsUnharmed() {
        assertThat(product.anonymous().get("/health").status()).isEqualTo(200);
    }

    @Test
    void namesThePlaceOfMalformedJson() {
        Api.Answer answer = api.post(ACCOUNTS, "{\"name\": \"Globex\",, }");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("malformed-json");
        assertThat(api.post(ACCOUNTS, "[]").status()).isEqualTo(400);
        assertThat(api.post(ACCOUNTS, "{\"name\":\"a\",\"name\":\"b\"}").status())
                .isEqualTo(400);
        assertThat(api.post(ACCOUNTS, "[".repeat(50_000)).status()).isEqualTo(400);
        assertThat(accounts()).isZero();
    }

    @Test
    void namesEveryViolationAtOnce() {
        Api.Answer answer = api.post(
                ACCOUNTS,
                "{\"name\":\"\",\"employees\":\"many\",\"nosuchfield\":1,\"sector\":\"nosuchsector\",\"email\":7}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("validation");
        List<String> fields = answer.json().path("violations").findValuesAsText("field");
        assertThat(fields).contains("name", "employees", "nosuchfield", "sector");
        assertThat(accounts()).isZero();
    }

    @Test
    void speaksTheCallersLanguage() {
        Api.Answer answer = api.post(ACCOUNTS, "{}", "Accept-Language", "zh-CN");
        assertThat(answer.json().path("violations").path(0).path("message").asText())
                .containsPattern("\\p{IsHan}");
    }

    @Test
    void refusesTooLongATextAndTooLargeABody() {
        Api.Answer tooLong = api.post(ACCOUNTS, Map.of("name", "x".repeat(5_000)));
        assertThat(tooLong.status()).isEqualTo(422);
        assertThat(tooLong.json().path("violations").path(0).path("field").asText())
                .isEqualTo("name");
        assertThat(api.post(ACCOUNTS, Map.of("name", "x".repeat(3_000_000))).status())
                .isEqualTo(413);
        assertThat(accounts()).isZero();
    }

    @Test
    void refusesALookupToAnotherTenantsRecord() {
        String foreign = product.newTenant()
                .api()
                .post(ACCOUNTS, Map.of("name", "Theirs"))
                .json()
                .path("id")
                .asText();
        Api.Answer answer = api.post("/api/v1/data/contacts", Map.of("name", "Ada", "accountId", foreign));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("violations").path(0).path("field").asText())
                .isEqualTo("accountId");
    }

    @Test
    void refusesUnknownEntitiesQueriesAndMediaTypes() {
        assertThat(api.get("/api/v1/data/nosuchset").problem()).isEqualTo("unknown-entity");
        for (String filter : List.of(
                "nosuchfield eq 1",
                "employees eq 'many'",
                "name eq",
                "name eq 'a' or",
                "(".repeat(5_000),
                "name eq '" + "x".repeat(20_000) + "'")) {
            Api.Answer answer = api.get(ACCOUNTS + query("$filter", filter));
            assertThat(answer.status()).as("%.60s", filter).isIn(400, 414);
        }
        assertThat(api.get(ACCOUNTS + query("$top", "-1")).status()).isEqualTo(400);
        assertThat(api.get(ACCOUNTS + query("$skiptoken", "garbage")).status()).isEqualTo(400);
        assertThat(api.get(ACCOUNTS + query("$nosuchoption", "1")).status()).isEqualTo(400);
        assertThat(api.get(ACCOUNTS + "(not-a-uuid)").status()).isIn(400, 404);
        assertThat(api.send("POST", ACCOUNTS, BodyPublishers.ofString("name=x"), "Content-Type", "text/plain")
                        .status())
                .isEqualTo(415);
        assertThat(api.sendJson("PUT", ACCOUNTS, Map.of()).status()).isEqualTo(405);
        assertThat(api.get("/api/v1/nosuchroute").status()).isEqualTo(404);
    }

    /// The server hangs up while the client may still be sending: then the refusal may not arrive, but nothing else
    /// may.
    @Test
    void survivesARequestLineThatIsTooLong() {
        assertThat(statusUnlessHungUp(ACCOUNTS + query("$filter", "(".repeat(20_000))))
                .isIn(List.of(), List.of(400), List.of(414));
        assertThat(api.get(ACCOUNTS).status()).isEqualTo(200);
    }

    private List<Integer> statusUnlessHungUp(String path) {
        try {
            return List.of(api.get(path).status());
        } catch (UncheckedIOException hungUp) {
            return List.of();
        }
    }

    @Test
    void takesEveryNaughtyStringInEveryTextFieldOrSaysWhyNot() throws IOException {
        List<String> strings = naughtyStrings();
        for (JsonNode entity : api.get("/api/v1/metadata").json().path("entities")) {
            String set = "/api/v1/data/" + entity.path("setName").asText();
            for (String text : strings) {
                Map<String, Object> record = naughtyRecord(entity, text);
                Api.Answer answer = api.post(set, record);
                assertThat(answer.status()).as("%s: %s", text, answer.text()).isIn(201, 422);
                if (answer.status() == 201) {
                    keepsTextAsSent(entity, record, answer.json());
                } else {
                    assertThat(answer.json().path("violations").size()).isPositive();
                }
            }
        }
    }

    @Test
    void neverRunsANaughtyStringAsAQuery() throws IOException {
        for (String text : naughtyStrings()) {
            Api.Answer filtered = api.get(ACCOUNTS + query("$filter", "name eq '" + text.replace("'", "''") + "'"));
            assertThat(filtered.status()).as(text).isIn(200, 400);
            assertThat(api.get(ACCOUNTS + query("$search", text)).status())
                    .as(text)
                    .isIn(200, 400);
        }
    }

    private static void keepsTextAsSent(JsonNode entity, Map<String, Object> sent, JsonNode stored) {
        for (JsonNode field : entity.path("fields")) {
            String property = field.path("property").asText();
            if (List.of("text", "longText").contains(field.path("type").asText()) && sent.containsKey(property)) {
                assertThat(stored.path(property).asText().strip())
                        .isEqualTo(String.valueOf(sent.get(property)).strip());
            }
        }
    }

    private static Map<String, Object> naughtyRecord(JsonNode entity, String text) {
        Map<String, Object> record = new HashMap<>();
        for (JsonNode field : entity.path("fields")) {
            if (TEXT_TYPES.contains(field.path("type").asText())
                    && !field.path("readOnly").asBoolean()) {
                record.put(field.path("property").asText(), text);
            }
        }
        return record;
    }

    private static List<String> naughtyStrings() throws IOException {
        try (InputStream list =
                Objects.requireNonNull(BadInputIT.class.getResourceAsStream("/naughty-strings/blns.json"))) {
            List<String> strings = new ArrayList<>();
            Api.JSON
                    .readTree(new String(list.readAllBytes(), StandardCharsets.UTF_8))
                    .forEach(node -> strings.add(node.asText()));
            assertThat(strings).hasSizeGreaterThan(500);
            return strings;
        }
    }

    private long accounts() {
        return api.get(ACCOUNTS + query("$count", "true", "$top", "1"))
                .json()
                .path("@odata.count")
                .asLong(-1);
    }
}
