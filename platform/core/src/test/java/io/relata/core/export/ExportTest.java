package io.relata.core.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.FailingDataSource.Commit;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.bulk.BulkCall;
import io.relata.core.job.Job;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.RecordData;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportTest {

    private final LocalPostgres postgres;
    private TestEngine engine;
    private TestJobs jobs;

    ExportTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException {
        engine = TestEngine.start(postgres, folder);
        jobs = TestJobs.of(engine);
    }

    @AfterAll
    void stop() {
        jobs.close();
        engine.close();
    }

    @Test
    void writesWhatTheQueryAsksFor() throws IOException, SQLException {
        CallContext call = jobs.member("query");
        RecordData company = engine.create(call, "company", "name", "Acme, \"Inc\"");
        engine.create(
                call,
                "deal",
                "name",
                "=HYPERLINK()",
                "companyId",
                company.id().toString(),
                "amount",
                new BigDecimal("-0"),
                "hot",
                true);
        engine.create(call, "deal", "name", "星河", "amount", new BigDecimal("12.5"), "closeDate", "2026-01-31");
        engine.create(call, "deal", "name", "Other", "stage", "won");

        Job job = export(
                call,
                "deals",
                "$select=name,amount,closeDate,hot&$expand=company($select=name)&$orderby=name%20desc&$filter=stage%20eq%20%27open%27");

        assertThat(job.counts().processed()).isEqualTo(2);
        List<String> lines = lines(call, job);
        assertThat(lines.getFirst()).isEqualTo("\uFEFFid,name,amount,hot,closeDate,company.id,company.name");
        assertThat(lines.stream().skip(1).map(line -> line.substring(37)))
                .containsExactly(
                        "星河,12.50,,2026-01-31,,",
                        "'=HYPERLINK(),0.00,true,," + company.id() + ",\"Acme, \"\"Inc\"\"\"");
    }

    @Test
    void writesForPeopleWhatTheyRead() throws IOException, SQLException {
        CallContext call = jobs.member("people");
        jobs.work().plans().createEntity(call, json("""
                {"name": "c_offer", "label": {"en": "Offer"}, "pluralLabel": {"en": "Offers"}, "fields": [
                  {"name": "c_name", "type": "text", "label": {"en": "Name"}},
                  {"name": "c_in", "type": "currency", "label": {"en": "Currency"}},
                  {"name": "c_worth", "type": "money", "currencyField": "c_in", "label": {"en": "Worth", "zh-CN": "价值"}},
                  {"name": "c_size", "type": "integer", "format": {"style": "compact"}, "label": {"en": "Size"}},
                  {"name": "c_code", "type": "text", "format": {"mask": "##-##"}, "label": {"en": "Code"}},
                  {"name": "c_double", "type": "formula", "expression": "c_size * 2", "label": {"en": "=Double"}},
                  {"name": "c_by", "type": "lookup", "target": "company", "label": {"en": "Company"}}]}
                """));
        String company = engine.create(call, "company", "name", "@Acme", "number", "N-7")
                .id()
                .toString();
        engine.create(
                call,
                "c_offer",
                "c_name",
                "One",
                "c_in",
                "EUR",
                "c_worth",
                "-1234.5",
                "c_size",
                1_234_567L,
                "c_code",
                "ab12",
                "c_by_id",
                company);
        engine.create(call, "c_offer", "c_name", "Two", "c_worth", "7");
        String query =
                "$select=c_worth,c_size,c_code,c_double,c_by_id,updatedBy&$expand=c_by($select=number)&$orderby=c_name";

        Job job = jobs.run(call, submit(call, "c_offers", query, ExportForm.SHOWN));

        assertThat(lines(call, job))
                .containsExactly(
                        "\uFEFFWorth,Size,Code,'=Double,Company,Changed by,Company / Number",
                        "-€1,234.50,1.2M,ab-12,\"2,469,134\",'@Acme,U,N-7".replace("-€1,234.50", "\"-€1,234.50\""),
                        "$7,,,,,U,");
        assertThat(lines(call, jobs.run(call, submit(call, "c_offers", query))).get(1))
                .as("raw as before")
                .contains("-1234.50,1234567,ab12,2469134," + company)
                .endsWith("N-7");
    }

    @Test
    void holdsEveryRecordOnceWhenAProcessDies() throws IOException, SQLException {
        for (int commit = 2; commit <= 5; commit++) {
            for (Commit fate : Commit.values()) {
                CallContext call = jobs.member("dies");
                fill(call, 3_500);
                Job job = submit(call, "companies", "$select=number&$orderby=employees desc,name".replace(" ", "%20"));
                jobs.killAt(call, commit, fate);

                Job after = jobs.run(call, job);

                assertThat(after.state()).isEqualTo(Job.State.DONE);
                assertThat(lines(call, after))
                        .as("%s %s", commit, fate)
                        .hasSize(3_501)
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void keepsTheFileForThreeDaysAndForItsTenantOnly() throws SQLException {
        CallContext call = jobs.member("expires");
        engine.create(call, "company", "name", "A");
        Job job = export(call, "companies", "");

        assertThat(jobs.work().exports().file(call, job.id())).exists();
        assertThat(code(jobs.member("other"), job.id())).isEqualTo("not-found");
        engine.clock().advance(ExportService.KEPT);
        assertThat(code(call, job.id())).isEqualTo("job-file-expired");
        engine.clock().advance(Duration.ofHours(1));
        assertThat(code(call, submit(call, "companies", "").id())).isEqualTo("job-no-file");
    }

    @Test
    void refusesQueriesThatAreNoTable() throws SQLException {
        CallContext call = jobs.member("refused");

        for (String query : List.of("$top=1", "$apply=aggregate($count as n)", "$count=true", "$filter=nme eq 1")) {
            ProblemException problem = catchThrowableOfType(
                    ProblemException.class, () -> submit(call, "companies", query.replace(" ", "%20")));
            assertThat(problem).as(query).isNotNull();
        }
    }

    private String code(CallContext call, UUID job) {
        return catchThrowableOfType(
                        ProblemException.class, () -> jobs.work().exports().file(call, job))
                .detail();
    }

    private Job export(CallContext call, String set, String query) throws SQLException {
        return jobs.run(call, submit(call, set, query));
    }

    private Job submit(CallContext call, String set, String query) {
        return submit(call, set, query, ExportForm.RAW);
    }

    private Job submit(CallContext call, String set, String query, ExportForm form) {
        ExportService.Checked checked = jobs.work().exports().check(call, set, query, form);
        return engine.relata()
                .writer()
                .transaction(call, tx -> jobs.work().exports().submit(tx, checked));
    }

    private List<String> lines(CallContext call, Job job) throws IOException {
        return Files.readAllLines(jobs.work().exports().file(call, job.id()));
    }

    private static JsonNode json(String text) throws IOException {
        return JsonMapper.builder().build().readTree(text);
    }

    private void fill(CallContext call, int companies) {
        engine.relata().writer().transaction(call, tx -> {
            BulkCall bulk = new BulkCall(engine.relata().writer(), tx, tx.entity("company"));
            for (long i = 0; i < companies; i++) {
                bulk.add(Map.of(
                        "op", "create", "values", Map.of("name", "C" + i, "number", "N" + i, "employees", i % 7)));
            }
            return bulk.finish(true);
        });
    }
}
