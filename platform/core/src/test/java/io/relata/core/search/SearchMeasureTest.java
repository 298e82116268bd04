package io.relata.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.core.audit.AuditTrail;
import io.relata.core.id.Ids;
import io.relata.core.job.Job;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.type.Form;
import io.relata.core.query.NeighbourReader;
import io.relata.core.record.RecordCount;
import io.relata.core.record.RecordIndex;
import io.relata.core.record.RecordInput;
import io.relata.core.record.RecordWriter;
import io.relata.core.record.WriteTransaction;
import io.relata.core.tenant.UsageReporter;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Measures the search over as many records as `-Drelata.measure` says, beside what one would write by hand for these
/// records alone: a table of one tenant with the database's own text search, without row-level security. Only ratios
/// within a run mean something.
@ExtendWith(PostgresExtension.class)
@EnabledIfSystemProperty(named = "relata.measure", matches = "\\d+")
class SearchMeasureTest {

    private static final int ROUNDS = 7;
    private static final int CALLS = 10;
    private static final int BATCH = 500;

    private final LocalPostgres postgres;

    SearchMeasureTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @Test
    void measures(@TempDir Path folder) throws Exception {
        int records = Integer.getInteger("relata.measure");
        try (SearchWorld world = SearchWorld.start(postgres, folder)) {
            CallContext call = world.tenant("measure");
            fill(world, call, records);
            index(world, call, records);
            for (String asked : List.of("bakomi", "bako", "b", "bakomi 4711", "bakomy", "bakomi tusele")) {
                compare(world, call, asked);
            }
            writeCost(world, call);
            sizes(world);
        }
    }

    /// Names of two of 8,000 words and a number, as deals and goods have them.
    private static void fill(SearchWorld world, CallContext call, int records) throws Exception {
        EntityDefinition good = world.engine()
                .relata()
                .metadata()
                .snapshot(call.tenant())
                .entity("c_good")
                .orElseThrow();
        String name = good.field("c_name").orElseThrow().slot();
        world.engine().database().update("""
                create function word(n int) returns text language sql immutable as $$
                    select (array['ba','te','ki','lo','mu','ra','se','ti','vo','zu','da','fe','gi','ho','ju','la','ne','pi','so','tu'])[n %% 20 + 1]
                        || (array['ko','le','ri','sa','du','me','no','pa','te','vi','ga','be','lu','fo','mi','ze','xo','ca','qui','sto'])[n / 20 %% 20 + 1]
                        || (array['mi','ne','ro','ta','lu','se','da','ko','pe','vu','ri','bo','ma','le','ti','zo','na','gu','fi','cha'])[n / 400 + 1] $$
                """.replace("%%", "%"));
        world.engine()
                .database()
                .update("""
                insert into relata.record_shared (tenant_id, entity_id, id, created_at, created_by, updated_at, updated_by,
                                                  version, state, %s, data)
                select ?, ?, uuidv7(), now(), ?, now(), ?, 1, 0,
                       word((random() * random() * 7999)::int) || ' ' || word((random() * 7999)::int) || ' ' || n, '{}'
                from generate_series(1, ?) n""".formatted(name), call.tenant(), good.id(), call.user(), call.user(), records);
        world.engine()
                .database()
                .update("create table by_hand as select id, " + name + " as name from relata.record_shared");
        world.engine().database().update("alter table by_hand add primary key (id)");
        world.engine().database().update("create index on by_hand using gin (to_tsvector('simple', name))");
        world.engine()
                .database()
                .update(
                        "insert into relata.search_state (tenant_id, entity_id, signature) values (?, ?, '')",
                        call.tenant(),
                        good.id());
    }

    private static void index(SearchWorld world, CallContext call, int records) throws Exception {
        world.jobs().work().search().ensure(call.tenant());
        Job job =
                world.jobs().work().jobs().open(call.tenant(), SearchKind.CODE).getFirst();
        long start = System.nanoTime();
        assertThat(world.jobs().run(call, job).state()).isEqualTo(Job.State.DONE);
        double seconds = (System.nanoTime() - start) / 1e9;
        say("index %,d records: %.0f a second".formatted(records, records / seconds));
        world.engine().database().update("analyze");
    }

