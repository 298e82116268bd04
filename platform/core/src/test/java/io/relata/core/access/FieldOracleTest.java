package io.relata.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Two tenants that differ in nothing but what is hidden from their clerks: whatever a clerk asks or writes, both give
/// the same answer, letter by letter. How many requests are tried is said by `relata.oracle.requests`.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FieldOracleTest {

    private static final int REQUESTS = Integer.getInteger("relata.oracle.requests", 1_500);
    private static final long SEED = Long.getLong("relata.oracle.seed", 20_261_130);

    private final LocalPostgres postgres;
    private TestEngine engine;
    private TestJobs jobs;

    FieldOracleTest(LocalPostgres postgres) {
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
    void whatIsHiddenChangesNoAnswer() throws SQLException {
        FieldAnswers one = new FieldAnswers(FieldWorld.of(engine, jobs, 0));
        FieldAnswers other = new FieldAnswers(FieldWorld.of(engine, jobs, 1));
        FieldRequests requests = new FieldRequests(new Random(SEED));
        Map<String, Integer> understood = new TreeMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            FieldRequests.Request request = requests.next();
            String answer = one.to(request);
            assertThat(other.to(request)).as("%s %s", i, request).isEqualTo(answer);
            if (!answer.startsWith(FieldAnswers.REFUSED)) {
                understood.merge(request.kind().name(), 1, Integer::sum);
            }
        }
        assertThat(understood.keySet())
                .as("a kind of which every request is refused proves nothing: %s", understood)
                .hasSize(FieldRequests.Kind.values().length);
    }

    /// The test itself is to be trusted: to somebody who sees everything the two tenants do differ.
    @Test
    void theTenantsDifferForWhoSeesEverything() throws SQLException {
        FieldAnswers one = new FieldAnswers(FieldWorld.of(engine, jobs, 0).seenByAdministrator());
        FieldAnswers other = new FieldAnswers(FieldWorld.of(engine, jobs, 1).seenByAdministrator());
        FieldRequests requests = new FieldRequests(new Random(SEED));
        Map<String, Integer> different = new TreeMap<>();
        for (int i = 0; i < REQUESTS / 5; i++) {
            FieldRequests.Request request = requests.next();
            if (!other.to(request).equals(one.to(request))) {
                different.merge(request.kind().name(), 1, Integer::sum);
            }
        }
        assertThat(different).containsKeys("LIST", "HISTORY", "FEED", "SEARCH", "EXPORT");
    }
}
