package io.relata.core.odata;

import static io.relata.core.query.TestEntities.COMPANY;
import static io.relata.core.query.TestEntities.DEAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Conditions on where a record stands in a hierarchy.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StandingTest {

    private final UUID tenant = UUID.randomUUID();
    private final UUID stranger = UUID.randomUUID();
    private ODataWorld odata;
    private CallContext context;
    private UUID group;
    private UUID europe;
    private UUID france;
    private UUID foreign;

    /// Group over Europe and Asia, Europe over France over Paris; Lyon under France is deleted.
    @BeforeAll
    void fill(LocalPostgres postgres) throws Exception {
        odata = ODataWorld.create(postgres);
        context = odata.world().context(tenant);
        group = odata.world().insert(tenant, COMPANY, Map.of("name", "Group"));
        europe = company("Europe", group);
        company("Asia", group);
        france = company("France", europe);
        company("Paris", france);
        odata.world().delete(tenant, COMPANY, company("Lyon", france));
        company("Lone", UUID.randomUUID());
        foreign = odata.world().insert(stranger, COMPANY, Map.of("name", "Foreign", "parent", group));
        odata.world().insert(tenant, DEAL, Map.of("name", "Wine", "company", france));
        odata.world().insert(tenant, DEAL, Map.of("name", "Tea", "company", group));
        odata.world().insert(tenant, DEAL, Map.of("name", "Air"));
    }

    private UUID company(String name, UUID parent) {
        return odata.world().insert(tenant, COMPANY, Map.of("name", name, "parent", parent));
    }

    @Test
    void findsWhatStandsUnderARecord() {
        assertThat(companies("Under", group)).containsExactly("Asia", "Europe", "France", "Paris");
        assertThat(companies("UnderOrSelf", europe)).containsExactly("Europe", "France", "Paris");
        assertThat(companies("Under", france)).containsExactly("Paris");
    }

    @Test
    void findsWhatStandsAboveARecord() {
        assertThat(companies("Above", france)).containsExactly("Europe", "Group");
        assertThat(companies("AboveOrSelf", france)).containsExactly("Europe", "France", "Group");
        assertThat(companies("Above", group)).isEmpty();
    }

    @Test
    void standsWithOtherConditions() {
        String under = "Relata.Under(parent," + europe + ")";
        assertThat(names("companies", "not " + under + " and name ne 'Lone'"))
                .containsExactly("Asia", "Europe", "Group");
        assertThat(names("companies", under + " and deals/any()")).containsExactly("France");
        assertThat(names("companies", "deals/any(d:Relata.UnderOrSelf(d/company/parentId," + europe + "))"))
                .containsExactly("France");
    }

    @Test
    void looksAtTheRecordThatALookupLeadsTo() {
        String under = "Relata.Under(company/parentId," + group + ")";
        assertThat(names("deals", under)).containsExactly("Wine");
        assertThat(names("deals", "not " + under))
                .as("what leads nowhere stands nowhere")
                .containsExactly("Tea");
    }

    @Test
    void staysInTheTenant() {
        assertThat(companies("AboveOrSelf", foreign)).isEmpty();
        assertThat(companies("UnderOrSelf", foreign)).isEmpty();
        assertThat(odata.names(
                        odata.world().context(stranger), "companies", "$filter", "Relata.Under(parent," + group + ")"))
                .as("the stranger's own record points to an id that is none of the tenant's records")
                .containsExactly("Foreign");
        assertThat(odata.names(
                        odata.world().context(stranger),
                        "companies",
                        "$filter",
                        "Relata.Above(parent," + foreign + ")"))
                .isEmpty();
    }

    @Test
    void endsInALoopFromBefore() throws SQLException {
        UUID first = UUID.randomUUID();
        CallContext other = odata.world().context(first);
        UUID ring = odata.world().insert(first, COMPANY, Map.of("name", "Ring"));
        UUID under = odata.world().insert(first, COMPANY, Map.of("name", "Under", "parent", ring));
        odata.world().database().update("""
                update relata.record_shared set data = data || jsonb_build_object('parent', ?::text)
                where tenant_id = ? and id = ?""", under.toString(), first, ring);

        assertThat(odata.names(other, "companies", "$filter", "Relata.Under(parent," + ring + ")"))
                .containsExactlyInAnyOrder("Ring", "Under");
        assertThat(odata.names(other, "companies", "$filter", "Relata.AboveOrSelf(parent," + ring + ")"))
                .containsExactlyInAnyOrder("Ring", "Under");
    }

    private List<String> companies(String function, UUID other) {
        return names("companies", "Relata." + function + "(parentId," + other + ")");
    }

    private List<String> names(String set, String filter) {
        return odata.names(context, set, "$filter", filter, "$orderby", "name");
    }
}
