package io.relata.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.relata.core.TestCalls;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.plugin.PluginJar;
import io.relata.core.plugin.PluginStatus;
import io.relata.core.plugin.sample.FinishAction;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What plugins do to records beyond setting fields.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActionTest {

    private static final String TASK = """
            {"name": "task", "setName": "tasks", "nameField": "name",
             "label": {"en": "Task", "zh-CN": "任务"}, "pluralLabel": {"en": "Tasks", "zh-CN": "任务"},
             "fields": [
               {"name": "name", "type": "text", "required": true, "label": {"en": "Name", "zh-CN": "名称"}},
               {"name": "number", "type": "text", "unique": true, "maxLength": 40, "label": {"en": "No", "zh-CN": "编号"}},
               {"name": "finished", "type": "boolean", "readOnly": true, "label": {"en": "Finished", "zh-CN": "完成"}},
               {"name": "note", "type": "text", "maxLength": 10, "label": {"en": "Note", "zh-CN": "备注"}},
               {"name": "hours", "type": "decimal", "label": {"en": "Hours", "zh-CN": "小时"}}],
             "actions": [
               {"name": "finish", "label": {"en": "Finish", "zh-CN": "完成"}, "parameters": [
                 {"name": "note", "type": "text", "label": {"en": "Note", "zh-CN": "备注"}},
                 {"name": "hours", "type": "decimal", "min": 0, "required": true,
                  "label": {"en": "Hours", "zh-CN": "小时"}}]}]}
            """;

    private final LocalPostgres postgres;
    private TestEngine engine;

    ActionTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        new PluginJar("acts")
                .solution("")
                .entity("task", TASK)
                .extension(FinishAction.class)
                .file("solution/messages.properties", "finished-already=Finished already.")
                .file("solution/messages_zh_CN.properties", "finished-already=已完成。")
                .write(plugins);
        new PluginJar("idle").solution("").entity("task", TASK).write(plugins);
        engine = TestEngine.start(postgres, folder);
    }

    @AfterAll
    void stop() {
        engine.close();
    }

    private CallContext tenant(String slug, String... plugins) throws SQLException {
        return TestCalls.administrator(engine.database().tenant(slug, plugins));
    }

    @Test
    void changesTheRecordAsOneWrite() throws SQLException {
        CallContext call = tenant("act", "acts");
        UUID id = engine.create(call, "task", "name", "A").id();

        RecordData after = act(call, id, null, Map.of("hours", "1.5", "note", "done"));

        assertThat(after.version()).isEqualTo(2);
        assertThat(after.values()).containsEntry("finished", true).containsEntry("note", "done");
        assertThat(engine.relata().history().of(call, "task", id)).hasSize(2);
    }

    @Test
    void refusesWithEverythingThatIsWrong() throws SQLException {
        CallContext call = tenant("refuse", "acts");
        UUID id = engine.create(call, "task", "name", "A").id();

        assertThat(codes(refused(() -> act(call, id, null, Map.of("hours", -1L, "x", 1L)))))
                .containsExactlyInAnyOrder("hours too-small", "x unknown-parameter");
        assertThat(codes(refused(() -> act(call, id, null, Map.of())))).containsExactly("hours required");
        assertThat(codes(refused(() -> act(call, id, null, Map.of("hours", 1L, "note", "longer than ten")))))
                .as("the record's own rules hold for what the action sets")
                .containsExactly("note too-long");
        assertThat(refused(() -> act(call, id, 7L, Map.of("hours", 1L))).code()).isEqualTo(ProblemCode.CONFLICT);
        act(call, id, null, Map.of("hours", 1L));
        ProblemException again = refused(() -> act(call, id, null, Map.of("hours", 1L)));
        assertThat(codes(again)).containsExactly("null hook-rejected");
        assertThat(again.violations().getFirst().arguments()).containsExactly("Finished already.");
    }

    @Test
    void namesThePluginThatFails() throws SQLException {
        CallContext call = tenant("broken", "acts");
        UUID id = engine.create(call, "task", "name", "A").id();

        ProblemException problem = refused(() -> act(call, id, null, Map.of("hours", 1L, "note", "break")));

        assertThat(problem.code()).isEqualTo(ProblemCode.INTERNAL);
        assertThat(problem.arguments()).containsExactly("acts");
    }

    @Test
    void knowsNoActionOfAPluginTheTenantLacksAndNoRecordOfAnother() throws SQLException {
        CallContext call = tenant("mine", "acts");
        CallContext other = tenant("other", "acts");
        UUID id = engine.create(call, "task", "name", "A").id();

        assertThat(refused(() -> act(other, id, null, Map.of("hours", 1L))).detail())
                .isEqualTo("not-found");
        for (String name : List.of("acts.burn", "test.finish", "finish", "acts.")) {
            assertThat(refused(() -> engine.relata()
                                    .writer()
                                    .transaction(
                                            call,
                                            tx -> engine.relata()
                                                    .writer()
                                                    .act(
                                                            tx,
                                                            tx.entity("task"),
                                                            RecordTarget.of(id, null),
                                                            name,
                                                            Map.of())))
                            .detail())
                    .isEqualTo("unknown-action");
        }
    }

    @Test
    void showsActionsAndKeysInTheModel() throws SQLException {
        CallContext call = tenant("model", "acts");
        try (TestJobs jobs = TestJobs.of(engine)) {
            String xml = new String(jobs.odata().metadataXml(call), StandardCharsets.UTF_8);

            assertThat(xml)
                    .contains("<Schema xmlns=\"http://docs.oasis-open.org/odata/ns/edm\" Namespace=\"acts\"")
                    .contains("<Action Name=\"finish\" IsBound=\"true\"")
                    .contains("<Parameter Name=\"hours\" Type=\"Edm.Decimal\" Nullable=\"false\"")
                    .contains("AlternateKeys\"")
                    .contains("<PropertyPath>number</PropertyPath>");
        }
    }

    @Test
    void takesNoPluginWhoseActionsNobodyHandles() {
        assertThat(engine.relata().plugins().plugins())
                .filteredOn(plugin -> !plugin.works())
                .extracting(PluginStatus::problem)
                .singleElement()
                .asString()
                .contains("task.finish");
    }

    private RecordData act(CallContext call, UUID id, @Nullable Long version, Map<String, Object> parameters) {
        return engine.relata()
                .writer()
                .transaction(
                        call,
                        tx -> engine.relata()
                                .writer()
                                .act(tx, tx.entity("task"), RecordTarget.of(id, version), "acts.finish", parameters)
                                .data());
    }

    private static ProblemException refused(ThrowingCallable call) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, call);
        assertThat(problem).isNotNull();
        return problem;
    }

    private static List<String> codes(ProblemException problem) {
        return problem.violations().stream()
                .map(violation -> violation.field() + " " + violation.code())
                .toList();
    }
}
