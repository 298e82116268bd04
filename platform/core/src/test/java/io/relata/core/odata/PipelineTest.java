package io.relata.core.odata;

import static io.relata.core.query.TestEntities.COMPANY;
import static io.relata.core.query.TestEntities.DEAL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Transformations one after the other, and what is asked of their result.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelineTest {

    private final UUID tenant = UUID.randomUUID();
    private ODataWorld odata;
    private CallContext context;

    @BeforeAll
    void fill(LocalPostgres postgres) throws Exception {
        odata = ODataWorld.create(postgres);
        context = odata.world().context(tenant);
        UUID acme = odata.world().insert(tenant, COMPANY, Map.of("name", "Acme"));
        UUID beta = odata.world().insert(tenant, COMPANY, Map.of("name", "Beta"));
        deal("a", "won", "10.50", acme, "2026-01-05");
        deal("b", "won", "20.00", beta, "2026-02-05");
        deal("c", "lost", "5.25", acme, "2025-02-05");
        deal("d", "open", "100.00", beta, "2025-07-05");
        odata.world().insert(tenant, DEAL, Map.of("name", "e", "stage", "open"));
    }

    private void deal(String name, String stage, String amount, UUID company, String closed) {
        odata.world()
                .insert(
                        tenant,
                        DEAL,
                        Map.of(
                                "name",
                                name,
                                "stage",
                                stage,
                                "amount",
                                new BigDecimal(amount),
                                "company",
                                company,
                                "closed",
                                LocalDate.parse(closed)));
    }

    @Test
    void groupsAreFilteredOrderedAndCut() {
        String groups = "groupby((stage),aggregate(amount with sum as total,$count as n))";
        assertThat(rows("stage,total", "$apply", groups, "$filter", "total gt 6 and n ge 2", "$orderby", "total desc"))
                .containsExactly("open,100", "won,30.5");
        assertThat(rows("stage", "$apply", groups, "$orderby", "total", "$top", "1", "$skip", "1"))
                .containsExactly("won");
        JsonNode answer = odata.list(context, "deals", "$apply", groups, "$top", "1", "$count", "true");
        assertThat(answer.get("@odata.count").longValue()).isEqualTo(3);
        assertThat(answer.get("value")).hasSize(1);
        assertThat(rows("stage", "$apply", groups + "/filter(total eq 30.5)")).containsExactly("won");
        assertThat(rows("stage", "$apply", groups + "/orderby(total desc)/top(2)"))
                .containsExactly("open", "won");
    }

    @Test
    void groupsAreGroupedAgain() {
        assertThat(rows(
                        "most,groups",
                        "$apply",
                        "groupby((stage,company/name),aggregate(amount with sum as total))"
                                + "/aggregate(total with max as most,$count as groups)"))
                .containsExactly("100,5");
        assertThat(rows(
                        "company/name,mean",
                        "$apply",
                        "filter(amount ne null)/groupby((stage,company/name),aggregate(amount with sum as total))"
                                + "/groupby((company/name),aggregate(total with average as mean))"))
                .containsExactly("Acme,7.875", "Beta,60");
    }

    @Test
    void valuesAreComputedFirst() {
        assertThat(rows(
                        "year,total",
                        "$apply",
                        "compute(year(closed) as year,amount mul 2 as double)"
                                + "/groupby((year),aggregate(double with sum as total))",
                        "$orderby",
                        "year"))
                .containsExactly("2025,210.5", "2026,61", "null,null");
        assertThat(rows(
                        "stage,share",
                        "$apply",
                        "groupby((stage),aggregate(amount with sum as total,$count as n))"
                                + "/compute(total divby n as share)",
                        "$filter",
                        "share gt 6"))
                .containsExactly("open,50", "won,15.25");
    }

    @Test
    void theFirstByAValueAreTaken() {
        assertThat(names("topcount(2,amount)")).containsExactlyInAnyOrder("b", "d");
        assertThat(names("bottomcount(2,amount)")).containsExactlyInAnyOrder("a", "c");
        assertThat(names("topsum(110,amount)")).containsExactlyInAnyOrder("b", "d");
        assertThat(names("bottomsum(15.75,amount)")).containsExactlyInAnyOrder("a", "c");
        assertThat(names("toppercent(50,amount)")).containsExactly("d");
        assertThat(names("filter(stage ne 'open')/topcount(1,amount)/filter(stage eq 'lost')"))
                .isEmpty();
        assertThat(rows("n", "$apply", "topcount(3,amount)/aggregate($count as n)"))
                .containsExactly("3");
        String groups = "groupby((stage),aggregate(amount with sum as total))";
        assertThat(rows("stage", "$apply", groups + "/topcount(1,total)")).containsExactly("open");
        assertThat(rows("stage", "$apply", groups + "/topsum(130.5,total)")).containsExactly("open", "won");
        assertThat(rows("stage", "$apply", groups + "/bottompercent(3,total)")).containsExactly("lost");
    }

    @Test
    void partsFollowOneAnother() {
        JsonNode value = odata.list(
                        context,
                        "deals",
                        "$apply",
                        "filter(amount gt 6)/concat(groupby((stage),aggregate(amount with sum as total)),"
                                + "aggregate(amount with sum as all,$count as n))")
                .get("value");
        assertThat(value).hasSize(3);
        assertThat(value.get(2).get("all").decimalValue()).isEqualByComparingTo("130.5");
        assertThat(value.get(2).has("stage")).isFalse();
        assertThat(rows("stage", "$apply", "groupby((stage))/concat(aggregate($count as n),top(2))"))
                .containsExactly("-", "lost", "open");
    }

    @Test
    void collectionsCount() {
        JsonNode value = odata.list(
                        context,
                        "companies",
                        "$apply",
                        "groupby((name),aggregate(deals/$count with sum as n))",
                        "$orderby",
                        "n desc,name")
                .get("value");
        assertThat(value.get(0).get("n").longValue()).isEqualTo(2);
    }

    @Test
    void recordsThatAreLeftAreShownInPages() {
        JsonNode page = odata.pages(
                2, context, "deals", "$apply", "topcount(3,amount)", "$orderby", "amount desc", "$count", "true");
        assertThat(page.get("@odata.count").longValue()).isEqualTo(3);
        JsonNode next = ODataWorld.json(
                odata.service().list(context, "deals", ODataWorld.queryOf(page.get("@odata.nextLink"))));
        assertThat(next.get("value")).hasSize(1);
        assertThat(next.get("value").get(0).get("name").asText()).isEqualTo("a");
    }

    private List<String> names(String apply) {
        return odata.names(context, "deals", "$apply", apply);
    }

    /// Returns the values under the paths of each row, with `-` for a path that the row has not.
    private List<String> rows(String paths, String... options) {
        List<String> rows = new ArrayList<>();
        for (JsonNode row : odata.list(context, "deals", options).get("value")) {
            List<String> values = new ArrayList<>();
            for (String path : paths.split(",", -1)) {
                JsonNode node = row.at("/" + path);
                values.add(
                        node.isMissingNode()
                                ? "-"
                                : node.isNumber()
                                        ? node.decimalValue()
                                                .stripTrailingZeros()
                                                .toPlainString()
                                        : node.asText());
            }
            rows.add(String.join(",", values));
        }
        return rows;
    }
}
