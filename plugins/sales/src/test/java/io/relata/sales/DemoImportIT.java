package io.relata.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.imports.ImportCounts;
import io.relata.core.imports.ImportJob;
import io.relata.core.job.Job.State;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The demo tenants' data through the plugin's jar and the product's own import, and the numbers that come out.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class DemoImportIT {

    private static final long DEALS = 8_800;

    private final LocalPostgres postgres;
    private SalesWorld world;

    DemoImportIT(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void create(@TempDir Path folder) throws IOException, SQLException, InterruptedException {
        world = SalesWorld.create(postgres, folder);
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void acmeHasThePublishedNumbersHoweverOftenAndAfterAKill() throws IOException, SQLException, InterruptedException {
        CallContext acme = world.tenant("acme");
        List<UUID> jobs = world.submitDemo(acme, "acme");
        killInTheMiddle(acme, jobs.getLast());
        world.start();

        List<ImportJob> first = world.await(acme, jobs);

        assertThat(first).extracting(ImportJob::state).containsOnly(State.DONE);
        assertThat(first)
                .extracting(ImportJob::counts)
                .containsExactly(
                        new ImportCounts(85, 85, 0, 0, 0),
                        new ImportCounts(85, 0, 15, 70, 0),
                        new ImportCounts(7, 7, 0, 0, 0),
                        new ImportCounts(35, 35, 0, 0, 0),
                        new ImportCounts(DEALS, DEALS, 0, 0, 0));
        assertPublishedNumbers(acme);

        List<ImportJob> second = world.await(acme, world.submitDemo(acme, "acme"));

        assertThat(second)
                .allSatisfy(job -> assertThat(job.counts().unchanged())
                        .isEqualTo(job.counts().processed()));
        assertPublishedNumbers(acme);
        northwindHasItsRevenue();
    }

    /// Another process begins, and dies with the deals half done.
    private void killInTheMiddle(CallContext context, UUID deals) throws IOException, InterruptedException {
        Process process = world.startElsewhere();
        try {
            while (world.job(context, deals).counts().processed() < DEALS / 4) {
                assertThat(process.isAlive()).isTrue();
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(world.job(context, deals).state()).isEqualTo(State.RUNNING);
    }

    private void assertPublishedNumbers(CallContext acme) throws IOException {
        assertThat(world.count(acme, "opportunities")).isEqualTo(DEALS);
        assertThat(figures(acme, "groupby((stage),aggregate($count as n))", "stage", "n"))
                .isEqualTo(numbers(Map.of("won", 4_238, "lost", 2_473, "engaging", 1_589, "prospecting", 500)));
        assertThat(figures(
                        acme,
                        "filter(stage eq 'won')/groupby((agent/region),aggregate(amount with sum as value))",
                        "region",
                        "value"))
                .isEqualTo(numbers(Map.of("West", 3_568_647, "Central", 3_346_293, "East", 3_090_594)));
        assertThat(figures(acme, "filter(accountId eq null)/groupby((stage),aggregate($count as n))", "stage", "n")
                        .values())
                .satisfies(counts -> assertThat(
                                counts.stream().mapToInt(BigDecimal::intValue).sum())
                        .isEqualTo(1_425));
        assertThat(figures(acme, "filter(closeDate eq null)/groupby((stage),aggregate($count as n))", "stage", "n"))
                .isEqualTo(numbers(Map.of("engaging", 1_589, "prospecting", 500)));
    }

    private void northwindHasItsRevenue() throws IOException, SQLException, InterruptedException {
        CallContext xinghe = world.tenant("xinghe");

        List<ImportJob> jobs = world.await(xinghe, world.submitDemo(xinghe, "xinghe"));

        assertThat(jobs)
                .extracting(ImportJob::counts)
                .containsExactly(
                        new ImportCounts(91, 91, 0, 0, 0),
                        new ImportCounts(91, 91, 0, 0, 0),
                        new ImportCounts(77, 77, 0, 0, 0),
                        new ImportCounts(9, 9, 0, 0, 0),
                        new ImportCounts(830, 830, 0, 0, 0));
        Map<String, BigDecimal> revenue =
                figures(xinghe, "groupby((stage),aggregate(amount with sum as value))", "stage", "value");
        assertThat(revenue.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("1265793.0395");
    }

    private Map<String, BigDecimal> figures(CallContext context, String apply, String group, String figure)
            throws IOException {
        JsonNode answer =
                world.query(context, "opportunities", "$apply=" + URLEncoder.encode(apply, StandardCharsets.UTF_8));
        Map<String, BigDecimal> figures = new HashMap<>();
        for (JsonNode row : answer.path("value")) {
            JsonNode name = row.has(group) ? row.path(group) : row.findPath(group);
            figures.put(name.asText(), row.path(figure).decimalValue().stripTrailingZeros());
        }
        return figures;
    }

    private static Map<String, BigDecimal> numbers(Map<String, Integer> numbers) {
        Map<String, BigDecimal> exact = new HashMap<>();
        numbers.forEach(
                (name, number) -> exact.put(name, BigDecimal.valueOf(number).stripTrailingZeros()));
        return exact;
    }
}
