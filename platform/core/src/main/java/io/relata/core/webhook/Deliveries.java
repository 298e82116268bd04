package io.relata.core.webhook;

import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.tenant.TenantTransaction;
import io.relata.core.webhook.Delivery.State;
import io.relata.core.webhook.WebhookTables.Told;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// What webhooks were told of, for administrators to look at and to send again.
public final class Deliveries {

    private static final Duration KEPT = Duration.ofDays(8);

    private final TenantTransaction transactions;
    private final Clock clock;

    Deliveries(TenantTransaction transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Returns a webhook's, the newest first.
    ///
    /// @param state only those; `null` for all
    /// @param after those older than this one; `null` for the newest
    public List<Delivery> list(
            CallContext context, UUID webhook, @Nullable String state, @Nullable UUID after, int top) {
        Condition wanted = Told.of(context.tenant(), webhook);
        if (state != null) {
            if (Arrays.stream(State.values()).noneMatch(one -> one.code().equals(state))) {
                throw ProblemException.of(ProblemCode.INVALID_QUERY, "webhook-delivery-state", state);
            }
            wanted = wanted.and(Told.STATE.eq(state));
        }
        Condition older = after == null ? DSL.noCondition() : Told.ID.lt(after);
        Condition shown = wanted.and(older);
        return transactions.call(
                context,
                sql -> List.copyOf(sql.selectFrom(Told.TABLE)
                        .where(shown)
                        .orderBy(Told.ID.desc())
                        .limit(top)
                        .fetch(Deliveries::delivery)));
    }

    /// Has a delivery sent again, or all that have been given up.
    ///
    /// @param delivery `null` for all that were given up
    /// @return how many
    /// @throws ProblemException NOT_FOUND when there is no such delivery
    public int again(DSLContext sql, CallContext context, UUID webhook, @Nullable UUID delivery) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        Condition which = delivery == null ? Told.STATE.eq(State.FAILED.code()) : Told.ID.eq(delivery);
        int sent = sql.update(Told.TABLE)
                .set(Webhooks.bare(Told.STATE), State.WAITING.code())
                .set(Webhooks.bare(Told.ATTEMPTS), (short) 0)
                .set(Webhooks.bare(Told.NEXT_AT), now)
                .setNull(Webhooks.bare(Told.LEASE_UNTIL))
                .where(Told.of(context.tenant(), webhook))
                .and(which)
                .execute();
        if (delivery != null && sent == 0) {
            throw ProblemException.notFound();
        }
        return sent;
    }

    /// Removes a bounded number of the tenant's oldest: what they told of is not kept any longer either.
    ///
    /// @return whether there may be more
    public boolean purge(DSLContext sql, UUID tenant, int most) {
        OffsetDateTime before = clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC);
        var old = DSL.select(Told.ID)
                .from(Told.TABLE)
                .where(Told.TENANT.eq(tenant))
                .and(Told.CREATED_AT.lt(before))
                .orderBy(Told.CREATED_AT)
                .limit(most);
        return sql.deleteFrom(Told.TABLE)
                        .where(Told.TENANT.eq(tenant))
                        .and(Told.ID.in(old))
                        .execute()
                == most;
    }

    private static Delivery delivery(Record row) {
        State state = State.valueOf(row.get(Told.STATE).toUpperCase(Locale.ROOT));
        return new Delivery(
                row.get(Told.ID),
                row.get(Told.TYPE),
                row.get(Told.RECORD),
                state,
                row.get(Told.ATTEMPTS),
                state == State.WAITING ? row.get(Told.NEXT_AT).toInstant() : null,
                row.get(Told.STATUS),
                row.get(Told.REASON),
                row.get(Told.TOOK),
                instant(row.get(Told.ATTEMPTED_AT)),
                row.get(Told.CREATED_AT).toInstant());
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime moment) {
        return Optional.ofNullable(moment).map(OffsetDateTime::toInstant).orElse(null);
    }
}
