package io.relata.deploy.system;

import static io.relata.deploy.system.Api.query;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What the demo's data sets are known to add up to must come out of the API.
@ExtendWith(ProductExtension.class)
class PublishedNumbersIT {

    private static final String OPPORTUNITIES = "/api/v1/data/opportunities";

    private final Api acme;
    private final Api xinghe;

    PublishedNumbersIT(Product product) {
        this.acme = product.demoTenant("acme");
        this.xinghe = product.demoTenant("xinghe");
    }

    @Test
    void countsDealsByStage() {
        assertThat(count(acme, "stage eq 'won'")).isEqualTo(4238);
        assertThat(count(acme, "stage eq 'lost'")).isEqualTo(2473);
        assertThat(count(acme, "stage eq 'engaging'")).isEqualTo(1589);
        assertThat(count(acme, "stage eq 'prospecting'")).isEqualTo(500);
        assertThat(count(acme, "accountId eq null")).isEqualTo(1425);
    }

    @Test
    void sumsWonValueByRegion() {
        assertThat(sum(acme, "filter(stage eq 'won')/aggregate(amount with sum as total)"))
                .isEqualByComparingTo("10005534");
        JsonNode regions =
                apply(acme, "filter(stage eq 'won')/groupby((agent/region),aggregate(amount with sum as total))");
        assertThat(total(regions, "West")).isEqualByComparingTo("3568647");
        assertThat(total(regions, "Central")).isEqualByComparingTo("3346293");
        assertThat(total(regions, "East")).isEqualByComparingTo("3090594");
    }

    @Test
    void givesTheWinRateOfClosedDeals() {
        BigDecimal won = BigDecimal.valueOf(count(acme, "stage eq 'won'"));
        BigDecimal closed = BigDecimal.valueOf(count(acme, "stage in ('won','lost')"));
        assertThat(won.multiply(BigDecimal.valueOf(100)).divide(closed, 2, RoundingMode.HALF_UP))
                .isEqualByComparingTo("63.15");
    }

    @Test
    void namesTheBestAgent() {
        JsonNode agents =
                apply(acme, "filter(stage eq 'won')/groupby((agent/name),aggregate(amount with sum as total))");
        BigDecimal best = BigDecimal.ZERO;
        for (JsonNode row : agents) {
            if (row.path("agent").path("name").asText().equals("Darcel Schlecht")) {
                best = row.path("total").decimalValue();
            }
        }
        assertThat(best).isEqualByComparingTo("1153214");
    }

    @Test
    void sumsTheRevenueOfTheSecondTenant() {
        assertThat(count(xinghe, "stage ne null")).isEqualTo(830);
        assertThat(sum(xinghe, "aggregate(amount with sum as total)").setScale(2, RoundingMode.HALF_UP))
                .isEqualByComparingTo("1265793.04");
    }

    private static long count(Api api, String filter) {
        JsonNode page = api.get(OPPORTUNITIES + query("$filter", filter, "$count", "true", "$top", "1"))
                .json();
        return page.path("@odata.count").asLong(-1);
    }

    private static BigDecimal sum(Api api, String apply) {
        return apply(api, apply).path(0).path("total").decimalValue();
    }

    private static JsonNode apply(Api api, String apply) {
        return api.get(OPPORTUNITIES + query("$apply", apply)).json().path("value");
    }

    private static BigDecimal total(JsonNode rows, String region) {
        for (JsonNode row : rows) {
            if (row.path("agent").path("region").asText().equalsIgnoreCase(region)) {
                return row.path("total").decimalValue();
            }
        }
        return BigDecimal.ZERO;
    }
}
