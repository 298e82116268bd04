package io.relata.deploy.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a tenant may ask for, and what it hears when it asks for more.
@ExtendWith(ProductExtension.class)
class LimitsIT {

    private final Product product;
    private final Product.TestTenant tenant;

    LimitsIT(Product product) {
        this.product = product;
        this.tenant = product.newTenant();
    }

    @Test
    void everyAnswerSaysWhatIsLeft() {
        Api.Answer first = tenant.api().get("/api/v1/me");
        Api.Answer second = tenant.api().get("/api/v1/data/accounts(00000000-0000-0000-0000-000000000000)");
        assertThat(first.header("RateLimit-Policy")).isEqualTo("\"user\";q=6000;w=60");
        assertThat(first.header("RateLimit")).matches("\"user\";r=5\\d\\d\\d;t=1");
        assertThat(second.status()).isEqualTo(404);
        assertThat(second.header("RateLimit")).matches("\"user\";r=5\\d\\d\\d;t=1");
        assertThat(product.anonymous().get("/api/v1/me").header("RateLimit")).isEmpty();
    }

    @Test
    void administratorsSeeTheTenantsUseOthersTheirOwn() {
        Api member = product.member(tenant);
        member.get("/api/v1/me");
        JsonNode own = member.get("/api/v1/limits").json();
        assertThat(names(own)).containsExactly("user");
        assertThat(own.path("user").path("used").asLong()).isPositive();
        tenant.api().post("/api/v1/files?name=a.txt", Map.of("text", "kept"));
        JsonNode all = tenant.api().get("/api/v1/limits").json();
        assertThat(names(all)).containsExactly("user", "tenant", "database", "exports", "files");
        assertThat(all.path("files").path("used").asLong()).isPositive();
        assertThat(all.path("database").path("limit").asLong()).isEqualTo(180_000);
    }

    @Test
    void whoAsksForMoreIsToldWhenToAskAgainAndNobodyElseIs() throws SQLException, InterruptedException {
        Api.Answer last = tenant.api().get("/api/v1/me");
        limit("user_requests", 20);
        for (int i = 0; i < 25; i++) {
            last = tenant.api().get("/api/v1/me", "Accept-Language", "zh-CN");
        }
        assertThat(last.status()).isEqualTo(429);
        assertThat(last.problem()).isEqualTo("too-many-requests");
        assertThat(Integer.parseInt(last.header("Retry-After"))).isBetween(1, 3);
        assertThat(last.json().path("detail").asText()).contains("20");
        assertThat(product.member(tenant).get("/api/v1/me").status())
                .as("another user")
                .isEqualTo(200);
        assertThat(product.newTenant().api().get("/api/v1/me").status())
                .as("another tenant")
                .isEqualTo(200);
        Thread.sleep(Duration.ofSeconds(Integer.parseInt(last.header("Retry-After"))));
        assertThat(tenant.api().get("/api/v1/me").status()).isEqualTo(200);
    }

    @Test
    void aBatchCountsAsManyAsItHolds() throws SQLException, InterruptedException {
        limit("user_requests", 60);
        List<Map<String, String>> requests = IntStream.range(0, 50)
                .mapToObj(i -> Map.of("id", "r" + i, "method", "GET", "url", "accounts?$top=1"))
                .toList();
        assertThat(tenant.api()
                        .post("/api/v1/data/$batch", Map.of("requests", requests))
                        .status())
                .isEqualTo(200);
        Api.Answer second = tenant.api().post("/api/v1/data/$batch", Map.of("requests", requests));
        assertThat(second.status()).as(second.text()).isEqualTo(429);
    }

    @Test
    void exportsAreCountedOverADay() throws SQLException, InterruptedException {
        limit("exports", 1);
        assertThat(export().status()).isEqualTo(202);
        Api.Answer second = export();
        assertThat(second.status()).as(second.text()).isEqualTo(429);
        assertThat(Long.parseLong(second.header("Retry-After"))).isBetween(86_000L, 86_401L);
        assertThat(tenant.api().get("/api/v1/limits").json().path("exports").toString())
                .isEqualTo("{\"limit\":1,\"used\":1}");
    }

    private Api.Answer export() {
        return tenant.api().post("/api/v1/jobs", Map.of("kind", "export", "set", "accounts"));
    }

    private static List<String> names(JsonNode body) {
        List<String> names = new ArrayList<>();
        body.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /// Sets a limit as an operator does, and waits until it counts.
    private void limit(String column, int value) throws SQLException, InterruptedException {
        try (Connection connection = product.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into control.tenant_limits (tenant_id, %s) values ('%s', %d)"
                    .formatted(column, tenant.id(), value));
        }
        String member = column.equals("exports") ? "exports" : "user";
        Instant end = Instant.now().plusSeconds(20);
        while (tenant.api()
                        .get("/api/v1/limits")
                        .json()
                        .path(member)
                        .path("limit")
                        .asLong()
                != value) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(500);
        }
    }
}
