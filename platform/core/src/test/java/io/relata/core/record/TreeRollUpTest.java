package io.relata.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.TestEngine;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.type.Form;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.query.RecordReader;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Places under places, with assets in them: totals of each place and all under it.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TreeRollUpTest {

    private static final UUID LAST = UUID.fromString("ffffffff-ffff-ffff-ffff-ffffffffffff");

    private final LocalPostgres postgres;
    private TestEngine engine;

    TreeRollUpTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException {
        engine = TestEngine.start(postgres, folder);
    }

    @AfterAll
    void stop() {
        engine.close();
    }

    @Test
    void countsTheRecordAndAllUnderIt() throws SQLException {
        CallContext call = tenant("all");
        UUID house = place(call, null, "5");
        UUID floor = place(call, house, "7");
        UUID room = place(call, floor, "3");
        assertThat(results(call, house)).containsExactly(3L, money("15.00"), money("3.00"), money("7.00"), money("0"));
        assertThat(results(call, floor)).containsExactly(2L, money("10.00"), money("3.00"), money("7.00"), money("0"));

        engine.update(call, "c_place", room, "c_area", "9");
        assertThat(results(call, house)).containsExactly(3L, money("21.00"), money("5.00"), money("9.00"), money("0"));
        UUID asset = engine.create(call, "c_asset", "c_name", "Lift", "c_cost", "100", "c_at_id", room.toString())
                .id();
        assertThat(results(call, house).getLast()).isEqualTo(money("100.00"));

        UUID other = place(call, null, "1");
        engine.update(call, "c_place", floor, "c_in_id", other.toString());
        assertThat(results(call, house))
                .containsExactly(1L, money("5.00"), money("5.00"), money("5.00"), money("0.00"));
        assertThat(results(call, other))
                .containsExactly(3L, money("17.00"), money("1.00"), money("9.00"), money("100.00"));

        engine.relata().writer().delete(call, "c_place", floor, null);
        assertThat(results(call, other))
                .containsExactly(1L, money("1.00"), money("1.00"), money("1.00"), money("0.00"));
        engine.relata().writer().restore(call, "c_place", floor);
        assertThat(results(call, other))
                .containsExactly(3L, money("17.00"), money("1.00"), money("9.00"), money("100.00"));
        engine.relata().writer().delete(call, "c_asset", asset, null);
        assertThat(results(call, other).getLast()).isEqualTo(money("0.00"));
        assertThat(differences(call)).isEmpty();
    }

    @Test
    void isRightWhereABulkMovesWhatHangsTogether() throws SQLException {
        CallContext call = tenant("bulk");
        UUID a = place(call, null, "1");
        UUID b = place(call, a, "2");
        UUID c = place(call, b, "4");
        UUID d = place(call, c, "8");
        RecordWriter writer = engine.relata().writer();
        writer.transaction(
                call,
                tx -> writer.saveAll(
                        tx, tx.entity("c_place"), List.of(moved(d, a, "16"), moved(b, d, "32"), moved(c, null, "64"))));

        assertThat(results(call, a).get(1)).isEqualTo(money("49.00"));
        assertThat(results(call, d).get(1)).isEqualTo(money("48.00"));
        assertThat(results(call, b).get(1)).isEqualTo(money("32.00"));
        assertThat(results(call, c).get(1)).isEqualTo(money("64.00"));
        assertThat(differences(call)).isEmpty();
        writer.transaction(call, tx -> {
            RecordResult.Saved top = (RecordResult.Saved) writer.saveAll(
                            tx,
                            tx.entity("c_place"),
                            List.of(new RecordInput(
                                    null, null, TestEngine.values("c_name", "N", "c_area", "128"), Form.JSON)))
                    .getFirst();
            writer.saveAll(tx, tx.entity("c_place"), List.of(moved(d, top.data().id(), "1")));
            return writer.moveAll(tx, tx.entity("c_place"), List.of(RecordTarget.of(c, null)), Move.DELETE);
        });
        assertThat(differences(call)).isEmpty();
        assertThat(results(call, a).get(1)).isEqualTo(money("1.00"));
    }

    private static RecordInput moved(UUID id, @Nullable UUID parent, String area) {
        return new RecordInput(
                id,
                null,
                TestEngine.values("c_in_id", parent == null ? null : parent.toString(), "c_area", area),
                Form.JSON);
    }

    @Test
    void newRecordsBeginWithWhatTheyGiveThemselves() throws SQLException {
        CallContext call = tenant("begin");
        rollUp(
                call,
                "c_place",
                "c_large",
                "integer",
                "'of':'c_place','by':'c_in','tree':true,'function':'count','filter':'c_area gt 4'");
        RecordData top = engine.create(call, "c_place", "c_name", "P", "c_area", "5");
        assertThat(List.of("c_count", "c_sum", "c_max", "c_large"))
                .extracting(top::value)
                .containsExactly(1L, money("5.00"), money("5.00"), 1L);
        assertThat(results(call, top.id())).startsWith(1L, money("5.00"));

        RecordWriter writer = engine.relata().writer();
        UUID kept = writer.transaction(call, tx -> {
            UUID one = saved(writer, tx, null, top.id(), "2");
            UUID two = saved(writer, tx, null, one, "8");
            UUID gone = saved(writer, tx, null, two, "99");
            saved(writer, tx, one, null, "6");
            saved(writer, tx, two, null, "1");
            writer.moveAll(tx, tx.entity("c_place"), List.of(RecordTarget.of(gone, null)), Move.DELETE);
            saved(writer, tx, one, top.id(), "6");
            return two;
        });
        assertThat(differences(call)).isEmpty();
        assertThat(results(call, top.id()))
                .containsExactly(2L, money("11.00"), money("5.00"), money("6.00"), money("0.00"));
        engine.relata().writer().delete(call, "c_place", kept, null);
        engine.relata().writer().restore(call, "c_place", kept);
        assertThat(differences(call)).isEmpty();
        assertThat(results(call, kept)).startsWith(1L, money("1.00"), money("1.00"));
    }

    private static UUID saved(
            RecordWriter writer, WriteTransaction tx, @Nullable UUID id, @Nullable UUID parent, String area) {
        RecordInput input = id == null
                ? new RecordInput(
                        null,
                        null,
                        TestEngine.values(
                                "c_name", "N", "c_area", area, "c_in_id", parent == null ? null : parent.toString()),
                        Form.JSON)
                : moved(id, parent, area);
        RecordResult result =
                writer.saveAll(tx, tx.entity("c_place"), List.of(input)).getFirst();
        return ((RecordResult.Saved) result).data().id();
    }

    @Test
    void isRightWhateverManyWritersDo() throws Exception {
        CallContext call = tenant("writers");
        List<UUID> places = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            places.add(place(call, i == 0 ? null : places.get((i - 1) / 2), "1"));
        }
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int writer = 0; writer < 6; writer++) {
            Random random = new Random(writer);
            work.add(() -> {
                for (int step = 0; step < 25; step++) {
                    act(call, places, random);
                }
                return true;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
            for (Future<Boolean> done : threads.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
        }
        assertThat(differences(call)).isEmpty();
    }

    private void act(CallContext call, List<UUID> places, Random random) {
        UUID place = places.get(random.nextInt(places.size()));
        UUID other = places.get(random.nextInt(places.size()));
        switch (random.nextInt(4)) {
            case 0 -> engine.update(call, "c_place", place, "c_area", random.nextInt(90) + ".5");
            case 1 -> place(call, place, "3");
            case 2 -> engine.create(call, "c_asset", "c_name", "A", "c_cost", "10", "c_at_id", place.toString());
            default -> {
                try {
                    engine.update(call, "c_place", place, "c_in_id", other.toString());
                } catch (ProblemException loop) {
                    assertThat(loop.violations()).extracting(Violation::code).containsExactly("hierarchy-loop");
                }
            }
        }
    }

    @Test
    void refusesWhatIsNoTree() throws SQLException {
        CallContext call = tenant("wrong");
        assertThat(codes(call, "'of':'c_asset','by':'c_at','function':'count','tree':true"))
                .containsExactly("roll-up-tree");
        assertThat(codes(call, "'of':'c_place','by':'c_by','function':'count','tree':true"))
                .containsExactly("roll-up-tree");
        assertThat(
                        codes(
                                call,
                                "'of':'c_place','by':'c_in','function':'last','field':'c_level','orderBy':'c_area','tree':true"))
                .containsExactly("roll-up-tree-function");
    }

    private List<String> codes(CallContext call, String rollUp) {
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> rollUp(call, "c_place", "c_new", "integer", rollUp));
        return refused.violations().stream().map(Violation::code).toList();
    }

    private CallContext tenant(String slug) throws SQLException {
        CallContext call = engine.tenant("tree-" + slug);
        engine.relata().metadata().createEntity(call, json("""
                {'name':'c_place','label':{'en':'Place'},'pluralLabel':{'en':'Places'},'fields':[
                 {'name':'c_name','type':'text','label':{'en':'Name'}},
                 {'name':'c_area','type':'money','label':{'en':'Area'}},
                 {'name':'c_level','type':'integer','label':{'en':'Level'}},
                 {'name':'c_by','type':'lookup','target':'c_place','label':{'en':'By'}},
                 {'name':'c_in','type':'lookup','target':'c_place','hierarchical':true,'onDelete':'cascade','label':{'en':'In'}}]}
                """));
        engine.relata().metadata().createEntity(call, json("""
                {'name':'c_asset','label':{'en':'Asset'},'pluralLabel':{'en':'Assets'},'fields':[
                 {'name':'c_name','type':'text','label':{'en':'Name'}},
                 {'name':'c_cost','type':'money','label':{'en':'Cost'}},
                 {'name':'c_at','type':'lookup','target':'c_place','onDelete':'cascade','label':{'en':'At'}}]}
                """));
        rollUp(call, "c_place", "c_count", "integer", "'of':'c_place','by':'c_in','tree':true,'function':'count'");
        for (String function : List.of("sum", "min", "max")) {
            rollUp(
                    call,
                    "c_place",
                    "c_" + function,
                    "money",
                    "'of':'c_place','by':'c_in','tree':true,'field':'c_area','function':'" + function + "'");
        }
        rollUp(call, "c_place", "c_assets", "money", "'of':'c_asset','by':'c_at','function':'sum','field':'c_cost'");
        rollUp(
                call,
                "c_place",
                "c_all_assets",
                "money",
                "'of':'c_place','by':'c_in','tree':true,'function':'sum','field':'c_assets'");
        return call;
    }

    private void rollUp(CallContext call, String entity, String name, String type, String how) {
        engine.relata()
                .metadata()
                .addField(
                        call,
                        entity,
                        json("{'name':'" + name + "','type':'" + type + "','label':{'en':'R'},'rollUp':{" + how
                                + "}}"));
    }

    private UUID place(CallContext call, @Nullable UUID in, String area) {
        return engine.create(
                        call, "c_place", "c_name", "P", "c_area", area, "c_in_id", in == null ? null : in.toString())
                .id();
    }

    private List<@Nullable Object> results(CallContext call, UUID place) {
        EntityDefinition entity = engine.relata()
                .metadata()
                .snapshot(call.tenant())
                .entity("c_place")
                .orElseThrow();
        Map<String, @Nullable Object> values = new RecordReader(engine.relata().transactions(), Duration.ofSeconds(10))
                .find(call, entity, place)
                .orElseThrow()
                .values();
        List<@Nullable Object> results = new ArrayList<>();
        for (String field : List.of("c_count", "c_sum", "c_min", "c_max", "c_all_assets")) {
            results.add(values.get(field));
        }
        return results;
    }

    private static BigDecimal money(String amount) {
        return new BigDecimal(amount).setScale(2);
    }

    private List<RollUpDifference> differences(CallContext call) {
        RecordWriter writer = engine.relata().writer();
        return writer.transaction(call, tx -> writer.reckon(tx, tx.entity("c_place"), null, LAST, 500, true))
                .differences();
    }

    private static JsonNode json(String text) {
        try {
            return JsonMapper.builder().build().readTree(text.replace('\'', '"'));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
