package io.relata.deploy.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.relata.deploy.Part;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The server is killed in the middle of writing thousands of records: nothing is lost, nothing is there twice.
@ExtendWith(ProductExtension.class)
class KilledWorkIT {

    private static final int RECORDS = 5_000;
    private static final int PORTIONS = 3;
    private static final String ACCOUNTS = "/api/v1/data/accounts";
    private static final String PARTS = "/api/v1/data/c_parts";

    private final Product product;
    private final Product.TestTenant tenant;
    private final Map<String, Object> records = Map.of(
            "items",
            IntStream.range(0, RECORDS)
                    .mapToObj(i -> Map.of("op", "create", "values", Map.of("name", "Record " + i)))
                    .toList());

    KilledWorkIT(Product product) {
        this.product = product;
        this.tenant = product.newTenant();
    }

    @Test
    void aBulkCallIsDoneWholeOrNotAtAllAndCanBeSentAgain() throws SQLException {
        String key = UUID.randomUUID().toString();
        Part server = server();
        CompletableFuture<Api.Answer> lost = CompletableFuture.supplyAsync(() -> bulk(key));
        waitUntil("select count(*) from pg_locks where locktype = 'relation' and relation = "
                + "'relata.record_account'::regclass and mode = 'RowExclusiveLock' and granted");
        kill(server);
        assertThat(lost).failsWithin(Duration.ofMinutes(1)).withThrowableThat().havingRootCause();
        assertThat(stored()).isZero();

        product.start();
        Api.Answer again = onceReady(() -> bulk(key));
        Api.Answer repeated = bulk(key);

        assertThat(again.json().path("created").asInt()).as(again.text()).isEqualTo(RECORDS);
        assertThat(repeated.text()).isEqualTo(again.text());
        assertThat(stored()).isEqualTo(RECORDS);
        assertThat(events().created()).isEqualTo(RECORDS);
    }

    @Test
    void aJobOverASetGoesOnWhereItWas() throws SQLException {
        assertThat(bulk(UUID.randomUUID().toString()).status()).isEqualTo(200);
        Part server = server();
        Api.Answer accepted = tenant.api()
                .post(
                        "/api/v1/jobs",
                        Map.of(
                                "kind", "update",
                                "set", "accounts",
                                "filter", "id ne null",
                                "values", Map.of("website", "https://example.com")));
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        String job = accepted.json().path("id").asText();
        waitUntil(
                "select count(*) from relata.outbox where tenant_id = '" + tenant.id() + "' and type like '%.update'");
        kill(server);
        long before = count(
                "select count(*) from relata.outbox where tenant_id = '" + tenant.id() + "' and type like '%.update'");
        assertThat(before).isBetween(1L, RECORDS - 1L);

        product.start();
        JsonNode ended = await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(() -> tenant.api().get("/api/v1/jobs/" + job).json(), body -> body.has("finishedAt"));

        assertThat(ended.path("state").asText()).isEqualTo("done");
        assertThat(ended.path("updated").asInt()).isEqualTo(RECORDS);
        assertThat(ended.path("failed").asInt()).isZero();
        Events events = events();
        assertThat(events.updated()).isEqualTo(RECORDS);
        assertThat(events.changed()).hasSize(RECORDS);
        assertThat(stored()).isEqualTo(RECORDS);
    }

    @Test
    void aTypeChangeAMoveToAnIndexAndARollUpGoOnWhereTheyWere() throws SQLException {
        plan("""
                {"op": "add", "component": "c_line", "value": {"label": {"en": "Line"}, "pluralLabel": {"en": "Lines"},
                  "fields": [{"name": "c_name", "type": "text", "label": {"en": "Name"}}]}},
                {"op": "add", "component": "c_part", "value": {"label": {"en": "Part"}, "pluralLabel": {"en": "Parts"},
                  "fields": [
                    {"name": "c_name", "type": "text", "label": {"en": "Name"}},
                    {"name": "c_code", "type": "text", "indexed": false, "label": {"en": "Code"}},
                    {"name": "c_note", "type": "text", "indexed": false, "label": {"en": "Note"}}]}},
                {"op": "add", "component": "c_line.c_of", "value":
                  {"type": "lookup", "target": "c_part", "label": {"en": "Of"}}}
                """);
        for (int portion = 0; portion < PORTIONS; portion++) {
            int first = portion * RECORDS;
            Map<String, Object> items = Map.of(
                    "items",
                    IntStream.range(first, first + RECORDS)
                            .mapToObj(i -> Map.of(
                                    "op",
                                    "create",
                                    "values",
                                    Map.of("c_name", "P", "c_code", "" + i, "c_note", "n" + i)))
                            .toList());
            assertThat(tenant.api().post(PARTS + "/Relata.bulk", items).status())
                    .isEqualTo(200);
        }

        killedAndEnded("{\"op\": \"change\", \"component\": \"c_part.c_code\", \"value\": {\"type\": \"integer\"}}");
        killedAndEnded("{\"op\": \"change\", \"component\": \"c_part.c_note\", \"value\": {\"indexed\": true}}");
        killedAndEnded("""
                {"op": "add", "component": "c_part.c_lines", "value": {"type": "integer", "label": {"en": "Lines"},
                  "rollUp": {"of": "c_line", "by": "c_of", "function": "count"}}}
                """);

        long all = (long) PORTIONS * RECORDS;
        JsonNode sums = tenant.api()
                .get(
                        PARTS
                                + Api.query(
                                        "$apply",
                                        "aggregate(c_code with sum as s,c_code with countdistinct as d,c_note with countdistinct as n)"))
                .json()
                .at("/value/0");
        assertThat(sums.path("s").asLong()).isEqualTo(all * (all - 1) / 2);
        assertThat(sums.path("d").asLong()).isEqualTo(all);
        assertThat(sums.path("n").asLong()).isEqualTo(all);
        assertThat(counted("c_lines eq 0")).isEqualTo(all);
        assertThat(counted("c_note eq 'n7'")).isOne();
    }

