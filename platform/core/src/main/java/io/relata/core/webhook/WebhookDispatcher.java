package io.relata.core.webhook;

import io.relata.core.tenant.TenantTransaction;
import io.relata.core.webhook.WebhookSender.Outcome;
import io.relata.spi.CallContext;
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
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every second for webhooks that have something to be told of, and tells them: each by one thread at a time, a
/// few of a tenant at once, so that a receiver that does not answer keeps nobody else waiting.
///
/// What is to be told stands in the database: what a process left when it died is taken up by the next.
public final class WebhookDispatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookDispatcher.class);

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration TURN = Duration.ofSeconds(20);
    private static final int THREADS = 32;
    private static final int OF_TENANT = 4;

    /// Bound to no tenant: the query asks for ids only.
    private static final UUID NO_TENANT = new UUID(0, 0);

    private final Webhooks.Parts parts;
    private final WebhookSender sender;
    private final WebhookTurn turn;
    private final Set<UUID> busy = ConcurrentHashMap.newKeySet();
    private final Map<UUID, Integer> ofTenant = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread looking =
            Thread.ofPlatform().daemon().name("relata-webhooks").unstarted(this::lookAndLook);
    private final ThreadPoolExecutor telling = new ThreadPoolExecutor(
            0,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("relata-webhook-", 0).factory(),
            new ThreadPoolExecutor.AbortPolicy());

    public WebhookDispatcher(Webhooks.Parts parts) {
        this.parts = parts;
        this.sender = new WebhookSender(parts.outgoing(), parts.vault());
        this.turn = new WebhookTurn(
                parts.transactions(), parts.metadata(), sender, new WebhookFanOut(parts.ids()), parts.clock());
    }

    /// What became of a trial.
    ///
    /// @param status `null` when there was no answer
    /// @param reason why there was none; `null` when there was one
    public record Trial(
            boolean arrived,
            @Nullable Integer status,
            @Nullable String reason,
            @Nullable Integer millis) {}

    /// Begins to look.
    public void start() {
        looking.start();
    }

    /// Sends a message that says nothing, whether the webhook is active or not, and waits for the answer.
    ///
    /// @throws ProblemException FORBIDDEN, NOT_FOUND
    public Trial trial(CallContext context, UUID webhook) {
        Webhooks.require(context);
        WebhookSender.Target target = parts.transactions().call(context, sql -> {
            Webhooks.find(sql, context.tenant(), webhook);
            return sender.target(sql, context.tenant(), webhook, parts.clock().instant());
        });
        String body = WebhookMessage.test(webhook, parts.clock().instant());
        Outcome outcome = sender.send(target, parts.ids().next(), parts.clock().instant(), body);
        return new Trial(outcome.arrived(), outcome.status(), outcome.reason(), outcome.millis());
    }

    /// Does what there is to do for a webhook now.
    void turn(UUID tenant, UUID webhook) {
        turn.run(tenant, webhook, this::closed);
    }

    private record Work(UUID tenant, UUID webhook) {}

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
            LOG.warn("Looking for webhooks failed; trying again", exception);
        }
    }

    private List<Work> work() {
        TenantTransaction transactions = parts.transactions();
        return transactions.call(
                NO_TENANT,
                sql -> sql.select(
                                DSL.field("work.tenant", SQLDataType.UUID), DSL.field("work.webhook", SQLDataType.UUID))
                        .from(
                                "relata.webhooks_with_work({0}) as work",
                                DSL.val(parts.clock().instant().atOffset(ZoneOffset.UTC)))
                        .fetch(row -> new Work(row.value1(), row.value2())));
    }

    /// A webhook that finds no place now is found again in a second.
    private void begin(Work work) {
        if (ofTenant.getOrDefault(work.tenant(), 0) >= OF_TENANT
                || telling.getActiveCount() >= THREADS
                || !busy.add(work.webhook())) {
            return;
        }
        ofTenant.merge(work.tenant(), 1, Integer::sum);
        try {
            telling.execute(() -> tell(work));
        } catch (RejectedExecutionException full) {
            end(work);
        }
    }

    private void tell(Work work) {
        long end = System.nanoTime() + TURN.toNanos();
        try {
            turn.run(work.tenant(), work.webhook(), () -> closed() || System.nanoTime() > end);
        } catch (RuntimeException exception) {
            LOG.warn("Telling a webhook failed; it will be tried again", exception);
        } finally {
            end(work);
        }
    }

    private void end(Work work) {
        ofTenant.computeIfPresent(work.tenant(), (tenant, count) -> count == 1 ? null : count - 1);
        busy.remove(work.webhook());
    }

    @Override
    public void close() {
        closed.countDown();
        telling.shutdown();
    }
}
