package io.relata.core.odata;

import static io.relata.core.query.TestEntities.COMPANY;
import static io.relata.core.query.TestEntities.DEAL;
import static io.relata.core.query.TestEntities.REGION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ODataServiceTest {

    private final UUID tenant = UUID.randomUUID();
    private ODataWorld odata;
    private CallContext context;
    private UUID west;
    private UUID acme;
    private UUID big;

    @BeforeAll
    void fill(LocalPostgres postgres) throws Exception {
        odata = ODataWorld.create(postgres);
        context = odata.world().context(tenant);
        west = odata.world().insert(tenant, REGION, Map.of("name", "West"));
        acme = odata.world()
                .insert(
                        tenant,
                        COMPANY,
                        Map.of("name", "Acme", "city", "Paris", "region", west, "worth", new BigDecimal("12.5")));
        UUID bolt = odata.world().insert(tenant, COMPANY, Map.of("name", "Bolt", "parent", acme));
        big = odata.world()
                .insert(
                        tenant,
                        DEAL,
                        Map.of(
                                "name",
                                "Big",
                                "stage",
                                "won",
                                "amount",
                                new BigDecimal("12345678901234.56"),
                                "quantity",
                                3L,
                                "hot",
                                true,
                                "closed",
                                LocalDate.of(2026, 2, 28),
                                "met",
                                Instant.parse("2026-01-31T23:30:00.123456Z"),
                                "company",
                                acme,
                                "rate",
                                new BigDecimal("0.125")));
        odata.world()
                .insert(
                        tenant,
                        DEAL,
                        Map.of(
                                "name",
                                "Small",
                                "stage",
                                "lost",
                                "amount",
                                new BigDecimal("0.10"),
                                "company",
                                bolt,
                                "partner",
                                acme));
        odata.world().insert(tenant, DEAL, Map.of("name", "Empty"));
    }

    @Test
    void showsARecordWithExactValues() {
        JsonNode record = odata.list(context, "deals", "$filter", "name eq 'Big'")
                .get("value")
                .get(0);

        assertThat(record.get("@odata.etag").asText()).isEqualTo("W/\"1\"");
        assertThat(record.get("id").asText()).isEqualTo(big.toString());
        assertThat(record.get("amount").decimalValue()).isEqualTo(new BigDecimal("12345678901234.56"));
        assertThat(record.get("quantity").longValue()).isEqualTo(3);
        assertThat(record.get("hot").booleanValue()).isTrue();
        assertThat(record.get("closed").asText()).isEqualTo("2026-02-28");
        assertThat(record.get("met").asText()).isEqualTo("2026-01-31T23:30:00.123456Z");
        assertThat(record.get("companyId").asText()).isEqualTo(acme.toString());
        assertThat(record.get("rate").decimalValue()).isEqualTo(new BigDecimal("0.125"));
        assertThat(record.get("notes").isNull()).isTrue();
        assertThat(record.get("createdAt").asText()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(record.has("company")).isFalse();
    }

    @Test
    void followsLookups() {
        assertThat(odata.names(context, "deals", "$filter", "company/name eq 'Acme'"))
                .containsExactly("Big");
        assertThat(odata.names(context, "deals", "$filter", "company/parent/region/name eq 'West'"))
                .containsExactly("Small");
        assertThat(odata.names(context, "deals", "$filter", "company eq null")).containsExactly("Empty");
        assertThat(odata.names(context, "deals", "$orderby", "company/name desc"))
                .containsExactly("Small", "Big", "Empty");
    }

    @Test
    void selectsAndExpands() {
        JsonNode page = odata.list(
                context, "deals", "$select", "name", "$expand", "company($select=name),partner", "$orderby", "name");

        assertThat(page.get("@odata.context").asText())
                .isEqualTo(ODataWorld.ROOT + "$metadata#deals(id,name,company(id,name),partner())");
        JsonNode first = page.get("value").get(0);
        assertThat(first.fieldNames()).toIterable().containsExactly("@odata.etag", "id", "name", "company", "partner");
        assertThat(first.get("company").get("name").asText()).isEqualTo("Acme");
        assertThat(first.get("company").has("city")).isFalse();
        assertThat(first.get("partner").isNull()).isTrue();
        assertThat(page.get("value").get(2).get("partner").get("city").asText()).isEqualTo("Paris");
    }

    @Test
    void countsAllPages() {
        JsonNode page = odata.pages(1, context, "deals", "$count", "true", "$filter", "stage ne null");

        assertThat(page.get("@odata.count").longValue()).isEqualTo(2);
        assertThat(page.get("value")).hasSize(1);
        assertThat(page.get("@odata.nextLink").asText()).startsWith(ODataWorld.ROOT + "deals?");
        assertThat(odata.service().count(context, "deals", ODataWorld.query("$filter", "stage ne null")))
                .isEqualTo(2);
        assertThat(odata.list(context, "deals", "$top", "0", "$count", "true").get("value"))
                .isEmpty();
    }

    @Test
    void groupsAndSums() {
        JsonNode figures = odata.list(
                context,
                "deals",
                "$apply",
                "filter(amount gt 0)/groupby((company/region/name,stage),"
                        + "aggregate(amount with sum as total,$count as deals,amount with average as mean))",
                "$orderby",
                "total desc");

        assertThat(figures.get("@odata.context").asText())
                .isEqualTo(ODataWorld.ROOT + "$metadata#deals(company(region(name)),stage,total,deals,mean)");
        assertThat(figures.get("value").toString())
                .isEqualTo("[{\"company\":{\"region\":{\"name\":\"West\"}},\"stage\":\"won\","
                        + "\"total\":12345678901234.56,\"deals\":1,\"mean\":12345678901234.56},"
                        + "{\"company\":{\"region\":{\"name\":null}},\"stage\":\"lost\","
                        + "\"total\":0.1,\"deals\":1,\"mean\":0.1}]");
    }

    @Test
    void aggregatesEverything() {
        JsonNode figures = odata.list(
                context,
                "deals",
                "$apply",
                "aggregate(amount with min as least,closed with max as last,stage with countdistinct as stages,"
                        + "$count as deals,quantity mul 2 with sum as twice)");

        assertThat(figures.get("value").toString())
                .isEqualTo("[{\"least\":0.1,\"last\":\"2026-02-28\",\"stages\":2,\"deals\":3,\"twice\":6}]");
    }

    @Test
    void getsOneRecord() {
        ODataService.Found found = odata.service().get(context, "deals", big, "$select=amount&$expand=company");

        assertThat(found.etag()).isEqualTo("W/\"1\"");
        JsonNode json = ODataWorld.json(found.body());
        assertThat(json.get("@odata.context").asText())
                .isEqualTo(ODataWorld.ROOT + "$metadata#deals(id,amount,company())/$entity");
        assertThat(json.get("company").get("name").asText()).isEqualTo("Acme");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> odata.service().get(context, "deals", acme, null))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.NOT_FOUND));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> odata.service().list(context, "ghosts", null))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.UNKNOWN_ENTITY));
    }

    @Test
    void describesTheModel() {
        String xml = new String(odata.service().metadataXml(context), StandardCharsets.UTF_8);

        assertThat(xml)
                .contains("Namespace=\"Relata\"")
                .contains("<EntityType Name=\"deal\">")
                .contains("<Property Name=\"amount\" Type=\"Edm.Decimal\" Scale=\"2\"></Property>")
                .contains("<Property Name=\"companyId\" Type=\"Edm.Guid\"></Property>")
                .contains("<NavigationProperty Name=\"company\" Type=\"Relata.company\"")
                .contains("<EntitySet Name=\"deals\" EntityType=\"Relata.deal\">")
                .contains("<Action Name=\"restore\" IsBound=\"true\">");
        assertThat(ODataWorld.json(odata.service().serviceDocument(context)).get("value"))
                .extracting(set -> set.get("name").asText())
                .containsExactly("deals", "companies", "regions");
    }
}
