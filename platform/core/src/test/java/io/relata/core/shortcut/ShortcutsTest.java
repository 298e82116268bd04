package io.relata.core.shortcut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.relata.core.TestCalls;
import io.relata.core.TestEngine;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.WriteTransaction;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShortcutsTest {

    private static final Shortcut.Kind RECORD = Shortcut.Kind.RECORD;

    private final LocalPostgres postgres;
    private TestEngine engine;

    ShortcutsTest(LocalPostgres postgres) {
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
    void showsEachOnlyWhatThePersonOpenedTheLastFirst() throws SQLException {
        CallContext ann = TestCalls.user(engine.database().tenant("shortcuts", "test"));
        visit(ann, "a");
        visit(ann, "b");
        visit(ann, "a");

        assertThat(list(ann)).extracting(Shortcut::target).containsExactly("a", "b");
        assertThat(list(TestCalls.user(ann.tenant()))).isEmpty();
        assertThat(list(TestCalls.user(engine.database().tenant("shortcuts-other", "test"))))
                .isEmpty();
    }

    @Test
    void keepsFavouritesWhenWhatWasOpenedIsForgotten() throws SQLException {
        CallContext ann = TestCalls.user(engine.database().tenant("shortcuts-many", "test"));
        visit(ann, "kept");
        keep(ann, "kept");
        keep(ann, "never-opened");
        for (int i = 0; i < Shortcuts.MOST_VISITED + 5; i++) {
            visit(ann, "r" + i);
        }

        List<Shortcut> all = list(ann);
        assertThat(all)
                .filteredOn(shortcut -> shortcut.favouriteSince() != null)
                .extracting(Shortcut::target)
                .containsExactlyInAnyOrder("kept", "never-opened");
        assertThat(all).hasSize(Shortcuts.MOST_VISITED + 2);
        assertThat(all).extracting(Shortcut::target).contains("r54", "r5").doesNotContain("r4");
    }

    @Test
    void takesAFavouriteAwayAndLeavesThatItWasOpened() throws SQLException {
        CallContext ann = TestCalls.user(engine.database().tenant("shortcuts-drop", "test"));
        visit(ann, "opened");
        keep(ann, "opened");
        keep(ann, "only-kept");
        run(ann, (tx, entity) -> engine.relata().shortcuts().drop(tx, entity, RECORD, "opened"));
        run(ann, (tx, entity) -> engine.relata().shortcuts().drop(tx, entity, RECORD, "only-kept"));

        assertThat(list(ann)).singleElement().satisfies(left -> {
            assertThat(left.target()).isEqualTo("opened");
            assertThat(left.favouriteSince()).isNull();
            assertThat(left.visitedAt()).isNotNull();
        });
    }

    @Test
    void refusesMoreFavouritesThanAnybodyLooksThrough() throws SQLException {
        CallContext ann = TestCalls.user(engine.database().tenant("shortcuts-full", "test"));
        for (int i = 0; i < Shortcuts.MOST_FAVOURITES; i++) {
            keep(ann, "r" + i);
        }
        assertThatThrownBy(() -> keep(ann, "one-more")).isInstanceOf(ProblemException.class);
    }

    private List<Shortcut> list(CallContext context) {
        return engine.relata().shortcuts().list(context);
    }

    private void visit(CallContext context, String target) {
        engine.clock().advance(java.time.Duration.ofSeconds(1));
        run(context, (tx, entity) -> engine.relata().shortcuts().visit(tx, entity, RECORD, target));
    }

    private void keep(CallContext context, String target) {
        run(context, (tx, entity) -> engine.relata().shortcuts().keep(tx, entity, RECORD, target));
    }

    private void run(CallContext context, BiConsumer<WriteTransaction, EntityDefinition> work) {
        engine.relata().writer().transaction(context, tx -> {
            work.accept(tx, tx.entity("deal"));
            return true;
        });
    }
}
