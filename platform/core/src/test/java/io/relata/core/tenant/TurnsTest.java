package io.relata.core.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final UUID NOISY = UUID.randomUUID();
    private static final UUID QUIET = UUID.randomUUID();

    private final Map<UUID, Duration> spent = new ConcurrentHashMap<>();
    private final Turns turns = new Turns(4, 2, (tenant, time) -> spent.merge(tenant, time, Duration::plus));
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> begun = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join();
        }
    }

    /// A transaction that goes on until it is told to end.
    private final class Work {

        private final CountDownLatch working = new CountDownLatch(1);
        private final CountDownLatch end = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);
        private final Thread thread;

        Work(UUID tenant, String name) {
            thread = Thread.ofPlatform().unstarted(() -> {
                try {
                    Turns.Turn turn = turns.take(tenant);
                    try (turn) {
                        begun.add(name);
                        working.countDown();
                        end.await();
                    }
                } catch (TenantBusyException | InterruptedException over) {
                    // The test has ended.
                }
                ended.countDown();
            });
            threads.add(thread);
            thread.start();
        }

        Work works() throws InterruptedException {
            assertThat(working.await(10, TimeUnit.SECONDS)).isTrue();
            return this;
        }

        /// Waits until the transaction stands in line.
        Work waits() throws InterruptedException {
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            assertThat(working.getCount()).isOne();
            return this;
        }

        void end() throws InterruptedException {
            end.countDown();
            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aTenantAloneHasAllPlaces() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            new Work(NOISY, "noisy").works();
        }
        new Work(NOISY, "one too many").waits();
    }

    @Test
    void whileOthersAreAtWorkATenantLeavesThemPlaces() throws InterruptedException {
        new Work(QUIET, "quiet").works().end();
        new Work(NOISY, "noisy").works();
        new Work(NOISY, "noisy").works();
        new Work(NOISY, "noisy").waits();

        new Work(QUIET, "quiet again").works();
    }

    @Test
    void whoHasLeastAtWorkIsNext() throws InterruptedException {
        List<Work> noisy = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            noisy.add(new Work(NOISY, "noisy").works());
        }
        Work more = new Work(NOISY, "more noise").waits();
        Work quiet = new Work(QUIET, "quiet").waits();

        noisy.getFirst().end();
        quiet.works();
        more.waits();
        noisy.get(1).end();
        noisy.get(2).end();
        more.works();
        assertThat(begun).endsWith("quiet", "more noise");
    }

    @Test
    void aTransactionInsideAnotherNeedsNoTurn() {
        Turns one = new Turns(1, 1, (tenant, time) -> {});
        Turns.Turn outer = one.take(NOISY);
        try (outer) {
            one.take(NOISY).close();
        }
        one.take(QUIET).close();
        assertThat(one.take(QUIET)).isNotNull();
    }

    @Test
    void tooManyThatWaitAreRefusedAtOnce() throws InterruptedException {
        Work[] noisy = {
            new Work(NOISY, "a").works(),
            new Work(NOISY, "b").works(),
            new Work(NOISY, "c").works(),
            new Work(NOISY, "d").works()
        };
        for (int i = 0; i < Turns.WAITING; i++) {
            new Work(NOISY, "waits").waits();
        }
        assertThatThrownBy(() -> turns.take(NOISY)).isInstanceOf(TenantBusyException.class);
        Work quiet = new Work(QUIET, "quiet").waits();
        noisy[0].end();
        quiet.works();
    }

    @Test
    void whoGivesUpLeavesTheLine() throws InterruptedException {
        List<Work> noisy = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            noisy.add(new Work(NOISY, "noisy").works());
        }
        Work impatient = new Work(NOISY, "impatient").waits();
        impatient.thread.interrupt();
        impatient.thread.join();
        for (Work work : noisy) {
            work.end();
        }
        for (UUID tenant : List.of(QUIET, QUIET, NOISY, NOISY)) {
            new Work(tenant, "after").works();
        }
        assertThat(begun).doesNotContain("impatient");
    }

    @Test
    void tellsWhatATenantsTransactionsTook() throws InterruptedException {
        new Work(NOISY, "noisy").works().end();
        assertThat(spent.get(NOISY)).isPositive();
        assertThat(spent).doesNotContainKey(QUIET);
    }
}
