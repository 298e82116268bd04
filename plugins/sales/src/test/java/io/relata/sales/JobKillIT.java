package io.relata.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.relata.core.bulk.BulkCall;
import io.relata.core.bulk.SetJobs;
import io.relata.core.bulk.SetKind.Operation;
import io.relata.core.job.Job;
import io.relata.core.job.JobCounts;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Real processes, killed in the middle of writing many records.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class JobKillIT {

    private final LocalPostgres postgres;
    private SalesWorld world;

    JobKillIT(LocalPostgres postgres) {
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
    void losesAndDoublesNothingOfAJobOverASet() throws IOException, SQLException, InterruptedException {
        CallContext acme = world.tenant("acme");
        JobProcess.bulk(world.relata(), acme, world.files().resolve("filled"));
        JsonNode values = JsonNodeFactory.instance.objectNode().put("employees", 7);
        SetJobs sets = world.background().sets();
        SetJobs.Checked checked =
                sets.check(acme, new SetJobs.Wish(Operation.UPDATE, "accounts", "employees eq null", values));
        Job job = world.relata().writer().transaction(acme, tx -> sets.submit(tx, checked));
        Process process = world.startElsewhere();
        try {
            while (processed(acme, job) < 1_000) {
                assertThat(process.isAlive()).isTrue();
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(processed(acme, job)).isLessThan(BulkCall.MAX_ITEMS);

        world.start();
        while (world.background().jobs().find(acme, job.id(), null).finishedAt() == null) {
            TimeUnit.MILLISECONDS.sleep(50);
        }

        Job after = world.background().jobs().find(acme, job.id(), null);
        assertThat(after.state()).isEqualTo(Job.State.DONE);
        assertThat(after.counts()).isEqualTo(new JobCounts(5_000, 0, 5_000, 0, 0, 0, 0));
        assertThat(world.count(acme, "accounts")).isEqualTo(5_000);
        assertThat(changes(acme)).isEqualTo(10_000);
    }

    @Test
    void leavesAllOrNothingOfABulkCall() throws IOException, SQLException, InterruptedException {
        CallContext tenant = world.tenant("acme");
        Path mark = world.files().resolve("begun");
        Process process =
                world.startElsewhere(Map.of("BULK_TENANT", tenant.tenant().toString(), "MARK", mark.toString()));
        try {
            while (!Files.exists(mark)) {
                assertThat(process.isAlive()).isTrue();
                TimeUnit.MILLISECONDS.sleep(2);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(world.count(tenant, "accounts")).isIn(0L, 5_000L);

        JobProcess.bulk(world.relata(), tenant, world.files().resolve("again"));

        assertThat(world.count(tenant, "accounts")).isEqualTo(5_000);
        assertThat(changes(tenant)).isEqualTo(5_000);
    }

    private long processed(CallContext context, Job job) {
        return world.background().jobs().find(context, job.id(), null).counts().processed();
    }

    private long changes(CallContext context) {
        var entity = world.relata()
                .metadata()
                .snapshot(context.tenant())
                .entity("account")
                .orElseThrow();
        long changes = 0;
        String cursor = null;
        boolean more = true;
        while (more) {
            var page = world.relata().feed().read(context, entity, cursor, 1_000);
            changes += page.events().size();
            cursor = page.cursor();
            more = page.more();
        }
        return changes;
    }
}
