package io.relata.core.odata;

import static io.relata.core.query.TestEntities.DEAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.problem.ProblemException;
import io.relata.core.query.QueryWorld;
import io.relata.core.query.RecordReader;
import io.relata.core.query.TestEntities;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// An operator can give a tenant other limits than the usual ones.
@ExtendWith(PostgresExtension.class)
class TenantLimitsTest {

    @Test
    void everyTenantHasItsOwn(LocalPostgres postgres) throws Exception {
        QueryWorld world = QueryWorld.create(postgres);
        UUID narrow = world.database().tenant("narrow", "test");
        UUID usual = world.database().tenant("usual", "test");
        world.database()
                .update("insert into control.query_limits (tenant_id, depth, terms, choices, rows, seconds) values ('"
                        + narrow + "', 5, 10, 10, 50, 3)");
        TenantLimits limits = new TenantLimits(world.database().application(), QueryWorld.CLOCK);

        assertThat(limits.apply(usual)).isEqualTo(QueryLimits.DEFAULT);
        assertThat(limits.apply(narrow))
                .isEqualTo(new QueryLimits(
                        QueryLimits.DEFAULT.length(),
                        5,
                        10,
                        10,
                        QueryLimits.DEFAULT.expands(),
                        50,
                        Duration.ofSeconds(3)));

        ODataService service = new ODataService(
                TestEntities::snapshot, limits, world.reader(), QueryWorld.CLOCK, URI.create(ODataWorld.ROOT));
        for (int i = 0; i < 61; i++) {
            world.insert(narrow, TestEntities.DEAL, Map.of("name", "Deal " + i));
        }
        JsonNode page = ODataWorld.json(service.list(world.context(narrow), "deals", ODataWorld.query("$top", "60")));
        assertThat(page.get("value")).hasSize(50);
        assertThat(page.get("@odata.nextLink").asText()).contains("$top=10&");
        assertThat(refusal(service, world.context(narrow), "$filter", "((((((hot))))))"))
                .isEqualTo("query-too-deep");
        assertThat(refusal(service, world.context(narrow), "$filter", "hot or ".repeat(10) + "hot"))
                .isEqualTo("query-too-many");
        assertThat(refusal(service, world.context(narrow), "$filter", "quantity in (1,2,3,4,5,6,7,8,9,10,11)"))
                .isEqualTo("query-too-many-choices");
        service.list(world.context(usual), "deals", ODataWorld.query("$top", "51", "$filter", "((((((hot))))))"));
    }

    @Test
    void theTimeIsTheTenantsToo(LocalPostgres postgres) throws Exception {
        QueryWorld world = QueryWorld.create(postgres);
        UUID hasty = UUID.randomUUID();
        UUID patient = UUID.randomUUID();
        for (UUID tenant : new UUID[] {hasty, patient}) {
            world.insertMany(tenant, DEAL, 3000, Map.of("name", "D", "notes", "x".repeat(500)));
        }
        RecordReader reader = new RecordReader(
                world.transaction(), tenant -> tenant.equals(hasty) ? Duration.ofMillis(1) : Duration.ofMinutes(1));
        ODataService service =
                new ODataService(TestEntities::snapshot, reader, QueryWorld.CLOCK, URI.create(ODataWorld.ROOT));

        assertThat(refusal(service, world.context(hasty), "$filter", "contains(toupper(notes),'Y')"))
                .isEqualTo("query-too-slow");
        service.list(world.context(patient), "deals", ODataWorld.query("$filter", "contains(toupper(notes),'Y')"));
    }

    private static String refusal(ODataService service, CallContext context, String option, String text) {
        ProblemException problem = catchThrowableOfType(
                ProblemException.class, () -> service.list(context, "deals", ODataWorld.query(option, text)));
        assertThat(problem).as(text).isNotNull();
        return problem.detail();
    }
}
