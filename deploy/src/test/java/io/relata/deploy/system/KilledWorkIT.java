package io.relata.deploy.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
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
    private static final String ACCOUNTS = "/api/v1/data/accounts";

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
