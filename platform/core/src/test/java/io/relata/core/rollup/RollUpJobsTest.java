package io.relata.core.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.FailingDataSource.Commit;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.job.Job;
import io.relata.core.job.JobCounts;
import io.relata.core.job.JobError;
import io.relata.core.metadata.type.Form;
import io.relata.core.record.RecordInput;
import io.relata.core.record.RecordWriter;
import io.relata.core.rollup.RollUpKind.Operation;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Jobs that reckon roll-ups anew, or look whether they are right.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RollUpJobsTest {

    private static final int COMPANIES = 1_200;

    private final LocalPostgres postgres;
    private TestEngine engine;
    private TestJobs jobs;

    RollUpJobsTest(LocalPostgres postgres) {
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
    void fillsANewRollUpOverRecordsThatAreThereWhateverDiesMeanwhile() throws Exception {
        for (int commit = 2; commit <= 5; commit++) {
            CallContext call = filled("fill" + commit);
            jobs.work().plans().addField(call, "company", definition());
            List<UUID> begun =
                    jobs.work().plans().newest(call, null, 1).getFirst().jobs();
            assertThat(begun).hasSize(1);
            Job job = jobs.work().jobs().find(call, begun.getFirst(), null);

            jobs.killAt(call, commit, commit % 2 == 0 ? Commit.LOST : Commit.DONE);
            Job done = jobs.run(call, job);

            assertThat(done.state()).isEqualTo(Job.State.DONE);
            assertThat(done.counts().processed()).isEqualTo(COMPANIES);
            assertThat(right(call)).isEqualTo(COMPANIES);
        }
    }

    @Test
    void reportsWhatIsWrongAndCorrectsIt() throws Exception {
        CallContext call = filled("wrong");
        define(call);
        jobs.run(call, submit(call, Operation.RECALCULATE));
        engine.database()
                .update(
                        "update relata.record_shared set n10 = 7 where tenant_id = ? and t02 in ('N3', 'N4')",
                        call.tenant());

        Job check = jobs.run(call, submit(call, Operation.CHECK));
        List<JobError> errors = jobs.work().jobs().errors(call, check.id(), 0, 10);

        assertThat(check.counts()).isEqualTo(new JobCounts(COMPANIES, 0, 0, COMPANIES - 2, 0, 0, 2));
        assertThat(errors).hasSize(2);
        assertThat(errors.getFirst().faults().getFirst().code()).isEqualTo("roll-up-differs");
        assertThat(errors.getFirst().faults().getFirst().arguments()).containsExactly("7", "1");
        assertThat(right(call)).isEqualTo(COMPANIES - 2);

        Job corrected = jobs.run(call, submit(call, Operation.RECALCULATE));
        assertThat(corrected.counts().updated()).isEqualTo(2);
        assertThat(right(call)).isEqualTo(COMPANIES);
    }

    private Job submit(CallContext call, Operation operation) {
        return engine.relata()
                .writer()
                .transaction(call, tx -> jobs.work().rollUps().submit(tx, operation, "companies"));
    }

    /// Returns how many companies know that they have one deal.
    private long right(CallContext call) throws SQLException {
        return engine.database()
                .count("select count(*) from relata.record_shared where tenant_id = ? and n10 = 1", call.tenant());
    }

    private void define(CallContext call) throws Exception {
        engine.relata().metadata().addField(call, "company", definition());
        assertThat(engine.relata()
                        .metadata()
                        .snapshot(call.tenant())
                        .entity("company")
                        .orElseThrow()
                        .field("c_deals")
                        .orElseThrow()
                        .slot())
                .isEqualTo("n10");
    }

    private static JsonNode definition() throws IOException {
        return JsonMapper.builder().build().readTree("""
                {"name": "c_deals", "type": "integer", "label": {"en": "Deals"},
                 "rollUp": {"of": "deal", "by": "company", "function": "count"}}
                """);
    }

    private CallContext filled(String slug) throws SQLException {
        CallContext call = jobs.member("roll-up-" + slug);
        RecordWriter writer = engine.relata().writer();
        writer.transaction(call, tx -> {
            List<RecordInput> companies = IntStream.range(0, COMPANIES)
                    .mapToObj(number -> input(Map.of("name", "C" + number, "number", "N" + number)))
                    .toList();
            List<RecordInput> deals = writer.saveAll(tx, tx.entity("company"), companies).stream()
                    .map(result -> ((io.relata.core.record.RecordResult.Saved) result)
                            .data()
                            .id())
                    .map(id -> input(Map.of("name", "D", "companyId", id.toString())))
                    .toList();
            return writer.saveAll(tx, tx.entity("deal"), deals);
        });
        return call;
    }

    private static RecordInput input(Map<String, Object> values) {
        return new RecordInput(null, null, Map.copyOf(values), Form.JSON);
    }
}
