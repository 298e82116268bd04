package io.relata.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.TestEngine;
import io.relata.core.metadata.type.Form;
import io.relata.core.problem.ProblemException;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HierarchyTest {

    private static final String LOOPS = """
            with recursive up(start, id) as (
              select id, u01 from relata.record_shared where tenant_id = ? and u01 is not null
              union select up.start, r.u01 from up join relata.record_shared r on r.id = up.id and r.tenant_id = ?)
            select count(*) from up where start = id
            """;

    private final LocalPostgres postgres;
    private TestEngine engine;

    HierarchyTest(LocalPostgres postgres) {
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
    void refusesARecordUnderItself() throws Exception {
        CallContext call = tenant("self");
        UUID top = make(call, null);
        UUID middle = make(call, top);
        UUID bottom = make(call, middle);

        assertThat(refused(call, top, top)).containsExactly("c_under_id hierarchy-loop");
        assertThat(refused(call, top, bottom)).containsExactly("c_under_id hierarchy-loop");
        engine.update(call, "c_unit", bottom, "c_under_id", top.toString());
        engine.update(call, "c_unit", middle, "c_under_id", bottom.toString());
        assertThat(loops(call)).isZero();
    }

    @Test
    void looksAtAllRecordsOfABulkTogether() throws Exception {
        CallContext call = tenant("bulk");
        List<UUID> units = List.of(make(call, null), make(call, null), make(call, null));
        List<RecordInput> ring = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            ring.add(new RecordInput(
                    units.get(i),
                    null,
                    Map.of("c_under_id", units.get((i + 1) % units.size()).toString()),
                    Form.JSON));
        }

        RecordWriter writer = engine.relata().writer();
        List<RecordResult> results = writer.transaction(call, tx -> writer.saveAll(tx, tx.entity("c_unit"), ring));

        assertThat(results.stream().map(result -> result instanceof RecordResult.Saved))
                .containsExactly(true, true, false);
        assertThat(loops(call)).isZero();
    }

    @Test
    void closesNoLoopWhateverMovesAtTheSameTime() throws Exception {
        CallContext call = tenant("race");
        for (int round = 0; round < 15; round++) {
            List<UUID> units = List.of(make(call, null), make(call, null), make(call, null), make(call, null));
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int i = 0; i < units.size(); i++) {
                UUID unit = units.get(i);
                UUID under = units.get((i + 1) % units.size());
                work.add(() -> refused(call, unit, under).isEmpty());
            }
            int moved = 0;
            try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
                for (Future<Boolean> done : threads.invokeAll(work)) {
                    moved += done.get() ? 1 : 0;
                }
            }
            assertThat(moved).isEqualTo(units.size() - 1);
        }
        assertThat(loops(call)).isZero();
    }

    @Test
    void closesNoLoopWhenALinkComesBack() throws Exception {
        CallContext call = tenant("back");
        UUID other = make(call, null);
        UUID gone = make(call, other);
        UUID child = make(call, gone);
        engine.relata().writer().delete(call, "c_unit", gone, null);
        engine.update(call, "c_unit", other, "c_under_id", child.toString());

        engine.relata().writer().restore(call, "c_unit", gone);

        assertThat(loops(call)).isZero();
        assertThat(engine.database().all("select u01 from relata.record_shared where id = ?", child))
                .containsExactly((Object) null);
    }

    @Test
    void isMadeByALookupToTheSameEntity() throws Exception {
        CallContext call = tenant("target");
        ProblemException refused = catchThrowableOfType(
                ProblemException.class,
                () -> engine.relata()
                        .metadata()
                        .addField(call, "c_unit", JsonMapper.builder().build().readTree("""
                        {"name": "c_x", "type": "lookup", "target": "company", "hierarchical": true, "label": {"en": "X"}}
                        """)));
        assertThat(refused.violations().getFirst().code()).isEqualTo("hierarchy-target");
    }

    private CallContext tenant(String slug) throws Exception {
        CallContext call = engine.tenant("hierarchy-" + slug);
        engine.relata()
                .metadata()
                .createEntity(call, JsonMapper.builder().build().readTree("""
                {"name": "c_unit", "label": {"en": "Unit"}, "pluralLabel": {"en": "Units"},
                 "fields": [{"name": "c_name", "type": "text", "label": {"en": "Name"}},
                            {"name": "c_under", "type": "lookup", "target": "c_unit", "hierarchical": true, "label": {"en": "Under"}}]}
                """));
        return call;
    }

    private UUID make(CallContext call, @Nullable UUID under) {
        return engine.create(call, "c_unit", "c_name", "U", "c_under_id", under == null ? null : under.toString())
                .id();
    }

    private List<String> refused(CallContext call, UUID unit, UUID under) {
        try {
            engine.update(call, "c_unit", unit, "c_under_id", under.toString());
            return List.of();
        } catch (ProblemException refused) {
            return refused.violations().stream()
                    .map(violation -> violation.field() + " " + violation.code())
                    .toList();
        }
    }

    private long loops(CallContext call) throws SQLException {
        return engine.database().count(LOOPS, call.tenant(), call.tenant());
    }
}
