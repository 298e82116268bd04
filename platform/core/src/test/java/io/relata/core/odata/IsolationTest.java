package io.relata.core.odata;

import static io.relata.core.query.TestEntities.COMPANY;
import static io.relata.core.query.TestEntities.DEAL;
import static io.relata.core.query.TestEntities.REGION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.relata.core.problem.ProblemException;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// A tenant sees its own live records, by no question anything else.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationTest {

    private final UUID tenant = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();
    private final UUID shared = UUID.randomUUID();
    private ODataWorld odata;
    private CallContext context;
    private UUID foreignCompany;
    private UUID foreignDeal;
    private UUID deletedDeal;

    @BeforeAll
    void fill(LocalPostgres postgres) throws Exception {
        odata = ODataWorld.create(postgres);
        context = odata.world().context(tenant);
        foreignCompany = odata.world().insert(other, COMPANY, Map.of("name", "Theirs"));
        foreignDeal = odata.world().insert(other, DEAL, Map.of("name", "Their deal", "stage", "theirs"));
        odata.world().insert(other, COMPANY, shared, Map.of("name", "Their twin"));
        odata.world().insert(tenant, COMPANY, shared, Map.of("name", "Our twin"));
        UUID deletedCompany = odata.world().insert(tenant, COMPANY, Map.of("name", "Deleted"));
        UUID region = odata.world().insert(tenant, REGION, Map.of("name", "No company"));
        deal("Ours", foreignCompany);
        deal("Orphan", deletedCompany);
        deal("Wrong", region);
        deal("Twin", shared);
        deletedDeal = odata.world().insert(tenant, DEAL, Map.of("name", "Gone"));
        odata.world().delete(tenant, DEAL, deletedDeal);
        odata.world().delete(tenant, COMPANY, deletedCompany);
    }

    private void deal(String name, UUID company) {
        Map<String, @Nullable Object> values = new HashMap<>(Map.of("name", name, "company", company));
        odata.world().insert(tenant, DEAL, values);
    }

    @Test
    void listsOnlyOwnLiveRecords() {
        assertThat(odata.names(context, "deals", "$orderby", "name"))
                .containsExactly("Orphan", "Ours", "Twin", "Wrong");
        assertThat(odata.service().count(context, "deals", null)).isEqualTo(4);
        assertThat(odata.names(context, "deals", "$filter", "id eq " + foreignDeal))
                .isEmpty();
        assertThat(odata.names(context, "deals", "$filter", "stage eq 'theirs' or hot eq null"))
                .hasSize(4);
        assertThat(odata.names(context, "deals", "$search", "their OR gone")).isEmpty();
    }

    @Test
    void findsNeitherForeignNorDeletedRecords() {
        for (UUID id : List.of(foreignDeal, deletedDeal, foreignCompany, shared)) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> odata.service().get(context, "deals", id, null))
                    .withMessageContaining("not-found");
            assertThat(odata.world().reader().find(context, DEAL, id)).isEmpty();
        }
        assertThat(odata.world()
                        .reader()
                        .find(context, COMPANY, shared)
                        .orElseThrow()
                        .value("name"))
                .isEqualTo("Our twin");
    }

    @Test
    void followsLookupsToOwnLiveRecordsOfTheirEntityOnly() {
        assertThat(odata.names(context, "deals", "$filter", "company/name ne null"))
                .containsExactly("Twin");
        assertThat(odata.names(context, "deals", "$filter", "company/name eq 'Our twin'"))
                .containsExactly("Twin");
        assertThat(odata.list(context, "deals", "$expand", "company", "$orderby", "name")
                        .get("value"))
                .extracting(deal -> deal.get("company").isNull())
                .containsExactly(true, true, false, true);
        assertThat(odata.list(context, "deals", "$apply", "groupby((company/name),aggregate($count as n))")
                        .get("value")
                        .toString())
                .isEqualTo("[{\"company\":{\"name\":\"Our twin\"},\"n\":1},{\"company\":{\"name\":null},\"n\":3}]");
    }

    @Test
    void figuresCountOnlyOwnLiveRecords() {
        assertThat(odata.list(context, "deals", "$apply", "aggregate($count as n,stage with max as s)")
                        .get("value")
                        .toString())
                .isEqualTo("[{\"n\":4,\"s\":null}]");
    }
}
