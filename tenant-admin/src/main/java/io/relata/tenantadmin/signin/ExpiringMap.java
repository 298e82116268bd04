package io.relata.tenantadmin.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Keeps values for a while and never more than so many: the one kept longest goes first.
final class ExpiringMap<V> {
    private record Entry<V>(V value, Instant until) {}

    private final Duration life;
    private final int most;
    private final Clock clock;
    private final Map<String, Entry<V>> entries = new LinkedHashMap<>();

    ExpiringMap(Duration life, int most, Clock clock) {
        this.life = life;
        this.most = most;
        this.clock = clock;
    }

    synchronized void put(String key, V value) {
        Instant now = clock.instant();
        entries.remove(key);
        entries.values().removeIf(entry -> !now.isBefore(entry.until()));
        while (entries.size() >= most) {
            entries.remove(entries.keySet().iterator().next());
        }
        entries.put(key, new Entry<>(value, now.plus(life)));
    }

    /// Replaces a value without lengthening its life; one that has gone stays gone.
    synchronized void replace(String key, V value) {
        entries.computeIfPresent(key, (same, entry) -> new Entry<>(value, entry.until()));
    }

    synchronized Optional<V> get(String key) {
        Entry<V> entry = entries.get(key);
        return entry != null && clock.instant().isBefore(entry.until()) ? Optional.of(entry.value()) : Optional.empty();
    }

    synchronized Optional<V> take(String key) {
        Optional<V> value = get(key);
        entries.remove(key);
        return value;
    }
}
