package io.relata.core.feed;

import io.relata.core.tenant.TenantTransaction;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every second for followers of what happens that have something to do, and gives them turns: each one thread at
/// a time, a few of a tenant at once, so that one that takes long keeps nobody else waiting.
///
/// What is to be done stands in the database: what a process left when it died is taken up by the next. Thread-safe.
public final class Followers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Followers.class);

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration TURN = Duration.ofSeconds(20);

    /// Bound to no tenant: the query asks for ids only.
    private static final UUID NO_TENANT = new UUID(0, 0);

    private final TenantTransaction transactions;
    private final Clock clock;
    private final Kind kind;
    private final Turn turn;
    private final Set<UUID> busy = ConcurrentHashMap.newKeySet();
    private final Map<UUID, Integer> ofTenant = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread looking;
    private final ThreadPoolExecutor working;

    /// What sort of followers.
    ///
    /// @param name     of their threads
    /// @param work     the function of the database that says which have work: `(now) returns (tenant, follower)`
    /// @param threads  of all tenants
    /// @param ofTenant of one tenant
    public record Kind(String name, String work, int threads, int ofTenant) {}

    /// Does what there is to do for one.
    @FunctionalInterface
    public interface Turn {

        /// Does what there is to do now.
        ///
        /// @param enough asked now and then: whether others are to have their turn
        void run(UUID tenant, UUID follower, BooleanSupplier enough);
    }

    public Followers(TenantTransaction transactions, Clock clock, Kind kind, Turn turn) {
        this.transactions = transactions;
        this.clock = clock;
        this.kind = kind;
        this.turn = turn;
        this.looking =
                Thread.ofPlatform().daemon().name("relata-" + kind.name()).unstarted(this::lookAndLook);
        this.working = new ThreadPoolExecutor(
                0,
                kind.threads(),
                30,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform()
                        .daemon()
                        .name("relata-" + kind.name() + "-", 0)
                        .factory(),
                new ThreadPoolExecutor.AbortPolicy());
    }

    /// Begins to look.
    public void start() {
        looking.start();
    }

    /// Gives one its turn now, in the caller's thread.
    public void turn(UUID tenant, UUID follower) {
        turn.run(tenant, follower, this::closed);
    }

    private record Work(UUID tenant, UUID follower) {}

    private void lookAndLook() {
        try {
            do {
                look();
            } while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean closed() {
        return closed.getCount() == 0;
    }

    private void look() {
        try {
            for (Work work : work()) {
                begin(work);
            }
        } catch (RuntimeException exception) {
            LOG.warn("Looking for {} failed; trying again", kind.name(), exception);
        }
    }

    private List<Work> work() {
        return transactions.call(
                NO_TENANT,
                sql -> sql.select(
                                DSL.field("work.tenant", SQLDataType.UUID),
                                DSL.field("work.follower", SQLDataType.UUID))
                        .from(
                                "relata." + kind.work() + "({0}) as work(tenant, follower)",
                                DSL.val(clock.instant().atOffset(ZoneOffset.UTC)))
                        .fetch(row -> new Work(row.value1(), row.value2())));
    }

    /// One that finds no place now is found again in a second.
    private void begin(Work work) {
        if (ofTenant.getOrDefault(work.tenant(), 0) >= kind.ofTenant()
                || working.getActiveCount() >= kind.threads()
                || !busy.add(work.follower())) {
            return;
        }
        ofTenant.merge(work.tenant(), 1, Integer::sum);
        try {
            working.execute(() -> work(work));
        } catch (RejectedExecutionException full) {
            end(work);
        }
    }

    private void work(Work work) {
        long end = System.nanoTime() + TURN.toNanos();
        try {
            turn.run(work.tenant(), work.follower(), () -> closed() || System.nanoTime() > end);
        } catch (RuntimeException exception) {
            LOG.warn("A turn of {} failed; it will be tried again", kind.name(), exception);
        } finally {
            end(work);
        }
    }

    private void end(Work work) {
        ofTenant.computeIfPresent(work.tenant(), (tenant, count) -> count == 1 ? null : count - 1);
        busy.remove(work.follower());
    }

    @Override
    public void close() {
        closed.countDown();
        working.shutdown();
    }
}