    private long counted(String filter) {
        return Long.parseLong(tenant.api()
                .get(PARTS + "/$count" + Api.query("$filter", filter))
                .text());
    }

    private static JsonNode read(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException exception) {
            throw new AssertionError(exception);
        }
    }

    private JsonNode plan(String changes) {
        Api.Answer applied = tenant.api()
                .sendJson(
                        "POST",
                        "/api/v1/metadata/plans?apply=true",
                        read("{\"title\": \"Parts\", \"changes\": [" + changes + "]}"));
        assertThat(applied.status()).as(applied.text()).isBetween(200, 201);
        return applied.json();
    }

    /// Applies a change that is carried out in the background, kills the server meanwhile, and starts it again.
    private void killedAndEnded(String change) throws SQLException {
        Part server = server();
        String job = plan(change).path("jobs").path(0).asText();
        waitUntil("select count(*) from relata.job where id = '" + job + "' and processed > 0");
        kill(server);
        assertThat(count("select count(*) from relata.job where id = '" + job + "' and finished_at is null"))
                .as("killed in the middle of it")
                .isOne();

        product.start();
        JsonNode ended = await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(() -> tenant.api().get("/api/v1/jobs/" + job).json(), body -> body.has("finishedAt"));

        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("done");
        assertThat(ended.path("processed").asInt()).isEqualTo(PORTIONS * RECORDS);
        assertThat(ended.path("rejected").asInt()).isZero();
    }

    private Api.Answer bulk(String key) {
        return tenant.api().post(ACCOUNTS + "/Relata.bulk", records, "Idempotency-Key", key);
    }

    private Part server() {
        return product.start().parts().app();
    }

    private static void kill(Part part) {
        ProcessHandle process = part.process().orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    /// The server's pools find out one by one that their connections are gone.
    private static Api.Answer onceReady(java.util.function.Supplier<Api.Answer> request) {
        return await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(request::get, answer -> answer.status() == 200);
    }

    private void waitUntil(String sql) throws SQLException {
        try (Connection connection = product.superuser();
                PreparedStatement query = connection.prepareStatement(sql)) {
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> first(query) > 0);
        }
    }

    private long count(String sql) throws SQLException {
        try (Connection connection = product.superuser();
                PreparedStatement query = connection.prepareStatement(sql)) {
            return first(query);
        }
    }

    private static long first(PreparedStatement query) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /// As the database has it, past the server.
    private long stored() throws SQLException {
        return count("select count(*) from relata.record_account where tenant_id = '" + tenant.id() + "'");
    }

    private record Events(int created, int updated, Set<String> changed) {}

    /// What a follower of the changes is told, from the beginning.
    private Events events() {
        int created = 0;
        int updated = 0;
        Set<String> changed = new HashSet<>();
        JsonNode page;
        String cursor = "";
        do {
            page = tenant.api()
                    .get("/api/v1/changes/accounts?limit=1000" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .json();
            for (JsonNode event : page.path("value")) {
                switch (event.path("action").asText()) {
                    case "create" -> created++;
                    case "update" -> {
                        updated++;
                        changed.add(event.path("id").asText());
                    }
                    default -> throw new AssertionError("Nobody asked for " + event);
                }
            }
            cursor = page.path("cursor").asText();
        } while (page.path("more").asBoolean());
        return new Events(created, updated, changed);
    }
}
