package io.relata.core.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.tenant.Turns;
import io.relata.spi.CallContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/// Counts what tenants and their users ask of this server, and refuses what is beyond their [Allowance].
///
/// Allowances come in steadily, not by the minute: who has used all up may ask for a little again soon. Thread-safe.
public final class Meters implements Turns.Spending {

    /// For which an allowance is.
    public static final Duration WINDOW = Duration.ofMinutes(1);

    /// The member of a refusal that says after how many seconds to ask again.
    public static final String RETRY_AFTER = "retryAfter";

    private static final Duration FORGOTTEN = Duration.ofMinutes(5);
    private static final int KEPT = 200_000;

    private final Function<UUID, Allowance> allowances;
    private final TimeMeter time;
    private final Cache<Key, Bucket> buckets =
            Caffeine.newBuilder().expireAfterAccess(FORGOTTEN).maximumSize(KEPT).build();

    public Meters(Function<UUID, Allowance> allowances) {
        this(allowances, TimeMeter.SYSTEM_NANOTIME);
    }

    Meters(Function<UUID, Allowance> allowances, TimeMeter time) {
        this.allowances = allowances;
        this.time = time;
    }

    /// Returns how much the tenant may ask for.
    public Allowance allowance(UUID tenant) {
        return allowances.apply(tenant);
    }

    /// What is counted.
    public enum Metered {
        USER,
        TENANT,
        /// In milliseconds.
        DATABASE
    }

    /// Another allowance is another key: what an operator sets applies to a meter of its own.
    private record Key(Metered metered, UUID owner, long limit) {}

    /// How much is left of an allowance.
    ///
    /// @param left negative when more was used than there was
    public record Standing(Metered metered, long limit, long left) {

        /// Returns how long it takes until the whole allowance is there again, in seconds.
        public long fullAgainAfter() {
            return Math.ceilDiv((limit - left) * WINDOW.toSeconds(), limit);
        }
    }

    /// Counts requests of the caller.
    ///
    /// @return what is left to the caller
    /// @throws ProblemException TOO_MANY_REQUESTS, with what is left and when to ask again
    public Standing count(CallContext context, int requests) {
        Allowance allowance = allowances.apply(context.tenant());
        long database = bucket(database(context.tenant(), allowance)).getAvailableTokens();
        if (database <= 0) {
            double perSecond = 1000d * allowance.databaseSeconds() / WINDOW.toSeconds();
            throw refusal("limit-database", (long) Math.ceil((1 - database) / perSecond), allowance.databaseSeconds());
        }
        Key tenant = new Key(Metered.TENANT, context.tenant(), allowance.requests());
        Key user = new Key(Metered.USER, context.user(), allowance.userRequests());
        ConsumptionProbe mine = bucket(user).tryConsumeAndReturnRemaining(Math.min(requests, user.limit()));
        if (!mine.isConsumed()) {
            throw refusal("limit-user", mine, user.limit());
        }
        ConsumptionProbe all = bucket(tenant).tryConsumeAndReturnRemaining(Math.min(requests, tenant.limit()));
        if (!all.isConsumed()) {
            bucket(user).addTokens(Math.min(requests, user.limit()));
            throw refusal("limit-tenant", all, tenant.limit());
        }
        return new Standing(Metered.USER, user.limit(), mine.getRemainingTokens());
    }

    @Override
    public void spent(UUID tenant, Duration taken) {
        bucket(database(tenant, allowances.apply(tenant))).consumeIgnoringRateLimits(Math.max(1, taken.toMillis()));
    }

    /// Returns what is left to the caller and to the tenant.
    public List<Standing> standings(CallContext context) {
        Allowance allowance = allowances.apply(context.tenant());
        return List.of(
                standing(new Key(Metered.USER, context.user(), allowance.userRequests())),
                standing(new Key(Metered.TENANT, context.tenant(), allowance.requests())),
                standing(database(context.tenant(), allowance)));
    }

    /// Returns the refusal of what would be beyond an allowance.
    ///
    /// @param seconds after which to ask again
    public static ProblemException refusal(String message, long seconds, long limit) {
        long wait = Math.max(1, seconds);
        return new ProblemException(
                ProblemCode.TOO_MANY_REQUESTS, message, List.of(limit, wait), List.of(), Map.of(RETRY_AFTER, wait));
    }

    private static ProblemException refusal(String message, ConsumptionProbe probe, long limit) {
        return refusal(message, Math.ceilDiv(probe.getNanosToWaitForRefill(), 1_000_000_000L), limit);
    }

    private Standing standing(Key key) {
        return new Standing(key.metered(), key.limit(), bucket(key).getAvailableTokens());
    }

    private static Key database(UUID tenant, Allowance allowance) {
        return new Key(Metered.DATABASE, tenant, allowance.databaseSeconds() * 1000);
    }

    private Bucket bucket(Key key) {
        return buckets.get(
                key,
                made -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(made.limit()).refillGreedy(made.limit(), WINDOW))
                        .withCustomTimePrecision(time)
                        .build());
    }
}
