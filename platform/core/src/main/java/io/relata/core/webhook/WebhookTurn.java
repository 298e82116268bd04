package io.relata.core.webhook;

import io.relata.core.feed.Outbox;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.tenant.TenantTransaction;
import io.relata.core.webhook.Delivery.State;
import io.relata.core.webhook.WebhookSender.Outcome;
import io.relata.core.webhook.WebhookSender.Target;
import io.relata.core.webhook.WebhookTables.Hook;
import io.relata.core.webhook.WebhookTables.Told;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Tells one webhook of what there is: at least once each, and of one record in the order in which it changed. No
/// transaction is open while an answer is waited for.
final class WebhookTurn {

    /// How long after each failure a message is sent again; after the last it is given up.
    static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(3),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Duration.ofHours(24));

    /// After so many failures without a success between them, one message at a time tries whether the receiver is back.
    static final int SICK = 5;

    /// A receiver that has not taken anything for so long is not told any more.
    static final Duration PATIENCE = Duration.ofDays(3);

    private static final Duration FIRST_REST = Duration.ofSeconds(10);
    private static final Duration LONGEST_REST = Duration.ofMinutes(15);
    private static final int AT_ONCE = 10;

    /// Longer than so many messages take.
    private static final Duration LEASE = Duration.ofMinutes(3);

    private final TenantTransaction transactions;
    private final Function<UUID, MetadataSnapshot> metadata;
    private final WebhookSender sender;
    private final WebhookFanOut fanOut;
    private final Clock clock;

    WebhookTurn(
            TenantTransaction transactions,
            Function<UUID, MetadataSnapshot> metadata,
            WebhookSender sender,
            WebhookFanOut fanOut,
            Clock clock) {
        this.transactions = transactions;
        this.metadata = metadata;
        this.sender = sender;
        this.fanOut = fanOut;
        this.clock = clock;
    }

    /// Does what there is to do now.
    ///
    /// @param enough asked between messages
    void run(UUID tenant, UUID webhook, BooleanSupplier enough) {
        boolean more = true;
        while (more && !enough.getAsBoolean()) {
            boolean further = transactions.call(
                    tenant, sql -> fanOut.run(sql, tenant, webhook, metadata.apply(tenant), clock.instant()));
            more = told(tenant, webhook, enough) || further;
        }
    }

    /// Returns whether all was taken, and there may be more.
    private boolean told(UUID tenant, UUID webhook, BooleanSupplier enough) {
        List<Claim> claims = transactions.call(tenant, sql -> claim(sql, tenant, webhook));
        if (claims.isEmpty()) {
            return false;
        }
        Target target = transactions.call(tenant, sql -> sender.target(sql, tenant, webhook, clock.instant()));
        for (int i = 0; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            String body = claim.body();
            if (body == null) {
                transactions.call(tenant, sql -> end(sql, tenant, claim, State.FAILED, lost()));
                continue;
            }
            Outcome outcome = sender.send(target, claim.id(), clock.instant(), body);
            boolean goOn = transactions.call(tenant, sql -> settle(sql, tenant, webhook, claim, outcome));
            if (!goOn || enough.getAsBoolean()) {
                release(tenant, claims.subList(i + 1, claims.size()));
                return false;
            }
        }
        return true;
    }

    /// A message that is this process's to send.
    ///
    /// @param body `null` when what it tells of is not kept any more
    private record Claim(UUID id, int attempts, @Nullable String body) {}

    private static Outcome lost() {
        return new Outcome(null, "event-gone", null);
    }

    private List<Claim> claim(DSLContext sql, UUID tenant, UUID webhook) {
        Record hook = sql.select(Hook.FAILURES, Hook.NEXT_AT)
                .from(Hook.TABLE)
                .where(Hook.one(tenant, webhook))
                .and(Hook.ACTIVE)
                .fetchOne();
        OffsetDateTime now = now();
        if (hook == null
                || (hook.get(Hook.NEXT_AT) != null && hook.get(Hook.NEXT_AT).isAfter(now))) {
            return List.of();
        }
        Map<UUID, EntityDefinition> entities = WebhookFanOut.byId(metadata.apply(tenant));
        List<Claim> claims = new ArrayList<>();
        for (Record row : due(sql, tenant, webhook, now, hook.get(Hook.FAILURES) >= SICK ? 1 : AT_ONCE)) {
            EntityDefinition entity = entities.get(row.get(Outbox.ENTITY));
            String body = entity == null ? null : WebhookMessage.of(entity, WebhookFanOut.event(entity, row));
            claims.add(new Claim(row.get(Told.ID), row.get(Told.ATTEMPTS), body));
        }
        sql.update(Told.TABLE)
                .set(Webhooks.bare(Told.LEASE_UNTIL), now.plus(LEASE))
                .where(Told.TENANT.eq(tenant))
                .and(Told.ID.in(claims.stream().map(Claim::id).toList()))
                .execute();
        return claims;
    }

    /// Of each record the first that waits.
    private static List<? extends Record> due(DSLContext sql, UUID tenant, UUID webhook, OffsetDateTime now, int most) {
        Table<?> earlier = Told.TABLE.as("earlier");
        Condition first = DSL.notExists(DSL.selectOne()
                .from(earlier)
                .where(of(earlier, Told.TENANT).eq(tenant))
                .and(of(earlier, Told.HOOK).eq(webhook))
                .and(of(earlier, Told.RECORD).eq(Told.RECORD))
                .and(of(earlier, Told.STATE).eq(DSL.inline(State.WAITING.code())))
                .and(DSL.row(of(earlier, Told.EVENT_TX), of(earlier, Told.EVENT))
                        .lt(Told.EVENT_TX, Told.EVENT)));
        return sql.select(Told.ID, Told.ATTEMPTS, Outbox.ENTITY, Outbox.RECORD, Outbox.TYPE, Outbox.AT, Outbox.PAYLOAD)
                .from(Told.TABLE)
                .leftJoin(Outbox.TABLE)
                .on(Outbox.TENANT.eq(tenant).and(Outbox.ID.eq(Told.EVENT)))
                .where(Told.of(tenant, webhook))
                .and(Told.STATE.eq(DSL.inline(State.WAITING.code())))
                .and(Told.NEXT_AT.le(now))
                .and(Told.LEASE_UNTIL.isNull().or(Told.LEASE_UNTIL.le(now)))
                .and(first)
                .orderBy(Told.EVENT_TX, Told.EVENT)
                .limit(most)
                .forUpdate()
                .of(Told.TABLE)
                .skipLocked()
                .fetch();
    }

    private static <T> Field<T> of(Table<?> table, Field<T> column) {
        return DSL.field(table.getQualifiedName().append(column.getUnqualifiedName()), column.getDataType());
    }

    /// Writes down what became of a message, and returns whether the receiver is well.
    private boolean settle(DSLContext sql, UUID tenant, UUID webhook, Claim claim, Outcome outcome) {
        if (outcome.arrived()) {
            end(sql, tenant, claim, State.DELIVERED, outcome);
            sql.update(Hook.TABLE)
                    .set(Webhooks.bare(Hook.FAILURES), 0)
                    .setNull(Webhooks.bare(Hook.FAILING_SINCE))
                    .setNull(Webhooks.bare(Hook.NEXT_AT))
                    .where(Hook.one(tenant, webhook))
                    .and(Hook.FAILURES.gt(0))
                    .execute();
            return true;
        }
        boolean over = outcome.unwanted() || claim.attempts() >= WAITS.size();
        end(sql, tenant, claim, over ? State.FAILED : State.WAITING, outcome);
        return failed(sql, tenant, webhook, outcome);
    }

    private boolean failed(DSLContext sql, UUID tenant, UUID webhook, Outcome outcome) {
        Record hook = sql.select(Hook.FAILURES, Hook.FAILING_SINCE)
                .from(Hook.TABLE)
                .where(Hook.one(tenant, webhook))
                .forUpdate()
                .fetchOne();
        if (hook == null) {
            return false;
        }
        OffsetDateTime now = now();
        OffsetDateTime since = hook.get(Hook.FAILING_SINCE) == null ? now : hook.get(Hook.FAILING_SINCE);
        int failures = hook.get(Hook.FAILURES) + 1;
        sql.update(Hook.TABLE)
                .set(Webhooks.bare(Hook.FAILURES), failures)
                .set(Webhooks.bare(Hook.FAILING_SINCE), since)
                .set(Webhooks.bare(Hook.NEXT_AT), failures < SICK ? null : now.plus(rest(failures)))
                .where(Hook.one(tenant, webhook))
                .execute();
        if (outcome.unwanted() || since.plus(PATIENCE).isBefore(now)) {
            WebhookFanOut.pause(sql, tenant, webhook, outcome.unwanted() ? "gone" : "failing");
            return false;
        }
        return failures < SICK;
    }

    private static Duration rest(int failures) {
        Duration rest = FIRST_REST.multipliedBy(1L << Math.min(failures - SICK, 10));
        return rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
    }

    private boolean end(DSLContext sql, UUID tenant, Claim claim, State state, Outcome outcome) {
        OffsetDateTime now = now();
        return sql.update(Told.TABLE)
                        .set(Webhooks.bare(Told.STATE), state.code())
                        .set(Webhooks.bare(Told.ATTEMPTS), (short) (claim.attempts() + 1))
                        .set(Webhooks.bare(Told.STATUS), outcome.status())
                        .set(Webhooks.bare(Told.REASON), outcome.reason())
                        .set(Webhooks.bare(Told.TOOK), outcome.millis())
                        .set(Webhooks.bare(Told.ATTEMPTED_AT), now)
                        .set(Webhooks.bare(Told.NEXT_AT), state == State.WAITING ? now.plus(wait(claim)) : now)
                        .setNull(Webhooks.bare(Told.LEASE_UNTIL))
                        .where(Told.TENANT.eq(tenant))
                        .and(Told.ID.eq(claim.id()))
                        .execute()
                == 1;
    }

    /// A tenth more or less, so that what failed together does not come again together.
    private static Duration wait(Claim claim) {
        Duration wait = WAITS.get(claim.attempts());
        return wait.plusMillis(
                (long) (wait.toMillis() * ThreadLocalRandom.current().nextDouble(0.1)));
    }

    private void release(UUID tenant, List<Claim> claims) {
        if (!claims.isEmpty()) {
            transactions.call(
                    tenant,
                    sql -> sql.update(Told.TABLE)
                            .setNull(Webhooks.bare(Told.LEASE_UNTIL))
                            .where(Told.TENANT.eq(tenant))
                            .and(Told.ID.in(claims.stream().map(Claim::id).toList()))
                            .execute());
        }
    }

    private OffsetDateTime now() {
        return Instant.now(clock).atOffset(ZoneOffset.UTC);
    }
}
