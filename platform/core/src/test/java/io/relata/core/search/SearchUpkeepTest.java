package io.relata.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.FailingDataSource.Commit;
import io.relata.core.job.Job;
import io.relata.core.job.JobRunner;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The index of records that were there before it, and of fields that become searchable.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchUpkeepTest {

    private static final int GOODS = 1_201;

    private final LocalPostgres postgres;
    private SearchWorld world;

    SearchUpkeepTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        world = SearchWorld.start(postgres, folder);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    @Test
    void indexesRecordsThatWereThereBefore() throws Exception {
        CallContext call = world.tenant("before");
        world.good(call, "name", "Lighthouse");
        forget(call);
        assertThat(world.names(call, "lighthouse")).isEmpty();
        assertThat(world.find(call, "lighthouse").complete()).isFalse();

        Job job = world.jobs().run(call, onlyJob(call));

        assertThat(job.state()).isEqualTo(Job.State.DONE);
        assertThat(world.names(call, "lighthouse")).containsExactly("Lighthouse");
        assertThat(world.find(call, "lighthous").complete()).isTrue();
        world.jobs().work().search().ensureAll();
        assertThat(open(call)).as("what is up to date is not made again").isEmpty();
    }

    @Test
    void indexesAFieldThatComesToBeSearched() throws Exception {
        CallContext call = world.tenant("field");
        world.good(call, "name", "Anvil");
        world.engine().relata().metadata().addField(call, "c_good", new JsonMapper().readTree("""
                        {"name": "c_maker", "type": "text", "searchable": true,
                         "label": {"en": "Maker", "zh-CN": "制造商"}}"""));

        assertThat(onlyJob(call).entity()).isEqualTo("c_good");
        world.jobs().run(call, onlyJob(call));

        assertThat(world.find(call, "anvil").complete()).isTrue();
        world.engine()
                .update(
                        call,
                        "c_good",
                        world.find(call, "anvil")
                                .groups()
                                .getFirst()
                                .hits()
                                .getFirst()
                                .id(),
                        "c_maker",
                        "Acme");
        assertThat(world.names(call, "acme")).containsExactly("Anvil");
    }

    @Test
    void neverIndexesByDefinitionsThatNoLongerHold() throws Exception {
        CallContext call = world.tenant("outdated");
        world.good(call, "name", "Beacon");
        forget(call);
        MetadataSnapshot before = world.engine().relata().metadata().snapshot(call.tenant());
        world.engine().relata().metadata().addField(call, "c_good", new JsonMapper().readTree("""
                        {"name": "c_hue", "type": "text", "label": {"en": "Hue", "zh-CN": "色调"}}"""));
        Job job = onlyJob(call);

        JobRunner behind = new JobRunner(
                world.engine().relata().transactions(),
                List.of(new SearchKind(tenant -> before, world.engine().relata().writer())),
                world.engine().clock());
        JobRunner.TurnEnd end = behind.turn(call.tenant(), () -> false);

        assertThat(end).isEqualTo(JobRunner.TurnEnd.YIELDED);
        assertThat(world.names(call, "beacon")).isEmpty();
        world.jobs().run(call, job);
        assertThat(world.names(call, "beacon")).containsExactly("Beacon");
    }

    @Test
    void goesOnAfterACrashAndDoublesNothing() throws Exception {
        CallContext call = world.tenant("crash");
        for (int i = 0; i < GOODS; i++) {
            world.good(call, "name", "Brick " + i);
        }
        forget(call);
        world.jobs().work().search().ensure(call.tenant());
        Job job = onlyJob(call);
        int lives = 0;
        for (int commits = 1; commits <= 6; commits++) {
            world.jobs().killAt(call, commits, commits % 2 == 0 ? Commit.LOST : Commit.DONE);
            lives++;
        }
        Job done = world.jobs().run(call, job);

        assertThat(lives).isEqualTo(6);
        assertThat(done.state()).isEqualTo(Job.State.DONE);
        assertThat(done.counts().processed()).isEqualTo(GOODS);
        SearchResult result = world.find(call, "brick");
        assertThat(result.groups().getFirst().exact())
                .as("more than are counted")
                .isFalse();
        assertThat(world.engine()
                        .database()
                        .count(
                                "select count(distinct record_id) from relata.search_term where tenant_id = ? and term = 'brick'",
                                call.tenant()))
                .isEqualTo(GOODS);
    }

    /// Leaves the tenant's index as a database has it whose records are older than the index.
    private void forget(CallContext call) throws SQLException {
        for (String table : List.of("search_term", "search_document", "search_spelling")) {
            world.engine().database().update("delete from relata." + table + " where tenant_id = ?", call.tenant());
        }
        world.engine()
                .database()
                .update("update relata.search_state set signature = '' where tenant_id = ?", call.tenant());
    }

    private Job onlyJob(CallContext call) {
        assertThat(open(call)).hasSize(1);
        return open(call).getFirst();
    }

    private List<Job> open(CallContext call) {
        return new ArrayList<>(world.jobs().work().jobs().open(call.tenant(), SearchKind.CODE));
    }
}
