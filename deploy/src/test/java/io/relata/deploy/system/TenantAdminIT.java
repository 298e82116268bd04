package io.relata.deploy.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The operator's work on tenants, as a program does it.
@ExtendWith(ProductExtension.class)
class TenantAdminIT {

    private static final Duration SECONDS = Duration.ofSeconds(10);

    private final Product product;

    TenantAdminIT(Product product) {
        this.product = product;
    }

    @Test
    void refusesASuspendedTenantWithinSecondsAndLetsItBackIn() {
        Product.TestTenant tenant = product.newTenant();
        assertThat(tenant.api().get("/api/v1/me").status()).isEqualTo(200);

        assertThat(product.operator()
                        .post("/api/tenants/" + tenant.id() + "/suspend", Map.of("reason", "Unpaid"))
                        .status())
                .isEqualTo(200);
        await().atMost(SECONDS).untilAsserted(() -> {
            Api.Answer refused = tenant.api().get("/api/v1/me");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.problem()).isEqualTo("tenant-suspended");
        });

        assertThat(product.operator()
                        .post("/api/tenants/" + tenant.id() + "/resume", Map.of())
                        .status())
                .isEqualTo(200);
        await().atMost(SECONDS)
                .untilAsserted(() ->
                        assertThat(tenant.api().get("/api/v1/me").status()).isEqualTo(200));
    }

    @Test
    void refusesARemovedMemberWithinSeconds() {
        Product.TestTenant tenant = product.newTenant();
        String user =
                tenant.api().get("/api/v1/me").json().path("user").path("id").asText();
        assertThat(product.operator()
                        .delete("/api/tenants/" + tenant.id() + "/users/" + user)
                        .status())
                .isEqualTo(204);
        await().atMost(SECONDS).untilAsserted(() -> {
            Api.Answer refused = tenant.api().get("/api/v1/me");
            assertThat(refused.status()).isIn(401, 403);
        });
    }

    @Test
    void listsTenantsWithStatusAndRecordCount() {
        Product.TestTenant tenant = product.newTenant();
        tenant.api().post("/api/v1/data/accounts", Map.of("name", "One"));
        tenant.api().post("/api/v1/data/accounts", Map.of("name", "Two"));
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode entry = entry(tenant.id());
            assertThat(entry.path("status").asText()).isEqualTo("active");
            assertThat(entry.path("records").asLong()).isEqualTo(2);
        });
    }

    @Test
    void leavesNothingBehindWhenATenantCannotBeMade() {
        Product.TestTenant existing = product.newTenant();
        int before = tenants();
        Map<String, Object> request = Map.of(
                "slug", existing.slug() + "-b",
                "name", "Second",
                "locale", "en",
                "timeZone", "Europe/Oslo",
                "currency", "EUR",
                "plugins", List.of("sales"),
                "administrator",
                        Map.of(
                                "username", existing.administrator(),
                                "email", "other@example.com",
                                "firstName", "A",
                                "lastName", "B"));
        Api.Answer refused = product.operator().post("/api/tenants", request);
        assertThat(refused.status()).as(refused.text()).isIn(409, 422);
        assertThat(tenants()).isEqualTo(before);
    }

    @Test
    void namesEverythingWrongWithATenantAtOnce() {
        Api.Answer answer = product.operator()
                .post(
                        "/api/tenants",
                        Map.of(
                                "slug",
                                "No Good!",
                                "name",
                                "",
                                "locale",
                                "xx",
                                "timeZone",
                                "Nowhere",
                                "currency",
                                "ZZZ"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("violations").findValuesAsText("field"))
                .contains("slug", "name", "locale", "timeZone", "currency");
    }

    @Test
    void isForOperatorsOnly() {
        assertThat(new Api(product.tenantAdminUrl(), java.util.Optional::empty)
                        .get("/api/tenants")
                        .status())
                .isEqualTo(401);
        Product.TestTenant tenant = product.newTenant();
        assertThat(new Api(product.tenantAdminUrl(), tenant.credentials())
                        .get("/api/tenants")
                        .status())
                .isIn(401, 403);
    }

    private int tenants() {
        return product.operator().get("/api/tenants").json().path("value").size();
    }

    private JsonNode entry(String id) {
        for (JsonNode tenant : product.operator().get("/api/tenants").json().path("value")) {
            if (tenant.path("id").asText().equals(id)) {
                return tenant;
            }
        }
        throw new AssertionError("Not listed: " + id);
    }
}
