package io.relata.core.tenant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jooq.DSLContext;

/// What transactions read of a tenant and remember for those that follow: for as long as a change made on another node
/// may go unseen. A change made here is seen at once, see [#forget]. Thread-safe.
public final class Recall {

    private static final Duration TRUST = Duration.ofSeconds(1);
    private static final int MOST = 100_000;

    private final Map<UUID, Long> generations = new ConcurrentHashMap<>();
    private final Cache<Key, Object> kept =
            Caffeine.newBuilder().expireAfterWrite(TRUST).maximumSize(MOST).build();

    /// What was read before the last change stays under a number that nobody asks for any more.
    private record Key(UUID tenant, long generation, Object what) {}

    Recall() {}

    /// Returns what the transaction remembers.
    public static Recall of(DSLContext sql) {
        return (Recall) Objects.requireNonNull(sql.configuration().data(Recall.class));
    }

    /// Returns what is remembered, or reads it.
    ///
    /// @param what equal keys mean equal things
    public <T> T get(UUID tenant, Object what, Class<T> type, Supplier<T> reader) {
        Key key = new Key(tenant, generations.getOrDefault(tenant, 0L), what);
        Object known = kept.getIfPresent(key);
        if (known != null) {
            return type.cast(known);
        }
        T read = reader.get();
        kept.put(key, read);
        return read;
    }

    /// Forgets what was read of the tenant before; to be called when a change has been committed.
    public void forget(UUID tenant) {
        generations.merge(tenant, 1L, Long::sum);
    }
}
