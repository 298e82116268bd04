package io.relata.deploy.system;

import static io.relata.deploy.system.Api.query;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Writing beyond one record at a time, over HTTP.
@ExtendWith(ProductExtension.class)
class WritingIT {

    private static final String ACCOUNTS = "/api/v1/data/accounts";

    private final Api api;

    WritingIT(Product product) {
        this.api = product.newTenant().api();
    }

    @Test
    void upsertsByKeyAndKeepsConditions() {
        String record = ACCOUNTS + "(number='O''Neil%201')";

        Api.Answer made = api.patch(record, Map.of("name", "A"));
        Api.Answer changed = api.patch(record, Map.of("employees", 5), "Prefer", "return=minimal");
        Api.Answer again = api.patch(record, Map.of("name", "B"), "If-None-Match", "*");
        Api.Answer missing = api.patch(ACCOUNTS + "(number='none')", Map.of("name", "B"), "If-Match", "*");
        Api.Answer replaced = api.sendJson("PUT", record, Map.of("name", "C"));

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(changed.status()).isEqualTo(204);
        assertThat(changed.header("ETag")).isEqualTo("W/\"2\"");
        assertThat(changed.header("Preference-Applied")).isEqualTo("return=minimal");
        assertThat(again.status()).isEqualTo(412);
        assertThat(again.json().path("current").path("name").asText()).isEqualTo("A");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(replaced.json().path("employees").isNull())
                .as(replaced.text())
                .isTrue();
        assertThat(replaced.json().path("number").asText()).isEqualTo("O'Neil 1");
        assertThat(api.get(record).json().path("name").asText()).isEqualTo("C");
        assertThat(api.delete(record).status()).isEqualTo(204);
        assertThat(api.get(record).status()).isEqualTo(404);
        assertThat(api.get(ACCOUNTS + "(name='C')").status()).isEqualTo(422);
    }

    @Test
    void writesManyAndSaysWhatBecameOfEach() {
        List<Map<String, Object>> items = IntStream.range(0, 3_000)
                .<Map<String, Object>>mapToObj(i -> Map.of("op", "create", "values", Map.of("name", "Bulk " + i)))
                .toList();

        Api.Answer whole = api.post(ACCOUNTS + "/Relata.bulk", Map.of("items", items));
        Api.Answer mixed = api.post(
                ACCOUNTS + "/Relata.bulk",
                Map.of(
                        "items",
                        List.of(
                                Map.of("op", "create", "values", Map.of("name", "Good")),
                                Map.of("op", "create", "values", Map.of("nme", "Bad")))),
                "Prefer",
                "continue-on-error");

        assertThat(whole.status()).as(whole.text()).isEqualTo(200);
        assertThat(whole.json().path("created").asInt()).isEqualTo(3_000);
        assertThat(mixed.json().path("value").path(0).path("status").asInt()).isEqualTo(201);
        assertThat(mixed.json().path("value").path(1).path("status").asInt()).isEqualTo(422);
        assertThat(mixed.json().at("/value/1/problem/violations/0/field").asText())
                .isEqualTo("nme");
    }

