package io.relata.core.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.relata.core.TestEngine;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.type.Form;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.RecordData;
import io.relata.core.record.RecordInput;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangeFeedTest {

    private static final int WRITERS = 6;
    private static final int RECORDS_EACH = 60;

    private final LocalPostgres postgres;
    private TestEngine engine;

    ChangeFeedTest(LocalPostgres postgres) {
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
    void tellsWhatWasBeforeAndAfter() throws SQLException {
        CallContext call = engine.tenant("values");
        RecordData deal = engine.create(call, "deal", "name", "A", "amount", "5");
        engine.create(call, "company", "name", "Not a deal");
        engine.update(call, "deal", deal.id(), "amount", "7.5");
        engine.relata().writer().delete(call, "deal", deal.id(), null);
        engine.relata().writer().restore(call, "deal", deal.id());

        ChangeFeed.Page page = read(call, "deal", null, 100);

        assertThat(page.more()).isFalse();
        assertThat(page.events().stream().map(ChangeFeedTest::describe))
                .containsExactly(
                        "create 1 name null>\"A\" stage null>\"open\" amount null>5.00",
                        "update 2 amount 5.00>7.50",
                        "delete 3 name \"A\">null stage \"open\">null amount 7.50>null",
                        "restore 4 name null>\"A\" stage null>\"open\" amount null>7.50");
        assertThat(page.events().getFirst().actor()).isEqualTo(call.user());
        assertThat(read(call, "deal", page.cursor(), 100).events()).isEmpty();
        assertThat(read(engine.tenant("stranger"), "deal", null, 100).events()).isEmpty();
    }

    @Test
    void beginsWithWhatComesWhenAskedFrom() throws SQLException {
        CallContext call = engine.tenant("now");
        engine.create(call, "deal", "name", "Old");

        ChangeFeed.Page now = read(call, "deal", "now", 100);
        engine.create(call, "deal", "name", "New");

        assertThat(now.events()).isEmpty();
        assertThat(read(call, "deal", now.cursor(), 100).events()).hasSize(1);
    }

    @Test
    void showsNothingBeforeEveryOlderTransactionHasEnded() throws Exception {
        CallContext call = engine.tenant("order");
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<?> slow = threads.submit(() -> engine.relata().writer().transaction(call, tx -> {
                RecordInput input = new RecordInput(null, null, TestEngine.values("name", "Slow"), Form.JSON);
                engine.relata().writer().save(tx, tx.entity("deal"), input);
                written.countDown();
                await(goOn);
                return true;
            }));
            await(written);
            engine.create(call, "deal", "name", "Quick");
            ChangeFeed.Page between = read(call, "deal", null, 100);

            goOn.countDown();
            slow.get();

            assertThat(between.events())
                    .as("the quick one would make the reader pass the slow one")
                    .isEmpty();
            assertThat(read(call, "deal", between.cursor(), 100).events()).hasSize(2);
        }
    }

    @Test
    void skipsAndRepeatsNothingUnderManyWriters() throws Exception {
        CallContext call = engine.tenant("writers");
        List<UUID> seen = new ArrayList<>();
        AtomicInteger running = new AtomicInteger(WRITERS);
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(threads.submit(() -> {
                    try {
                        write(call);
                    } finally {
                        running.decrementAndGet();
                    }
                }));
            }
            String cursor = null;
            boolean last = false;
            while (!last) {
                last = running.get() == 0;
                ChangeFeed.Page page = read(call, "company", cursor, 7);
                page.events().forEach(event -> seen.add(event.record()));
                cursor = page.cursor();
                last = last && !page.more();
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }

        assertThat(seen).hasSize(WRITERS * RECORDS_EACH).doesNotHaveDuplicates();
    }

    /// In transactions of one to five records, each as long as it happens to take.
    private void write(CallContext call) {
        for (int left = RECORDS_EACH; left > 0; ) {
            int now = Math.min(left, ThreadLocalRandom.current().nextInt(1, 6));
            engine.relata().writer().transaction(call, tx -> {
                for (int i = 0; i < now; i++) {
                    RecordInput input = new RecordInput(null, null, TestEngine.values("name", "C"), Form.JSON);
                    engine.relata().writer().save(tx, tx.entity("company"), input);
                }
                return true;
            });
            left -= now;
        }
    }

    @Test
    void refusesACursorBehindWhichChangesAreGone() throws SQLException {
        CallContext call = engine.tenant("old");
        engine.create(call, "deal", "name", "Old");
        String cursor = read(call, "deal", null, 100).cursor();
        engine.clock().advance(ChangeFeed.KEPT.plus(Duration.ofHours(13)));

        ProblemException expired = catchThrowableOfType(ProblemException.class, () -> read(call, "deal", cursor, 100));
        engine.clock().advance(Duration.ofDays(1));
        engine.create(call, "deal", "name", "New");
        engine.relata().clear();

        assertThat(expired.detail()).isEqualTo("feed-cursor-expired");
        assertThat(engine.database().count("select count(*) from relata.outbox where tenant_id = ?", call.tenant()))
                .isEqualTo(1);
        assertThat(engine.database().count("select count(*) from relata.audit where tenant_id = ?", call.tenant()))
                .isEqualTo(2);
        assertThat(read(call, "deal", null, 100).events()).hasSize(1);
        for (String wrong : List.of("", "x", "MTox", "MToyOjM")) {
            assertThat(catchThrowableOfType(ProblemException.class, () -> read(call, "deal", wrong, 100))
                            .detail())
                    .isEqualTo("feed-cursor");
        }
    }

    private ChangeFeed.Page read(CallContext call, String entity, @Nullable String cursor, int most) {
        EntityDefinition definition = engine.relata()
                .metadata()
                .snapshot(call.tenant())
                .entity(entity)
                .orElseThrow();
        return engine.relata().feed().read(call, definition, cursor, most);
    }

    private static String describe(ChangeFeed.Event event) {
        StringBuilder text = new StringBuilder(event.action() + " " + event.version());
        event.changes()
                .forEach(change -> text.append(' ')
                        .append(change.property())
                        .append(' ')
                        .append(change.before())
                        .append('>')
                        .append(change.after()));
        return text.toString();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }
}
