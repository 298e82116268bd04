package io.relata.core.odata;

import static io.relata.core.query.TestEntities.COMPANY;
import static io.relata.core.query.TestEntities.DEAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Conditions on the records that point to a record, and orders by how many they are.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CollectionsTest {

    private final UUID tenant = UUID.randomUUID();
    private ODataWorld odata;
    private CallContext context;

    @BeforeAll
    void fill(LocalPostgres postgres) throws Exception {
        odata = ODataWorld.create(postgres);
        context = odata.world().context(tenant);
        UUID acme = odata.world().insert(tenant, COMPANY, Map.of("name", "Acme", "worth", new BigDecimal("5.0")));
        UUID beta = odata.world().insert(tenant, COMPANY, Map.of("name", "Beta", "parent", acme));
        odata.world().insert(tenant, COMPANY, Map.of("name", "Gamma"));
        deal("A1", acme, 1, "won");
        deal("A2", acme, 9, "open");
        deal("B1", beta, 3, "won");
        UUID gone = deal("B2", beta, 100, "lost");
        odata.world().delete(tenant, DEAL, gone);
        odata.world().insert(UUID.randomUUID(), DEAL, Map.of("name", "F", "company", acme, "stage", "lost"));
    }

    private UUID deal(String name, UUID company, int amount, String stage) {
        return odata.world()
                .insert(
                        tenant,
                        DEAL,
                        Map.of("name", name, "company", company, "amount", new BigDecimal(amount), "stage", stage));
    }

    @Test
    void someMemberMatches() {
        assertThat(companies("deals/any()")).containsExactly("Acme", "Beta");
        assertThat(companies("deals/any(d:d/stage eq 'open')")).containsExactly("Acme");
        assertThat(companies("deals/any(d:d/stage eq 'lost')"))
                .as("deleted, or another tenant's")
                .isEmpty();
        assertThat(companies("not deals/any(d:d/stage eq 'open')")).containsExactly("Beta", "Gamma");
    }

    @Test
    void everyMemberMatches() {
        assertThat(companies("deals/all(d:d/stage eq 'won')")).containsExactly("Beta", "Gamma");
        assertThat(companies("deals/any() and deals/all(d:d/stage eq 'won')")).containsExactly("Beta");
    }

    @Test
    void membersAreComparedWithTheRecordsAround() {
        assertThat(companies("deals/any(d:d/amount gt worth)")).containsExactly("Acme");
        assertThat(companies("deals/any(d:d/amount gt $it/parent/worth)")).isEmpty();
        assertThat(companies(
                        "companies_parent/any(c:c/deals/any(d:d/amount lt $it/worth and d/company/name eq c/name))"))
                .containsExactly("Acme");
    }

    @Test
    void membersAreCounted() {
        assertThat(companies("deals/$count eq 2")).containsExactly("Acme");
        assertThat(companies("deals/$count($filter=stage eq 'won') eq 1")).containsExactly("Acme", "Beta");
        assertThat(companies("deals/$count eq 0")).containsExactly("Gamma");
        assertThat(companies("parent/deals/$count eq 2")).containsExactly("Beta");
    }

    @Test
    void recordsAreOrderedByTheNumberOfMembers() {
        assertThat(odata.names(context, "companies", "$orderby", "deals/$count desc"))
                .containsExactly("Acme", "Beta", "Gamma");
        var first = odata.pages(1, context, "companies", "$orderby", "deals/$count,name");
        assertThat(first.get("value").get(0).get("name").asText()).isEqualTo("Gamma");
        var second = ODataWorld.json(
                odata.service().list(context, "companies", ODataWorld.queryOf(first.get("@odata.nextLink"))));
        assertThat(second.get("value").get(0).get("name").asText()).isEqualTo("Beta");
    }

    @Test
    void namesStandForConstants() {
        assertThat(ODataWorld.json(odata.service()
                                .list(
                                        context,
                                        "deals",
                                        "$filter=stage%20eq%20@s%20and%20amount%20gt%20@a&@s='won'&@a=-5"))
                        .get("value"))
                .hasSize(2);
    }

    @Test
    void leavesRecordsOut() {
        assertThat(odata.names(context, "deals", "$orderby", "name", "$skip", "1", "$top", "1"))
                .containsExactly("A2");
        assertThat(odata.names(context, "deals", "$orderby", "amount desc", "$skip", "2"))
                .containsExactly("A1");
        assertThat(odata.names(context, "deals", "$orderby", "closed", "$skip", "1"))
                .hasSize(2);
        var page = odata.pages(1, context, "deals", "$orderby", "name", "$skip", "1");
        assertThat(page.get("@odata.nextLink").asText()).doesNotContain("$skip=");
        var next = ODataWorld.json(
                odata.service().list(context, "deals", ODataWorld.queryOf(page.get("@odata.nextLink"))));
        assertThat(next.get("value").get(0).get("name").asText()).isEqualTo("B1");
    }

    @Test
    void theModelShowsBothDirections() {
        String xml = new String(odata.service().metadataXml(context), StandardCharsets.UTF_8);
        assertThat(xml)
                .containsPattern("Name=\"deals\" Type=\"Collection\\(Relata.deal\\)\"[^>]* Partner=\"company\"")
                .containsPattern("Name=\"deals_partner\" Type=\"Collection\\(Relata.deal\\)\"[^>]* Partner=\"partner\"")
                .containsPattern("Name=\"partner\" Type=\"Relata.company\"[^>]* Partner=\"deals_partner\"")
                .contains("<NavigationPropertyBinding Path=\"deals_partner\" Target=\"deals\"/>");
    }

    private List<String> companies(String filter) {
        return odata.names(context, "companies", "$filter", filter, "$orderby", "name");
    }
}
