package io.relata.core.odata;

import static io.relata.core.query.TestEntities.COMPANY;
import static io.relata.core.query.TestEntities.DEAL;
import static io.relata.core.query.TestEntities.REGION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.problem.ProblemException;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Records within records: lookups and collections, with options of their own, at any depth.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExpandTest {

    private final UUID tenant = UUID.randomUUID();
    private final Map<String, UUID> companies = new HashMap<>();
    private ODataWorld odata;
    private CallContext context;

    @BeforeAll
    void fill(LocalPostgres postgres) throws Exception {
        odata = ODataWorld.create(postgres);
        context = odata.world().context(tenant);
        UUID region = insert(tenant, "North", null);
        company("Acme", null, region);
        company("Beta", "Acme", region);
        company("Gamma", "Beta", null);
        company("Gone", null, region);
        for (int i = 0; i < 120; i++) {
            deal("Deal %03d".formatted(i), i % 2 == 0 ? "Acme" : "Beta", i < 100 ? BigDecimal.valueOf(i) : null);
        }
        UUID deleted = deal("Deleted", "Acme", BigDecimal.ONE);
        deal("Orphan", "Gone", BigDecimal.TEN);
        odata.world().delete(tenant, DEAL, deleted);
        odata.world().delete(tenant, COMPANY, id("Gone"));
        UUID stranger = UUID.randomUUID();
        odata.world().insert(stranger, DEAL, Map.of("name", "Foreign", "company", id("Acme")));
    }

    private UUID insert(UUID owner, String name, @Nullable UUID ignored) {
        return odata.world().insert(owner, REGION, Map.of("name", name));
    }

    private void company(String name, @Nullable String parent, @Nullable UUID region) {
        Map<String, @Nullable Object> values = new HashMap<>(Map.of("name", name));
        values.put("parent", parent == null ? null : id(parent));
        values.put("region", region);
        companies.put(name, odata.world().insert(tenant, COMPANY, values));
    }

    private UUID id(String company) {
        return companies.getOrDefault(company, UUID.randomUUID());
    }

    private UUID deal(String name, String company, @Nullable BigDecimal amount) {
        Map<String, @Nullable Object> values = new HashMap<>(Map.of("name", name, "company", id(company)));
        values.put("amount", amount);
        values.put("stage", name.endsWith("7") ? "won" : "open");
        return odata.world().insert(tenant, DEAL, values);
    }

    @Test
    void showsTheMembersOfACollection() {
        JsonNode acme = company(
                "Acme",
                "deals($select=name;$filter=stage eq 'won' or amount eq 4;$orderby=amount desc;"
                        + "$top=2;$skip=1;$count=true)");

        assertThat(acme.get("deals@odata.count").longValue()).isEqualTo(1);
        assertThat(acme.get("deals")).isEmpty();

        JsonNode beta = company(
                "Beta",
                "deals($select=name;$filter=stage eq 'won';$orderby=amount desc;$top=2;$skip=1;" + "$count=true)");
        assertThat(beta.get("deals@odata.count").longValue()).isEqualTo(12);
        assertThat(names(beta.get("deals"))).containsExactly("Deal 087", "Deal 077");
        assertThat(beta.has("deals@odata.nextLink"))
                .as("the caller said how many")
                .isFalse();
        assertThat(beta.get("deals").get(0).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("@odata.etag", "id", "name");
    }

    @Test
    void showsRecordsWithoutMembersWithAnEmptyCollection() {
        assertThat(company("Gamma", "deals").get("deals")).isEmpty();
        assertThat(company("Gamma", "deals/$count").get("deals@odata.count").longValue())
                .isZero();
        assertThat(company("Acme", "deals/$count").get("deals@odata.count").longValue())
                .isEqualTo(60);
        assertThat(company("Acme", "deals/$count").has("deals")).isFalse();
    }

    @Test
    void linksToTheMembersThatFollow() {
        JsonNode acme = company("Acme", "deals($filter=contains(name,'Deal');$orderby=amount desc,name;$select=name)");
        List<String> walked = names(acme.get("deals"));
        assertThat(walked).hasSize(50);
        JsonNode page = acme;
        String link = "deals@odata.nextLink";
        while (page.has(link)) {
            assertThat(page.get(link).asText()).startsWith(ODataWorld.ROOT + "deals?");
            page = ODataWorld.json(odata.service().list(context, "deals", ODataWorld.queryOf(page.get(link))));
            walked.addAll(names(page.get("value")));
            link = "@odata.nextLink";
        }
        assertThat(walked)
                .containsExactlyElementsOf(odata.names(
                        context,
                        "deals",
                        "$filter",
                        "companyId eq " + id("Acme"),
                        "$orderby",
                        "amount desc,name",
                        "$top",
                        "1000"));
    }

    @Test
    void expandsInExpanded() {
        JsonNode beta = company(
                "Beta",
                "parent($select=name;$expand=deals($top=1;$orderby=name;$expand=company($expand=region)),region)");

        JsonNode parent = beta.get("parent");
        assertThat(parent.get("name").asText()).isEqualTo("Acme");
        assertThat(parent.get("region").get("name").asText()).isEqualTo("North");
        JsonNode company = parent.get("deals").get(0).get("company");
        assertThat(company.get("name").asText()).isEqualTo("Acme");
        assertThat(company.get("region").get("name").asText()).isEqualTo("North");
    }

    @Test
    void followsRecordsOfTheSameKindAsDeepAsAsked() {
        JsonNode gamma = company("Gamma", "parent($levels=2;$select=name)");
        assertThat(gamma.get("parent").get("parent").get("name").asText()).isEqualTo("Acme");
        assertThat(gamma.get("parent").get("parent").has("parent")).isFalse();

        JsonNode acme = company("Acme", "companies_parent($levels=max;$select=name)");
        JsonNode beta = acme.get("companies_parent").get(0);
        assertThat(names(beta.get("companies_parent"))).containsExactly("Gamma");
    }

    @Test
    void hidesATargetThatDoesNotMatch() {
        assertThat(company("Beta", "parent($filter=name eq 'Acme')")
                        .get("parent")
                        .get("name")
                        .asText())
                .isEqualTo("Acme");
        assertThat(company("Beta", "parent($filter=name ne 'Acme')")
                        .get("parent")
                        .isNull())
                .isTrue();
    }

    @Test
    void searchesInMembers() {
        assertThat(names(company("Acme", "deals($search=\"Deal 00\";$orderby=name)")
                        .get("deals")))
                .containsExactly("Deal 000", "Deal 002", "Deal 004", "Deal 006", "Deal 008");
    }

    @Test
    void showsOneRecordTheSameWay() {
        JsonNode acme = ODataWorld.json(odata.service()
                .get(context, "companies", id("Acme"), ODataWorld.query("$expand", "deals($top=3;$count=true)"))
                .body());
        assertThat(acme.get("deals")).hasSize(3);
        assertThat(acme.get("deals@odata.count").longValue()).isEqualTo(60);
    }

    @Test
    void takesOneStatementForEachPart() {
        int plain = statements("companies", "1", "region");
        assertThat(statements("companies", "1000", "deals")).isEqualTo(plain);
        assertThat(statements("companies", "1000", "deals($count=true)")).isEqualTo(plain + 1);
        assertThat(statements("companies", "1000", "deals($expand=company($expand=region)),parent($expand=region)"))
                .isEqualTo(plain + 4);
        assertThat(statements("companies", "1", "deals($expand=company)")).isEqualTo(plain + 1);
    }

    private int statements(String set, String top, String expand) {
        odata.world().source().take();
        odata.list(context, set, "$top", top, "$orderby", "name", "$expand", expand);
        return odata.world().source().take().size();
    }

    @Test
    void refusesToBringTooManyRecords() {
        UUID crowded = UUID.randomUUID();
        CallContext caller = odata.world().context(crowded);
        for (int i = 0; i < 21; i++) {
            UUID company = odata.world().insert(crowded, COMPANY, Map.of("name", "C" + i));
            odata.world().insertMany(crowded, DEAL, 1000, Map.of("name", "D", "company", company));
        }
        ProblemException problem = catchThrowableOfType(
                ProblemException.class, () -> odata.list(caller, "companies", "$expand", "deals($top=1000)"));
        assertThat(problem.detail()).isEqualTo("query-expand-too-many");
        assertThat(odata.list(caller, "companies", "$expand", "deals($top=900)").get("value"))
                .hasSize(21);
    }

    private JsonNode company(String name, String expand) {
        return odata.list(context, "companies", "$filter", "name eq '" + name + "'", "$expand", expand)
                .get("value")
                .get(0);
    }

    private static List<String> names(JsonNode records) {
        List<String> names = new ArrayList<>();
        records.forEach(record -> names.add(record.get("name").asText()));
        return names;
    }
}
