package io.relata.deploy.system;

import static io.relata.deploy.system.Api.query;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A tenant's administrator adds an entity; it works at once, for that tenant alone.
@ExtendWith(ProductExtension.class)
class MetadataIT {

    private static final String VISITS = "/api/v1/data/c_site_visits";

    private final Product product;

    MetadataIT(Product product) {
        this.product = product;
    }

    /// The entity of the example: eight fields of eight types.
    static Map<String, Object> siteVisit() {
        return Map.of(
                "name", "c_site_visit",
                "label", Map.of("en", "Site visit", "zh-CN", "现场拜访"),
                "pluralLabel", Map.of("en", "Site visits", "zh-CN", "现场拜访"),
                "fields",
                        List.of(
                                field("c_subject", "text", "Subject", "主题", Map.of("required", true, "maxLength", 80)),
                                field("c_visited_on", "date", "Visited on", "拜访日期", Map.of()),
                                field("c_starts_at", "datetime", "Starts at", "开始时间", Map.of()),
                                field("c_visitors", "integer", "Visitors", "人数", Map.of()),
                                field("c_cost", "money", "Cost", "费用", Map.of("scale", 2)),
                                field("c_confirmed", "boolean", "Confirmed", "已确认", Map.of()),
                                field(
                                        "c_outcome",
                                        "picklist",
                                        "Outcome",
                                        "结果",
                                        Map.of(
                                                "options",
                                                List.of(option("good", "Good", "良好"), option("poor", "Poor", "不佳")))),
                                field("c_account", "lookup", "Account", "客户", Map.of("target", "account"))));
    }

    private static Map<String, Object> field(
            String name, String type, String english, String chinese, Map<String, Object> more) {
        Map<String, Object> field = new java.util.LinkedHashMap<>(more);
        field.put("name", name);
        field.put("type", type);
        field.put("label", Map.of("en", english, "zh-CN", chinese));
        return field;
    }

    private static Map<String, Object> option(String value, String english, String chinese) {
        return Map.of("value", value, "label", Map.of("en", english, "zh-CN", chinese));
    }

    @Test
    void servesANewEntityAtOnceToItsTenantOnly() {
        Product.TestTenant mine = product.newTenant();
        Product.TestTenant other = product.newTenant();
        String account = mine.api()
                .post("/api/v1/data/accounts", Map.of("name", "Globex"))
                .json()
                .path("id")
                .asText();

        Api.Answer entity = mine.api().post("/api/v1/metadata/entities", siteVisit());
        assertThat(entity.status()).as(entity.text()).isEqualTo(201);

        Api.Answer visit = mine.api()
                .post(
                        VISITS,
                        Map.of(
                                "c_subject",
                                "First visit",
                                "c_visited_on",
                                "2026-11-20",
                                "c_starts_at",
                                "2026-11-20T09:30:00Z",
                                "c_visitors",
                                3,
                                "c_cost",
                                120.50,
                                "c_confirmed",
                                true,
                                "c_outcome",
                                "good",
                                "c_account_id",
                                account));
        assertThat(visit.status()).as(visit.text()).isEqualTo(201);

        JsonNode found = mine.api()
                .get(VISITS
                        + query(
                                "$filter",
                                "c_cost gt 100 and c_confirmed eq true and c_account/name eq 'Globex'",
                                "$orderby",
                                "c_visited_on desc"))
                .json()
                .path("value");
        assertThat(found).hasSize(1);
        assertThat(found.path(0).path("c_cost").decimalValue()).isEqualByComparingTo("120.50");
        assertThat(mine.api().get("/api/v1/metadata").text()).contains("现场拜访");
        assertThat(mine.api().get("/api/v1/data/$metadata").text()).contains("c_site_visits");

        assertThat(other.api().get(VISITS).status()).isEqualTo(404);
        assertThat(other.api().get("/api/v1/metadata").text()).doesNotContain("c_site_visit");
        assertThat(other.api().get("/api/v1/data/$metadata").text()).doesNotContain("c_site_visit");
    }

    @Test
    void namesEverythingWrongWithADefinitionAtOnce() {
        Product.TestTenant tenant = product.newTenant();
        Api.Answer answer = tenant.api()
                .post(
                        "/api/v1/metadata/entities",
                        Map.of(
                                "name", "visit",
                                "label", Map.of("en", "Visit"),
                                "pluralLabel", Map.of("en", "Visits"),
                                "fields",
                                        List.of(
                                                field("c_a", "texxt", "A", "甲", Map.of()),
                                                field("c_b", "lookup", "B", "乙", Map.of("target", "nothing")))));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("violations").size()).isGreaterThanOrEqualTo(3);
        assertThat(tenant.api().get("/api/v1/metadata").text()).doesNotContain("\"visit\"");
    }

    @Test
    void letsOnlyAdministratorsChangeMetadata() {
        Product.TestTenant tenant = product.newTenant();
        Api.Answer account = product.operator()
                .post("/api/tenants/" + tenant.id() + "/service-accounts", Map.of("name", "plain", "role", "user"));
        Api plain = new Api(
                product.baseUrl(),
                new ClientCredentials(
                        product.tokenUrl(),
                        account.json().path("clientId").asText(),
                        account.json().path("clientSecret").asText()));
        Api.Answer refused = plain.post("/api/v1/metadata/entities", siteVisit());
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.problem()).isEqualTo("forbidden");
    }
}
