package io.relata.core.tenant;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Whose transaction begins next, when more are wanted than run well at once. Whoever comes while there is a place
/// begins; else the tenant with the fewest at work is next, so that nobody waits behind somebody else's hundred. A
/// tenant alone may have all places; while others are at work it has some only.
///
/// Thread-safe. A transaction inside another needs no further turn: it would wait for its own end.
public final class Turns {

    /// How long a transaction waits to begin.
    static final Duration PATIENCE = Duration.ofSeconds(15);

    /// So many of a tenant may wait.
    static final int WAITING = 200;

    /// For how long a tenant counts as at work after its last transaction began.
    private static final long NEIGHBOURLY = Duration.ofSeconds(2).toNanos();

    /// The platform itself, looking for tenants with work.
    private static final UUID NOBODY = new UUID(0, 0);

    private final int places;
    private final int besideOthers;
    private final Spending spending;
    /// Who has a turn, as a lock knows who holds it.
    private final Set<Thread> inside = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<UUID, Line> lines = new HashMap<>();
    private int busy;
    private UUID latest = NOBODY;
    private long latestAt = System.nanoTime() - NEIGHBOURLY;
    private long otherAt = latestAt;

    /// @param places       how many transactions run at once
    /// @param besideOthers how many of them a tenant has while others are at work
    /// @param spending     is told how long each took
    public Turns(int places, int besideOthers, Spending spending) {
        this.places = places;
        this.besideOthers = besideOthers;
        this.spending = spending;
    }

    /// Turns for this machine. With four transactions for each processor hardly anybody waits who asks for little, and
    /// to wait and be woken costs more than a short transaction; a tenant beside others keeps as many processors busy
    /// as there are.
    public static Turns forThisMachine(Spending spending) {
        int processors = Math.max(2, Runtime.getRuntime().availableProcessors());
        return new Turns(4 * processors, processors, spending);
    }

    /// Is told what a tenant's transactions took.
    @FunctionalInterface
    public interface Spending {
        void spent(UUID tenant, Duration time);
    }

    /// A turn, until it is closed.
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /// A tenant's transactions: those at work, and those that wait.
    private static final class Line {
        private final UUID tenant;
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        private int working;

        private Line(UUID tenant) {
            this.tenant = tenant;
        }
    }

    private static final class Waiting {
        private final Condition called;
        private final long since = System.nanoTime();
        private boolean begun;

        private Waiting(Condition called) {
            this.called = called;
        }
    }

    /// Waits for the tenant's turn.
    ///
    /// @throws TenantBusyException when too many of the tenant's wait, or this one has waited too long
    Turn take(UUID tenant) {
        if (tenant.equals(NOBODY) || inside.contains(Thread.currentThread())) {
            return () -> {};
        }
        Line line;
        lock.lock();
        try {
            remember(tenant);
            line = lines.computeIfAbsent(tenant, Line::new);
            if (line.waiting.isEmpty() && free(line)) {
                begin(line);
            } else {
                await(line);
            }
        } finally {
            lock.unlock();
        }
        inside.add(Thread.currentThread());
        long start = System.nanoTime();
        return () -> end(line, start);
    }

    private void remember(UUID tenant) {
        long now = System.nanoTime();
        if (!tenant.equals(latest)) {
            otherAt = latestAt;
            latest = tenant;
        }
        latestAt = now;
    }

    private boolean free(Line line) {
        return busy < places && line.working < most(line.tenant);
    }

    private int most(UUID tenant) {
        long others = tenant.equals(latest) ? otherAt : latestAt;
        return System.nanoTime() - others < NEIGHBOURLY ? besideOthers : places;
    }

    private void begin(Line line) {
        line.working++;
        busy++;
    }

    private void await(Line line) {
        if (line.waiting.size() >= WAITING) {
            throw new TenantBusyException();
        }
        Waiting waiting = new Waiting(lock.newCondition());
        line.waiting.add(waiting);
        try {
            long left = PATIENCE.toNanos();
            while (!waiting.begun && left > 0) {
                left = waiting.called.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            if (waiting.begun) {
                leave(line);
                throw new TenantBusyException();
            }
        }
        if (!waiting.begun) {
            line.waiting.remove(waiting);
            forget(line);
            throw new TenantBusyException();
        }
    }

    private void end(Line line, long start) {
        inside.remove(Thread.currentThread());
        lock.lock();
        try {
            leave(line);
        } finally {
            lock.unlock();
        }
        spending.spent(line.tenant, Duration.ofNanos(System.nanoTime() - start));
    }

    private void leave(Line line) {
        line.working--;
        busy--;
        for (Line next = next(); next != null; next = next()) {
            Waiting called = next.waiting.remove();
            begin(next);
            called.begun = true;
            called.called.signal();
        }
        forget(line);
    }

    private @Nullable Line next() {
        Line best = null;
        for (Line line : lines.values()) {
            if (!line.waiting.isEmpty() && free(line) && (best == null || before(line, best))) {
                best = line;
            }
        }
        return best;
    }

    private static boolean before(Line one, Line other) {
        return one.working != other.working
                ? one.working < other.working
                : one.waiting.element().since - other.waiting.element().since < 0;
    }

    private void forget(Line line) {
        if (line.working == 0 && line.waiting.isEmpty()) {
            lines.remove(line.tenant, line);
        }
    }
}