    private void compare(SearchWorld world, CallContext call, String asked) throws Exception {
        try (Connection connection = postgres.connect(world.engine().database().name())) {
            Callable<?> byHand = () -> byHand(connection, asked);
            Callable<?> ours = () ->
                    world.search().search(call, new GlobalSearch.Wish(asked, List.of(SearchWorld.GOODS), 5, null));
            double[][] times = rounds(ours, byHand);
            SearchResult result = (SearchResult) ours.call();
            say("%-14s %5s hits: %.2f ms against %.2f ms, ratio %.2f"
                    .formatted(
                            asked,
                            result.groups().isEmpty()
                                    ? 0
                                    : result.groups().getFirst().count(),
                            median(times[0]),
                            median(times[1]),
                            median(times[0]) / median(times[1])));
        }
    }

    private static int byHand(Connection connection, String asked) throws Exception {
        String query = String.join(
                " & ", Arrays.stream(asked.split(" ")).map(word -> word + ":*").toList());
        int rows = 0;
        try (PreparedStatement count = connection.prepareStatement(
                        "select count(*) from (select from by_hand where to_tsvector('simple', name) @@ to_tsquery('simple', ?) limit 1001) c");
                PreparedStatement page = connection.prepareStatement(
                        "select id, name from by_hand where to_tsvector('simple', name) @@ to_tsquery('simple', ?) order by id desc limit 6")) {
            for (PreparedStatement statement : List.of(count, page)) {
                statement.setString(1, query);
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        rows++;
                    }
                }
            }
        }
        return rows;
    }

    private static void writeCost(SearchWorld world, CallContext call) throws Exception {
        RecordWriter with = world.engine().relata().writer();
        RecordWriter without = writer(world, new NoIndex());
        for (int size : List.of(1, BATCH)) {
            double[][] times = rounds(() -> create(with, call, size), () -> create(without, call, size));
            say("create %d: %.2f ms with the index, %.2f ms without, ratio %.2f"
                    .formatted(size, median(times[0]), median(times[1]), median(times[0]) / median(times[1])));
        }
    }

    private static int create(RecordWriter writer, CallContext call, int size) {
        List<RecordInput> inputs = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Map<String, @Nullable Object> values =
                    Map.of("c_name", "Bakomi tusele " + System.nanoTime() % 100_000, "c_code", "AB-" + i);
            inputs.add(new RecordInput(null, null, values, Form.JSON));
        }
        return writer.transaction(
                call, tx -> writer.saveAll(tx, tx.entity("c_good"), inputs).size());
    }

    private static RecordWriter writer(SearchWorld world, RecordIndex index) {
        var relata = world.engine().relata();
        Ids ids = new Ids(world.engine().clock());
        return new RecordWriter(
                relata.transactions(),
                relata.metadata(),
                relata.plugins(),
                new AuditTrail(ids, world.engine().clock()),
                index,
                new UsageReporter(
                        relata.transactions(),
                        new RecordCount(relata.transactions(), relata.metadata()),
                        world.engine().clock()),
                ids,
                new NeighbourReader(),
                relata.vault(),
                world.engine().clock());
    }

    private static final class NoIndex implements RecordIndex {

        @Override
        public void added(
                WriteTransaction tx, EntityDefinition entity, Map<UUID, Map<String, @Nullable Object>> values) {
            // What writing costs without it.
        }

        @Override
        public void changed(
                WriteTransaction tx,
                EntityDefinition entity,
                Collection<String> fields,
                Map<UUID, Map<String, @Nullable Object>> values) {
            // What writing costs without it.
        }

        @Override
        public void removed(WriteTransaction tx, EntityDefinition entity, Collection<UUID> ids) {
            // What writing costs without it.
        }
    }

    private static void sizes(SearchWorld world) throws Exception {
        for (String table : List.of("record_shared", "search_term", "search_document", "search_spelling")) {
            say("%s: %s"
                    .formatted(
                            table,
                            world.engine()
                                    .database()
                                    .all("select pg_size_pretty(pg_total_relation_size('relata." + table + "'))")
                                    .getFirst()));
        }
    }

    /// Returns milliseconds a call, of both sides, whose rounds alternate.
    private static double[][] rounds(Callable<?> one, Callable<?> other) throws Exception {
        double[][] times = new double[2][ROUNDS];
        one.call();
        other.call();
        for (int round = 0; round < ROUNDS; round++) {
            times[0][round] = time(one);
            times[1][round] = time(other);
        }
        return times;
    }

    private static double time(Callable<?> call) throws Exception {
        long start = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            call.call();
        }
        return (System.nanoTime() - start) / 1e6 / CALLS;
    }

    private static double median(double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void say(String text) {
        System.out.println(text);
    }
}
