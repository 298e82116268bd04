package io.relata.core.odata;

import static io.relata.core.query.TestEntities.COMPANY;
import static io.relata.core.query.TestEntities.DEAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.query.QueryWorld;
import io.relata.core.query.RecordReader;
import io.relata.core.query.TestEntities;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// The statements a query becomes: few, of a shape that no value changes, each with the tenant as a bound value.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatementsTest {

    private static final List<String> PAYLOADS = List.of(
            "plain",
            "' or 1=1 --",
            "'; drop table relata.record_deal; --",
            "\" or \"\"=\"",
            "\\'; select 1",
            "%' or '%'='",
            "$1",
            "?",
            "{0}",
            ":x",
            "/*",
            "U&'\\0027'",
            "北京' or tenant_id is not null",
            "𝕏",
            "null",
            "");

    private final UUID tenant = UUID.randomUUID();
    private ODataWorld odata;
    private CallContext context;

    @BeforeAll
    void fill(LocalPostgres postgres) throws Exception {
        odata = ODataWorld.create(postgres);
        context = odata.world().context(tenant);
        for (int i = 0; i < 60; i++) {
            UUID company = odata.world().insert(tenant, COMPANY, Map.of("name", "Company " + i));
            odata.world()
                    .insert(
                            tenant,
                            DEAL,
                            Map.of(
                                    "name",
                                    "Deal " + i,
                                    "company",
                                    company,
                                    "partner",
                                    company,
                                    "amount",
                                    new BigDecimal(i)));
        }
        odata.world().source().take();
    }

    @Test
    void valuesNeverChangeTheStatement() {
        for (String filter : List.of(
                "name eq '%s'",
                "company/name ne '%s'",
                "contains(notes,'%s')",
                "startswith(tolower(code),'%s')",
                "name in ('%s','x')",
                "concat(name,'%s') gt stage",
                "not (indexof(name,'%s') eq 1)")) {
            Set<List<String>> shapes = new HashSet<>();
            for (String payload : PAYLOADS) {
                odata.list(context, "deals", "$filter", filter.formatted(payload.replace("'", "''")));
                shapes.add(withoutLookingAtAccess());
            }
            assertThat(shapes).as(filter).hasSize(1);
        }
    }

    /// What the caller may do is asked once a second, before anything else.
    private List<String> withoutLookingAtAccess() {
        return odata.world().source().take().stream()
                .filter(statement -> !statement.equals("select relata.set_tenant(?)"))
                .toList();
    }

    @Test
    void wordsThatAreSearchedForNeverReachTheStatement() {
        for (String payload : PAYLOADS) {
            odata.list(
                    context,
                    "deals",
                    "$search",
                    '"' + payload.replace("\\", "\\\\").replace("\"", "\\\"") + "\" needle");
            for (String statement : odata.world().source().take()) {
                assertThat(statement)
                        .doesNotContain("needle")
                        .doesNotContain("1=1")
                        .doesNotContain("drop")
                        .doesNotContain("北京")
                        .doesNotContain("plain");
            }
        }
    }

    @Test
    void namesThatMetadataDoesNotKnowNeverReachTheDatabase() {
        for (String payload : PAYLOADS) {
            for (String option : List.of("$filter", "$orderby", "$select", "$expand", "$apply", "$skiptoken")) {
                for (String text :
                        List.of(payload, "name, " + payload, payload + " eq 1", "groupby((" + payload + "))")) {
                    tryList(option, text);
                }
            }
            tryList("$apply", "aggregate(amount with sum as " + payload + ")");
        }
        odata.world()
                .source()
                .take()
                .forEach(statement -> assertThat(statement)
                        .doesNotContain("1=1")
                        .doesNotContain("drop")
                        .doesNotContain("select 1"));
        assertThat(odata.service().count(context, "deals", null)).isEqualTo(60);
    }

    @Test
    void everyStatementCarriesTheTenant() {
        odata.world().source().take();
        odata.list(
                context,
                "deals",
                "$filter",
                "company/parent/name eq null",
                "$orderby",
                "company/name",
                "$count",
                "true",
                "$expand",
                "company");
        odata.list(context, "deals", "$apply", "groupby((company/region/name),aggregate($count as n))");
        odata.service().count(context, "deals", "$search=deal");

        List<String> statements = odata.world().source().take();
        assertThat(statements).hasSize(6);
        for (String statement : statements) {
            int records = occurrences(statement, "(from|join) \"relata\"\\.\"record_");
            int tables = records + occurrences(statement, "(from|join) \"relata\"\\.\"search_");
            assertThat(tables).as(statement).isPositive();
            assertThat(occurrences(statement, "\"tenant_id\" = cast\\(\\? as uuid\\)"))
                    .as(statement)
                    .isEqualTo(tables);
            assertThat(occurrences(statement, "\"entity_id\" = (cast\\((\\?|'[-0-9a-f]{36}') as uuid\\)|\"asked\")"))
                    .as(statement)
                    .isEqualTo(tables);
            assertThat(occurrences(statement, "\"state\" = 0")).as(statement).isEqualTo(records);
        }
    }

    private static int occurrences(String statement, String pattern) {
        return (int) Pattern.compile(pattern).matcher(statement).results().count();
    }

    @Test
    void theNumberOfStatementsDoesNotDependOnTheData() {
        assertThat(statements("$top", "50")).isEqualTo(1);
        assertThat(statements("$top", "5", "$orderby", "company/name,name desc"))
                .isEqualTo(1);
        assertThat(statements("$top", "5", "$count", "true")).isEqualTo(2);
        assertThat(statements("$top", "1", "$expand", "company,partner")).isEqualTo(3);
        assertThat(statements("$top", "50", "$expand", "company,partner")).isEqualTo(3);
        assertThat(statements("$top", "5", "$orderby", "amount desc")).isEqualTo(1);
        assertThat(statements("$top", "100", "$orderby", "amount desc"))
                .as("and those without an amount")
                .isEqualTo(2);
        assertThat(statements("$top", "100", "$orderby", "amount desc", "$filter", "amount ge 0"))
                .isEqualTo(1);
        assertThat(statements("$apply", "groupby((company/name),aggregate(amount with sum as sum,$count as n))"))
                .isEqualTo(1);
        assertThat(statements("$apply", "filter(amount gt 50)/aggregate($count as n)"))
                .isEqualTo(1);
    }

    @Test
    void givesUpOnASlowQuery() {
        RecordReader impatient = new RecordReader(odata.world().transaction(), Duration.ofMillis(1));
        ODataService service =
                new ODataService(TestEntities::snapshot, impatient, QueryWorld.CLOCK, URI.create(ODataWorld.ROOT));
        StringBuilder filter = new StringBuilder("contains(concat(name,name),'x')");
        for (int i = 0; i < 60; i++) {
            filter.append(" or contains(concat(concat(notes,company/name),partner/name),'")
                    .append(i)
                    .append("q')");
        }

        ProblemException problem = catchThrowableOfType(
                ProblemException.class,
                () -> service.list(context, "deals", ODataWorld.query("$filter", filter.toString())));

        assertThat(problem).isNotNull();
        assertThat(problem.detail()).isEqualTo("query-too-slow-unindexed");
        assertThat(problem.arguments()).containsExactly("partnerId");
        assertThat(odata.service().count(context, "deals", null)).isEqualTo(60);
    }

    private int statements(String... options) {
        odata.world().source().take();
        odata.list(context, "deals", options);
        return odata.world().source().take().size();
    }

    private void tryList(String option, String text) {
        try {
            odata.list(context, "deals", option, text);
        } catch (ProblemException refused) {
            assertThat(refused.code()).isEqualTo(ProblemCode.INVALID_QUERY);
        }
    }
}