    @Test
    void createsARecordWithWhatBelongsToItOrNothing() {
        Api.Answer made = api.post(
                ACCOUNTS,
                Map.of(
                        "name",
                        "Deep",
                        "opportunities",
                        List.of(Map.of("name", "First"), Map.of("name", "Second", "amount", 250))));
        String id = made.json().path("id").asText();
        Api.Answer bound = api.post(
                "/api/v1/data/contacts", Map.of("name", "Bound", "account@odata.bind", "accounts(" + id + ")"));
        Api.Answer refused = api.post(
                ACCOUNTS,
                Map.of(
                        "name",
                        "Deep too",
                        "opportunities",
                        List.of(Map.of("name", "Good"), Map.of("name", "Bad", "amount", -1))));

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().path("opportunities").findValuesAsText("accountId"))
                .containsExactly(id, id);
        assertThat(bound.json().path("accountId").asText()).as(bound.text()).isEqualTo(id);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/violations/0/field").asText()).isEqualTo("opportunities[1].amount");
        assertThat(count("name eq 'Deep too'")).isZero();
    }

    @Test
    void answersARequestSentAgainAsTheFirstTime() {
        String key = UUID.randomUUID().toString();
        Map<String, Object> body = Map.of("name", "Once");

        Api.Answer first = api.post(ACCOUNTS, body, "Idempotency-Key", key);
        Api.Answer second = api.post(ACCOUNTS, body, "Idempotency-Key", key);
        Api.Answer other = api.post(ACCOUNTS, Map.of("name", "Other"), "Idempotency-Key", key);

        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(count("name eq 'Once'")).isEqualTo(1);
    }

    @Test
    void takesAFileThatIsSentAgainOnce() {
        String key = UUID.randomUUID().toString();
        String mapping = """
                {"entity": "account", "columns": [{"column": "name", "field": "name"}]}""";
        byte[] csv = "name\nFrom a file\n".getBytes(StandardCharsets.UTF_8);

        Api.Answer first = api.upload("/api/v1/imports", mapping, "a.csv", csv, "Idempotency-Key", key);
        Api.Answer second = api.upload("/api/v1/imports", mapping, "a.csv", csv, "Idempotency-Key", key);
        Api.Answer other = api.upload(
                "/api/v1/imports",
                mapping,
                "a.csv",
                "name\nAnother\n".getBytes(StandardCharsets.UTF_8),
                "Idempotency-Key",
                key);

        assertThat(first.status()).as(first.text()).isEqualTo(202);
        assertThat(second.status()).as(second.text()).isEqualTo(202);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(other.status()).isEqualTo(422);
        JsonNode job = Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> api.get("/api/v1/imports/"
                                        + first.json().path("id").asText())
                                .json(),
                        body -> body.has("finishedAt"));
        assertThat(job.path("state").asText()).isEqualTo("done");
        assertThat(count("name eq 'From a file'")).isEqualTo(1);
        assertThat(api.get("/api/v1/imports").json().path("value")).hasSize(1);
    }

    @Test
    void answersABatchInMultipart() {
        String body = """
                --b
                Content-Type: application/http
                Content-Transfer-Encoding: binary

                GET accounts?$filter=name eq 'nobody' HTTP/1.1
                Accept: application/json

                --b
                Content-Type: multipart/mixed; boundary=c

                --c
                Content-Type: application/http
                Content-Transfer-Encoding: binary
                Content-ID: 1

                POST accounts HTTP/1.1
                Content-Type: application/json;charset=UTF-8;IEEE754Compatible=true

                {"name":"Batch"}
                --c
                Content-Type: application/http
                Content-Transfer-Encoding: binary
                Content-ID: 2

                PATCH $1 HTTP/1.1
                Content-Type: application/json
                If-Match: W/"1"
                Prefer: return=minimal

                {"employees":7}
                --c--
                --b--
                """.replace("\n", "\r\n");

        Api.Answer answer = api.send(
                "POST",
                "/api/v1/data/$batch",
                BodyPublishers.ofString(body),
                "Content-Type",
                "multipart/mixed; boundary=b");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("multipart/mixed");
        assertThat(answer.text())
                .contains("HTTP/1.1 200 OK", "HTTP/1.1 201 Created", "HTTP/1.1 204 No Content", "Content-ID: 2");
        assertThat(count("name eq 'Batch' and employees eq 7")).isEqualTo(1);
    }

    @Test
    void leavesNothingOfAGroupThatFails() {
        Map<String, Object> batch = Map.of(
                "requests",
                List.of(
                        Map.of(
                                "id",
                                "1",
                                "atomicityGroup",
                                "g",
                                "method",
                                "POST",
                                "url",
                                "accounts",
                                "body",
                                Map.of("name", "Group")),
                        Map.of(
                                "id",
                                "2",
                                "atomicityGroup",
                                "g",
                                "method",
                                "POST",
                                "url",
                                "accounts",
                                "body",
                                Map.of("nme", "x")),
                        Map.of("id", "3", "method", "GET", "url", "accounts/$count", "dependsOn", List.of("g")),
                        Map.of("id", "4", "method", "GET", "url", "accounts/$count")));

        JsonNode answers = api.post("/api/v1/data/$batch", batch, "Prefer", "continue-on-error")
                .json()
                .path("responses");

        assertThat(answers).extracting(answer -> answer.path("status").asInt()).containsExactly(422, 422, 424, 200);
        assertThat(count("name eq 'Group'")).isZero();
    }

    @Test
    void doesABatchThatIsSentAgainOnce() {
        String key = UUID.randomUUID().toString();
        Map<String, Object> batch = Map.of(
                "requests",
                List.of(
                        Map.of("id", "1", "method", "POST", "url", "accounts", "body", Map.of("name", "Again")),
                        Map.of("id", "2", "method", "PATCH", "url", "$1", "body", Map.of("employees", 1))));

        Api.Answer first = api.post("/api/v1/data/$batch", batch, "Idempotency-Key", key);
        Api.Answer second = api.post("/api/v1/data/$batch", batch, "Idempotency-Key", key);

        assertThat(first.json().path("responses"))
                .extracting(answer -> answer.path("status").asInt())
                .containsExactly(201, 200);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(count("name eq 'Again'")).isEqualTo(1);
    }

    @Test
    void changesAndExportsAllThatMatch() {
        for (int i = 0; i < 3; i++) {
            api.post(ACCOUNTS, Map.of("name", "Job " + i, "employees", i));
        }

        JsonNode update = finished(api.post(
                "/api/v1/jobs",
                Map.of(
                        "kind",
                        "update",
                        "set",
                        "accounts",
                        "filter",
                        "startswith(name,'Job ') and employees ge 1",
                        "values",
                        Map.of("website", "https://example.com"))));
        JsonNode export = finished(api.post(
                "/api/v1/jobs",
                Map.of(
                        "kind",
                        "export",
                        "set",
                        "accounts",
                        "query",
                        "$filter=website%20ne%20null&$select=name,website&$orderby=name")));

        assertThat(update.path("updated").asInt()).as(update.toString()).isEqualTo(2);
        Api.Answer file = api.get(export.path("file").asText());
        assertThat(file.header("Content-Type")).startsWith("text/csv");
        assertThat(file.text().lines().skip(1)).hasSize(2).allMatch(line -> line.endsWith(",https://example.com"));
        assertThat(api.post("/api/v1/jobs", Map.of("kind", "burn", "set", "accounts", "x", 1))
                        .json()
                        .path("violations"))
                .hasSize(2);
    }

    @Test
    void tellsWhatChanged() {
        String cursor = api.get("/api/v1/changes/accounts?cursor=now")
                .json()
                .path("cursor")
                .asText();
        String id =
                api.post(ACCOUNTS, Map.of("name", "Followed")).json().path("id").asText();
        api.patch(ACCOUNTS + "(" + id + ")", Map.of("employees", 3));

        JsonNode changes = Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> api.get("/api/v1/changes/accounts?cursor=" + cursor)
                                .json()
                                .path("value"),
                        value -> value.size() >= 2);

        assertThat(changes.findValuesAsText("action")).containsExactly("create", "update");
        assertThat(changes.path(1).at("/changes/employees/after").asInt()).isEqualTo(3);
        assertThat(changes.path(1).at("/changes/employees/before").isNull()).isTrue();
        assertThat(api.get("/api/v1/changes/accounts?cursor=x").status()).isEqualTo(400);
    }

    private JsonNode finished(Api.Answer accepted) {
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        String job = "/api/v1/jobs/" + accepted.json().path("id").asText();
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> api.get(job).json(), body -> body.has("finishedAt"));
    }

    private int count(String filter) {
        return api.get(ACCOUNTS + query("$filter", filter, "$count", "true", "$top", "0"))
                .json()
                .path("@odata.count")
                .asInt();
    }
}
