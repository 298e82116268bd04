package io.relata.core.odata;

import static io.relata.core.query.TestEntities.COMPANY;
import static io.relata.core.query.TestEntities.DEAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.math.BigDecimal;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How much is said besides the data, and how numbers are written.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ODataFormatTest {

    private final UUID tenant = UUID.randomUUID();
    private ODataWorld odata;
    private CallContext context;
    private UUID deal;

    @BeforeAll
    void fill(LocalPostgres postgres) throws Exception {
        odata = ODataWorld.create(postgres);
        context = odata.world().context(tenant);
        UUID company = odata.world().insert(tenant, COMPANY, Map.of("name", "Acme"));
        deal = odata.world()
                .insert(
                        tenant,
                        DEAL,
                        Map.of(
                                "name",
                                "A",
                                "amount",
                                new BigDecimal("12345678901234.56"),
                                "quantity",
                                7L,
                                "company",
                                company));
    }

    @Test
    void saysNothingBesidesTheData() {
        JsonNode page = list("application/json;odata.metadata=none", "");
        assertThat(page.fieldNames()).toIterable().containsExactly("value");
        assertThat(page.get("value").get(0).fieldNames()).toIterable().noneMatch(name -> name.contains("@"));
    }

    @Test
    void saysTypesAndAddresses() {
        JsonNode record =
                list("application/json; odata.metadata=full", "").get("value").get(0);
        assertThat(record.get("@odata.type").asText()).isEqualTo("#Relata.deal");
        assertThat(record.get("@odata.id").asText()).isEqualTo(ODataWorld.ROOT + "deals(" + deal + ")");
        assertThat(record.get("@odata.editLink").asText()).isEqualTo("deals(" + deal + ")");
        assertThat(record.get("amount@odata.type").asText()).isEqualTo("#Decimal");
        assertThat(record.get("companyId@odata.type").asText()).isEqualTo("#Guid");
        assertThat(record.has("name@odata.type")).isFalse();
        assertThat(record.has("closed@odata.type")).as("empty").isFalse();
    }

    @Test
    void writesNumbersAsTextsWhereFloatingPointWouldLoseThem() {
        JsonNode page = list("application/json;IEEE754Compatible=true", "$count=true");
        assertThat(page.get("@odata.count").isTextual()).isTrue();
        assertThat(page.get("value").get(0).get("amount").textValue()).isEqualTo("12345678901234.56");
        assertThat(page.get("value").get(0).get("quantity").textValue()).isEqualTo("7");
        JsonNode figures =
                list("application/json;IEEE754Compatible=true", "$apply=aggregate(amount%20with%20sum%20as%20total)");
        assertThat(figures.get("value").get(0).get("total").textValue()).isEqualTo("12345678901234.56");
    }

    @Test
    void theQueryAsksBeforeTheHeader() {
        ODataService.Answer answer = odata.service()
                .list(context, "deals", "$format=application/json;odata.metadata=none", ODataFormat.USUAL, null);
        assertThat(answer.format().mediaType()).isEqualTo("application/json;odata.metadata=none;charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/json",
                "text/html,*/*;q=0.8",
                "application/json;odata.streaming=true",
                "application/json;odata.metadata=minimal;IEEE754Compatible=false",
                "application/xml, application/json"
            })
    void writesTheUsualForm(String accept) {
        assertThat(ODataFormat.accepted(accept)).isEqualTo(ODataFormat.USUAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/xml", "text/html", "application/json;odata.metadata=verbose"})
    void refusesWhatIsNotWritten(String accept) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> ODataFormat.accepted(accept));
        assertThat(problem.code()).isEqualTo(ProblemCode.NOT_ACCEPTABLE);
    }

    private JsonNode list(String accept, String query) {
        return ODataWorld.json(odata.service()
                .list(context, "deals", query, ODataFormat.accepted(accept), null)
                .body());
    }
}
