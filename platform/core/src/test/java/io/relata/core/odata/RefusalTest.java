package io.relata.core.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.relata.core.problem.Messages;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.query.QueryWorld;
import io.relata.core.query.RecordReader;
import io.relata.core.query.TestEntities;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import io.relata.spi.Origin;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/// What cannot be understood is refused with its place and its name, before the database hears of it.
class RefusalTest {

    private final CallContext context = new CallContext(
            UUID.randomUUID(),
            UUID.randomUUID(),
            Set.of(CallContext.ADMINISTRATOR),
            Locale.ENGLISH,
            ZoneOffset.UTC,
            Currency.getInstance("USD"),
            "request",
            Origin.API);

    /// Its database does not exist: a query that reached it would fail with another exception.
    private final ODataService service = new ODataService(
            TestEntities::snapshot,
            new RecordReader(new TenantTransaction(new PGSimpleDataSource()), Duration.ofSeconds(1)),
            QueryWorld.CLOCK,
            URI.create(ODataWorld.ROOT));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "$filter  | amont gt 5                            | query-unknown-name | 1  | amont",
                "$filter  | stage eq 'won' and   amont gt 5       | query-unknown-name | 22 | amont",
                "$filter  | company/nam eq 'x'                    | query-unknown-name | 9  | nam",
                "$filter  | company/region/x/y eq 1               | query-unknown-name | 16 | x",
                "$filter  | nosuch(name) eq 1                     | query-unknown-name | 1  | nosuch",
                "$orderby | name,colour desc                      | query-unknown-name | 6  | colour",
                "$select  | name,colour                           | query-unknown-name | 6  | colour",
                "$expand  | kompany                               | query-unknown-name | 1  | kompany",
                "$apply   | groupby((stagge))                     | query-unknown-name | 10 | stagge",
                "$apply   | aggregate(amount with sum as name)    | query-name-taken   | 30 | name",
            })
    void namesTheUnknownNameAndItsPlace(String option, String text, String reason, int position, String name) {
        ProblemException problem = refusal(option, text);

        assertThat(problem.detail()).isEqualTo(reason);
        assertThat(problem.extras()).isEqualTo(Map.of("option", option, "position", position, "name", name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "$filter  | amount gt                                | query-syntax        | 10",
                "$filter  | amount gt 5 and                          | query-syntax        | 16",
                "$filter  | (amount gt 5                             | query-syntax        | 13",
                "$filter  | amount gt 5)                             | query-syntax        | 12",
                "$filter  | name eq 'open                            | query-syntax        | 9",
                "$filter  | amount gt 'five'                         | query-type-mismatch | 11",
                "$filter  | name eq 5                                | query-type-mismatch | 9",
                "$filter  | hot eq 'true'                            | query-type-mismatch | 8",
                "$filter  | closed gt createdAt                      | query-type-mismatch | 11",
                "$filter  | contains(amount,'5')                     | query-type-mismatch | 10",
                "$filter  | contains(name,null)                      | query-type-mismatch | 15",
                "$filter  | quantity in (1,'2')                      | query-type-mismatch | 16",
                "$filter  | name                                     | query-type-mismatch | 1",
                "$filter  | hot and name                             | query-type-mismatch | 9",
                "$filter  | closed add duration'PT1H' gt 2026-01-01  | query-literal       |",
                "$filter  | name add duration'P1D' eq 1              | query-type-mismatch | 10",
                "$filter  | Relata.Today(name)                       | query-type-mismatch | 14",
                "$filter  | Relata.LastDays(closed,-1)               | query-relative-number | 25",
                "$filter  | Relata.Under(company,@p)                 | query-unknown-name  | 22",
                "$filter  | Relata.Under(company/parent,'Acme')      | query-type-mismatch | 29",
                "$filter  | Relata.Above(partner,null)               | query-no-hierarchy  | 14",
                "$filter  | Relata.Under(name)                       | query-arguments     | 1",
                "$orderby | name sideways                            | query-syntax        | 6",
                "$apply   | aggregate(amount with total)             | query-unknown-name  | 23",
                "$apply   | aggregate(amount with sum)               | query-syntax        | 26",
                "$expand  | company($filter=name eq 5)               | query-type-mismatch | 25",
                "$expand  | company($select=name                     | query-syntax        | 21",
            })
    void saysWhereItStoppedUnderstanding(String option, String text, String reason, @Nullable Integer position) {
        ProblemException problem = refusal(option, text);

        assertThat(problem.detail()).isEqualTo(reason);
        assertThat(problem.extras().get("position")).isEqualTo(position);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "$filter  | closed eq 2026-02-30                        | query-literal",
                "$filter  | amount eq 1e999999999                       | query-literal",
                "$filter  | amount eq INF                               | query-literal",
                "$filter  | company/parent/parent/region/name eq 'x'    | query-path",
                "$filter  | $it eq 1                                    | query-path",
                "$filter  | name eq @p                                  | query-unknown-name",
                "$filter  | isof(name,Edm.Stream)                       | query-unknown-name",
                "$filter  | cast(hot,Edm.Date) eq null                  | query-type-mismatch",
                "$filter  | case(hot:1,warm:'x') eq 1                   | query-type-mismatch",
                "$filter  | case(amount:1) eq 1                         | query-type-mismatch",
                "$filter  | case(hot:null) eq 1                         | query-type-mismatch",
                "$filter  | case(hot,1) eq 1                            | query-syntax",
                "$filter  | matchespattern(name,code)                   | query-type-mismatch",
                "$filter  | matchespattern(name,'(a)+\\1')            | query-literal",
                "$filter  | matchespattern(name,'***:a')                | query-literal",
                "$filter  | matchespattern(name,'(?i)a')                | query-literal",
                "$filter  | matchespattern(name,'(a{1,999})')           | query-literal",
                "$filter  | matchespattern(name,'[[:alpha:]]')          | query-literal",
                "$filter  | totalseconds(name) eq 1                     | query-type-mismatch",
                "$filter  | closed sub met gt 1                         | query-type-mismatch",
                "$filter  | quantity eq duration'P1X'                   | query-literal",
                "$filter  | tolower(name,name) eq 'x'                   | query-arguments",
                "$filter  | company/deals/some(d:d/hot)                 | query-unknown-name",
                "$filter  | company/deals/any(d:d/hot) and d/hot        | query-unknown-name",
                "$filter  | company/deals/any($it:$it/hot)              | query-syntax",
                "$filter  | company/deals/any(d:d/company/deals/any(d:d/hot)) | query-name-taken",
                "$filter  | company/deals                               | query-syntax",
                "$orderby | notes                                       | query-not-sortable",
                "$orderby | 5                                           | query-unsupported",
                "$orderby | amount gt 5                                 | query-unsupported",
                "$orderby | name,stage,amount,quantity,hot,closed       | query-too-many",
                "$expand  | company($orderby=name)                      | query-expand-single",
                "$expand  | company($format=json)                       | query-expand-single",
                "$expand  | company($expand=deals($top=1001))           | query-top",
                "$expand  | company($levels=2)                          | query-levels",
                "$expand  | company($expand=parent($levels=9))          | query-option-value",
                "$expand  | company($expand=companies_parent($levels=5;$expand=deals,region,companies_parent($levels=2))) | query-too-many",
                "$expand  | company/$ref                                | query-unsupported",
                "$top     | 1000000000                                  | query-top",
                "$top     | -1                                          | query-top",
                "$top     | ٣                                           | query-top",
                "$skip    | 50001                                       | query-top",
                "$count   | yes                                         | query-option-value",
                "$format  | xml                                         | query-option-value",
                "$levels  | 1                                           | query-option-unknown",
                "$apply   | aggregate(name with sum as s)               | query-measure",
                "$apply   | aggregate(hot with max as s)                | query-measure",
                "$apply   | compute(amount mul 2 as x)                  | query-compute-ungrouped",
                "$apply   | compute(amount mul 2 as stage)              | query-name-taken",
                "$apply   | groupby((rollup(stage,name)))               | query-unsupported",
                "$apply   | groupby((stage))/filter(amount gt 1)        | query-not-grouped",
                "$apply   | concat(filter(hot),aggregate($count as n))  | query-concat-records",
                "$apply   | concat(groupby((stage)),groupby((hot)))/identity | query-concat-last",
                "$apply   | topsum(5,name)                              | query-type-mismatch",
                "$apply   | join(company as c)                          | query-unsupported",
                "$apply   | frobnicate(amount)                          | query-unknown-name",
            })
    void saysWhatIsNotPossible(String option, String text, String reason) {
        assertThat(refusal(option, text).detail()).isEqualTo(reason);
    }

    @Test
    void refusesDepthAndLengthBeforeParsing() {
        assertThat(refusal("$filter=" + "(".repeat(8000)).detail()).isEqualTo("query-too-deep");
        assertThat(refusal("$filter=" + "not%20".repeat(2000)).detail()).isEqualTo("query-too-deep");
        assertThat(refusal("$filter=" + "-".repeat(8000)).detail()).isEqualTo("query-too-deep");
        assertThat(refusal("$filter", "tolower(".repeat(60) + "name" + ")".repeat(60))
                        .detail())
                .isEqualTo("query-too-deep");
        assertThat(refusal("$filter", "true" + " eq true".repeat(1000)).detail())
                .isEqualTo("query-too-deep");
        assertThat(refusal("$filter", "quantity" + " add 1".repeat(1000) + " eq 5")
                        .detail())
                .isEqualTo("query-too-deep");
        assertThat(refusal("$expand", "company($expand=" + "companies_parent($expand=".repeat(100))
                        .detail())
                .isEqualTo("query-too-deep");
        assertThat(refusal("$apply", "concat(".repeat(1000)).detail()).isEqualTo("query-too-many");
        assertThat(refusal("$filter", "hot or ".repeat(1000) + "hot").detail()).isEqualTo("query-too-many");
        assertThat(refusal("$filter", "quantity in (" + "1,".repeat(1000) + "1)")
                        .detail())
                .isEqualTo("query-too-many-choices");
        assertThat(refusal("$filter=" + "(".repeat(20_000)).detail()).isEqualTo("query-too-long");
        assertThat(refusal("$filter", "name eq 'x' or " + "(".repeat(30) + "name eq '" + "(".repeat(100) + "'")
                        .detail())
                .isEqualTo("query-syntax");
    }

    /// Whoever sends them, sends many: a refusal must cost next to nothing.
    @ParameterizedTest
    @ValueSource(ints = {20_000, 1_000_000})
    void readsHostileTextsInNoTime(int length) {
        QueryLimits wide = new QueryLimits(Integer.MAX_VALUE, 40, 1_000, 10_000, 20, 1_000, Duration.ofSeconds(1));
        QueryContext open = new QueryContext(
                TestEntities.snapshot(context.tenant()),
                QueryWorld.NOW,
                ZoneOffset.UTC,
                DayOfWeek.MONDAY,
                wide,
                Map.of());
        for (String text : List.of(
                "(".repeat(length),
                "not ".repeat(length / 4),
                "-".repeat(length),
                "name eq '" + "x".repeat(length),
                "quantity in (" + "1,".repeat(length / 2),
                "hot and ".repeat(length / 8),
                "company/".repeat(length / 8),
                "tolower(".repeat(length / 8),
                "1".repeat(length),
                "a.".repeat(length / 2),
                "'".repeat(length),
                "company/deals/any(d:".repeat(length / 20),
                " ".repeat(length),
                "quantity eq " + "-".repeat(length / 2) + "1".repeat(length / 2))) {
            long best = Long.MAX_VALUE;
            for (int i = 0; i < 5; i++) {
                long start = System.nanoTime();
                ProblemException problem = catchThrowableOfType(
                        ProblemException.class, () -> new QueryParser(context, TestEntities.DEAL, open).selected(text));
                best = Math.min(best, System.nanoTime() - start);
                assertThat(problem).as(text.substring(0, 20)).isNotNull();
            }
            assertThat(Duration.ofNanos(best)).as(text.substring(0, 20)).isLessThan(Duration.ofMillis(100));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$filter=name%20eq%20%27%C3%28%27",
                "$filter=%",
                "$filter=%4",
                "$filter=%zz",
                "$filter=name%20eq%20%27%00%27",
                "$filter=hot&$filter=warm",
                "$apply=aggregate($count%20as%20n)&$filter=hot",
                "$apply=aggregate($count%20as%20n)&$select=n",
                "$apply=aggregate($count%20as%20n)&$expand=company",
                "$apply=groupby((stage))&$orderby=amount",
                "$apply=groupby((stage))&$filter=amount%20gt%201",
                "$apply=concat(groupby((stage)),groupby((hot)))&$top=1",
                "$filter=name%20eq%20@p&@p=name",
                "$filter=name%20eq%20@p&@p=5",
            })
    void refusesBrokenAndConflictingQueries(String raw) {
        assertThat(refusal(raw).code()).isEqualTo(ProblemCode.INVALID_QUERY);
    }

    @Test
    void saysEveryRefusalInBothLanguages() {
        for (ProblemException problem : List.of(
                refusal("$filter", "amont gt 5"),
                refusal("$filter", "amount gt"),
                refusal("$top", "x"),
                refusal("$skiptoken", "x"),
                refusal("$filter", "closed eq 2026-02-30"))) {
            assertThat(Messages.text(Locale.ENGLISH, problem.detail(), problem.arguments()))
                    .isNotBlank()
                    .doesNotContain("{");
            assertThat(Messages.text(Locale.forLanguageTag("zh-CN"), problem.detail(), problem.arguments()))
                    .matches(text -> text.codePoints()
                            .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN))
                    .doesNotContain("{");
        }
        assertThat(Messages.text(
                        Locale.ENGLISH,
                        "query-unknown-name",
                        refusal("$filter", "amont gt 5").arguments()))
                .isEqualTo("$filter: there is no amont, named at position 1.");
    }

    private ProblemException refusal(String option, String text) {
        return refusal(ODataWorld.query(option, text));
    }

    private ProblemException refusal(String raw) {
        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> service.list(context, "deals", raw));
        assertThat(problem).as(raw).isNotNull();
        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_QUERY);
        return problem;
    }
}
