package io.relata.core.job;

import io.relata.core.job.JobRunner.TurnEnd;
import io.relata.core.tenant.DatabaseUnavailableException;
import io.relata.core.tenant.TenantTransaction;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives tenants with open jobs their turns: few at once, each tenant one at a time, in a circle. A tenant with
/// a long job lets the others go first after a while, so that nobody waits for somebody else's million rows.
///
/// The work is found in the database, not in memory: what another process left unfinished is taken up here.
final class JobScheduler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JobScheduler.class);

    private static final int AT_ONCE = 2;
    private static final Duration TURN = Duration.ofSeconds(5);
    private static final Duration SCAN_EVERY = Duration.ofSeconds(3);

    /// Bound to no tenant: the query asks for ids of tenants only.
    private static final UUID NO_TENANT = new UUID(0, 0);

    private final TenantTransaction transaction;
    private final JobRunner runner;
    private final Executor executor;
    private final BlockingQueue<UUID> waiting = new LinkedBlockingQueue<>();
    private final Set<UUID> known = ConcurrentHashMap.newKeySet();
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final AtomicBoolean closed = new AtomicBoolean();

    JobScheduler(TenantTransaction transaction, JobRunner runner, Executor executor) {
        this.transaction = transaction;
        this.runner = runner;
        this.executor = executor;
    }

    void start() {
        executor.execute(this::dispatch);
    }

    /// Says that the tenant has work, so that it need not wait for the next scan.
    void wake(UUID tenant) {
        if (known.add(tenant)) {
            waiting.add(tenant);
        }
    }

    private void dispatch() {
        while (!closed.get()) {
            try {
                UUID tenant = waiting.poll(SCAN_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                if (tenant == null) {
                    tenantsWithWork().forEach(this::wake);
                } else {
                    places.acquire();
                    executor.execute(() -> turn(tenant));
                }
            } catch (InterruptedException exception) {
                Thread.currentThread().interrupt();
                return;
            } catch (DataAccessException | DatabaseUnavailableException exception) {
                LOG.warn("Looking for open jobs failed; trying again", exception);
            }
        }
    }

    private void turn(UUID tenant) {
        long end = System.nanoTime() + TURN.toNanos();
        TurnEnd ended = TurnEnd.TROUBLE;
        try {
            if (!closed.get()) {
                ended = runner.turn(tenant, () -> closed.get() || (!waiting.isEmpty() && System.nanoTime() > end));
            }
        } catch (RuntimeException exception) {
            LOG.warn("A job's turn failed; it will be tried again", exception);
        } finally {
            places.release();
            known.remove(tenant);
        }
        if (ended == TurnEnd.FINISHED || ended == TurnEnd.YIELDED) {
            wake(tenant);
        }
    }

    private List<UUID> tenantsWithWork() {
        return transaction.call(
                NO_TENANT,
                sql -> sql.select(DSL.field("open.tenant", SQLDataType.UUID))
                        .from("relata.tenants_with_open_jobs() as open(tenant)")
                        .join("control.tenant")
                        .on("control.tenant.id = open.tenant and control.tenant.status = 'active'")
                        .fetch(0, UUID.class));
    }

    /// Stops taking turns and waits for the batches at hand, so that their jobs are free at once for others.
    @Override
    public void close() {
        closed.set(true);
        try {
            if (!places.tryAcquire(AT_ONCE, 10, TimeUnit.SECONDS)) {
                LOG.warn("A job is still busy; its lease will end by itself");
            }
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }
}
