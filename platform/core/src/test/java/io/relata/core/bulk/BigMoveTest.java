package io.relata.core.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.relata.core.FailingDataSource.Commit;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.bulk.SetKind.Operation;
import io.relata.core.job.Job;
import io.relata.core.metadata.type.Form;
import io.relata.core.record.RecordInput;
import io.relata.core.record.RecordWriter;
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

/// A record that takes more along than one transaction should is moved by a job, in parts.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BigMoveTest {

    private static final int CHILDREN = 6_500;
    private static final int NOTES = 300;

    private final LocalPostgres postgres;
    private TestEngine engine;
    private TestJobs jobs;

    BigMoveTest(LocalPostgres postgres) {
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
    void deletesAndRestoresAllOfItWhateverDiesMeanwhile() throws Exception {
        CallContext call = jobs.member("big-move");
        define(call, "c_street", "");
        define(call, "c_house", lookup("cascade", "c_street"));
        define(call, "c_sign", lookup("clear", "c_street"));
        UUID street = engine.create(call, "c_street", "c_name", "Long").id();
        engine.create(call, "c_street", "c_name", "Other");
        fill(call, "c_house", street, CHILDREN);
        fill(call, "c_sign", street, NOTES);

        Job deletion = submit(call, Operation.DELETE);
        jobs.killAt(call, 4, Commit.DONE);
        assertThat(live(call)).isBetween(NOTES + 2L, CHILDREN + NOTES + 1L);
        Job deleted = jobs.run(call, deletion);

        assertThat(deleted.state()).isEqualTo(Job.State.DONE);
        assertThat(deleted.counts().processed()).isEqualTo(1);
        assertThat(deleted.counts().deleted()).isEqualTo(CHILDREN + 1);
        assertThat(live(call)).isEqualTo(NOTES + 1);
        assertThat(pointing(call)).isZero();

        Job restored = jobs.run(call, submit(call, Operation.RESTORE));

        assertThat(restored.state()).isEqualTo(Job.State.DONE);
        assertThat(restored.counts().processed()).isEqualTo(1);
        assertThat(live(call)).isEqualTo(CHILDREN + NOTES + 2);
        assertThat(pointing(call)).isEqualTo(CHILDREN + NOTES);
        assertThat(engine.database()
                        .count("select count(*) from relata.deletion_effect where tenant_id = ?", call.tenant()))
                .isZero();
    }

    private Job submit(CallContext call, Operation operation) {
        SetJobs.Wish wish = new SetJobs.Wish(operation, "c_streets", "c_name eq 'Long'", MissingNode.getInstance());
        SetJobs.Checked checked = jobs.work().sets().check(call, wish);
        return engine.relata()
                .writer()
                .transaction(call, tx -> jobs.work().sets().submit(tx, checked));
    }

    private long live(CallContext call) throws SQLException {
        return engine.database()
                .count("select count(*) from relata.record_shared where tenant_id = ? and state = 0", call.tenant());
    }

    private long pointing(CallContext call) throws SQLException {
        return engine.database()
                .count(
                        "select count(*) from relata.record_shared where tenant_id = ? and state = 0 and u01 is not null",
                        call.tenant());
    }

    private void fill(CallContext call, String entity, UUID of, int count) {
        RecordWriter writer = engine.relata().writer();
        List<RecordInput> inputs = IntStream.range(0, count)
                .mapToObj(number -> new RecordInput(null, null, Map.of("c_of_id", of.toString()), Form.JSON))
                .toList();
        writer.transaction(call, tx -> writer.saveAll(tx, tx.entity(entity), inputs));
    }

    private static String lookup(String onDelete, String target) {
        return """
                , {"name": "c_of", "type": "lookup", "target": "%s", "onDelete": "%s", "label": {"en": "Of"}}
                """.formatted(target, onDelete);
    }

    private void define(CallContext call, String name, String fields) throws Exception {
        engine.relata()
                .metadata()
                .createEntity(call, JsonMapper.builder().build().readTree("""
                {"name": "%s", "label": {"en": "%s"}, "pluralLabel": {"en": "%ss"},
                 "fields": [{"name": "c_name", "type": "text", "label": {"en": "Name"}}%s]}
                """.formatted(name, name, name, fields)));
    }
}
