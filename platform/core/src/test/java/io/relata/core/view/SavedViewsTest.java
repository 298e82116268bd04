package io.relata.core.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.TestCalls;
import io.relata.core.TestEngine;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SavedViewsTest {

    private static final String ALL =
            "{\"columns\": [\"name\"], \"sort\": [{\"field\": \"createdAt\", \"desc\": true}],"
                    + " \"filter\": \"name ne null\", \"groupBy\": \"name\", \"widths\": {\"name\": 240}, \"frozen\": 2, \"kind\": \"chart\"}";

    private final LocalPostgres postgres;
    private TestEngine engine;

    SavedViewsTest(LocalPostgres postgres) {
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
    void showsEachTheOwnViewsAndTheSharedOnes() throws SQLException {
        CallContext ann = TestCalls.user(engine.database().tenant("views", "test"));
        CallContext bob = TestCalls.user(ann.tenant());
        Kept own = create(ann, "Mine", false);
        Kept shared = create(ann, "Ours", true);

        assertThat(list(ann)).containsExactly(own, shared);
        assertThat(list(bob)).containsExactly(shared);
        assertThat(shared.changeableBy(bob)).isFalse();
        assertThat(shared.definition()).isEqualTo(json(ALL));
        assertThat(list(TestCalls.user(engine.database().tenant("views-other", "test"))))
                .isEmpty();
    }

    @Test
    void isChangedByWhoMadeItAndTheSharedByAdministrators() throws SQLException {
        CallContext ann = TestCalls.user(engine.database().tenant("views-change", "test"));
        CallContext bob = TestCalls.user(ann.tenant());
        CallContext chief = TestCalls.administrator(ann.tenant());
        Kept own = create(ann, "Mine", false);
        Kept shared = create(ann, "Ours", true);

        assertThat(update(ann, own.id(), "{\"name\": \"Renamed\"}"))
                .isEqualTo(new Kept(own.id(), ann.user(), "Renamed", false, own.definition()));
        assertThat(update(chief, shared.id(), "{\"shared\": false}").shared()).isFalse();
        update(ann, shared.id(), "{\"shared\": true}");
        refused(() -> update(bob, shared.id(), "{\"name\": \"x\"}"), ProblemCode.FORBIDDEN);
        refused(() -> update(bob, own.id(), "{\"name\": \"x\"}"), ProblemCode.NOT_FOUND);
        refused(() -> update(chief, own.id(), "{\"name\": \"x\"}"), ProblemCode.NOT_FOUND);
        refused(() -> delete(bob, shared.id()), ProblemCode.FORBIDDEN);

        delete(ann, own.id());
        delete(chief, shared.id());
        assertThat(list(ann)).isEmpty();
    }

    @Test
    void isRefusedWithEverythingThatIsWrong() throws SQLException {
        CallContext ann = TestCalls.user(engine.database().tenant("views-wrong", "test"));
        ObjectNode body = json(
                "{\"name\": \" \", \"shared\": 1, \"x\": 1, \"definition\": {\"kind\": \"map\", \"columns\":"
                        + " [\"nosuch\", 1], \"sort\": {}, \"filter\": 1, \"groupBy\": \"nosuch\", \"widths\": {\"name\": 5}, \"frozen\": 9, \"y\": 1}}");
        assertThatThrownBy(() -> ViewInput.read(body, entity(ann), true))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.violations())
                                .extracting(violation -> violation.field() + ": " + violation.code())
                                .containsExactlyInAnyOrder(
                                        "x: unknown-member",
                                        "name: required",
                                        "shared: expects-boolean",
                                        "definition.kind: kind-unknown",
                                        "definition.columns: field-unknown",
                                        "definition.columns: expects-text",
                                        "definition.sort: expects-list",
                                        "definition.filter: expects-text",
                                        "definition.groupBy: field-unknown",
                                        "definition.widths: not-between",
                                        "definition.frozen: not-between",
                                        "definition.y: unknown-member"));
    }

    @Test
    void endsAtAHundred() throws SQLException {
        CallContext ann = TestCalls.user(engine.database().tenant("views-many", "test"));
        for (int i = 0; i < Shelf.MOST; i++) {
            create(ann, "View " + i, false);
        }
        refused(() -> create(ann, "One more", false), ProblemCode.VALIDATION);
        create(TestCalls.user(ann.tenant()), "A colleague's", false);
    }

    private Kept create(CallContext context, String name, boolean shared) {
        ObjectNode body =
                json("{\"definition\": " + ALL + "}").put("name", name).put("shared", shared);
        EntityDefinition entity = entity(context);
        KeptInput input = ViewInput.read(body, entity, true);
        return engine.relata()
                .writer()
                .transaction(context, tx -> engine.relata().views().create(tx, entity, input));
    }

    private Kept update(CallContext context, UUID id, String body) {
        KeptInput input = ViewInput.read(json(body), entity(context), false);
        EntityDefinition entity = entity(context);
        return engine.relata()
                .writer()
                .transaction(context, tx -> engine.relata().views().update(tx, entity, id, input));
    }

    private void delete(CallContext context, UUID id) {
        EntityDefinition entity = entity(context);
        engine.relata().writer().transaction(context, tx -> {
            engine.relata().views().delete(tx, entity, id);
            return id;
        });
    }

    private java.util.List<Kept> list(CallContext context) {
        return engine.relata().views().list(context, entity(context));
    }

    private EntityDefinition entity(CallContext context) {
        return engine.relata()
                .metadata()
                .snapshot(context.tenant())
                .entities()
                .iterator()
                .next();
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, ProblemCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(code));
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JsonMapper.builder().build().readTree(text);
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException(exception);
        }
    }
}
