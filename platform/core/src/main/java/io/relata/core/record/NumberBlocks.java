package io.relata.core.record;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.relata.core.tenant.TenantTransaction;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Numbers taken ahead, for automatic numbers that may have gaps: who needs some waits for nobody. What a process has
/// left when it ends is never given.
///
/// A block is taken by a short transaction before one that writes begins, never inside it: a second connection beside
/// one that is open would wait for others that do the same. The first writer of a counter finds none, and takes its
/// numbers as those without gaps are taken.
final class NumberBlocks {

    /// So many numbers are taken at once.
    static final int SIZE = 200;

    private static final int FEW = SIZE / 4;
    private static final int MOST = 10_000;
    private static final Duration UNUSED = Duration.ofHours(1);

    private final Cache<AutoNumbers.Counter, Block> blocks =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(UNUSED).build();
    private final Cache<UUID, Set<AutoNumbers.Counter>> wanted =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(UNUSED).build();

    /// Ranges of numbers, the older first.
    private static final class Block {

        private record Range(long next, long last) {}

        private final Deque<Range> ranges = new ArrayDeque<>();

        synchronized void add(long first, long last) {
            ranges.addLast(new Range(first, last));
        }

        synchronized OptionalLong take(int count) {
            for (Range range = ranges.pollFirst(); range != null; range = ranges.pollFirst()) {
                if (range.last() - range.next() + 1 >= count) {
                    if (range.next() + count <= range.last()) {
                        ranges.addFirst(new Range(range.next() + count, range.last()));
                    }
                    return OptionalLong.of(range.next());
                }
            }
            return OptionalLong.empty();
        }

        synchronized boolean few() {
            return ranges.stream()
                            .mapToLong(range -> range.last() - range.next() + 1)
                            .sum()
                    < FEW;
        }
    }

    /// Returns the first of so many numbers in a row; empty when there are none ahead, which is seen to before the
    /// tenant's next transaction.
    OptionalLong take(AutoNumbers.Counter counter, int count) {
        Block block = blocks.get(counter, key -> new Block());
        OptionalLong first = count > SIZE ? OptionalLong.empty() : block.take(count);
        if (block.few()) {
            wanted.get(counter.tenant(), tenant -> ConcurrentHashMap.newKeySet())
                    .add(counter);
        }
        return first;
    }

    /// Takes blocks for the tenant's counters that have few numbers left. Needs a connection: not to be called inside a
    /// transaction.
    void refill(TenantTransaction transactions, UUID tenant) {
        Set<AutoNumbers.Counter> counters = wanted.getIfPresent(tenant);
        if (counters == null || counters.isEmpty()) {
            return;
        }
        for (AutoNumbers.Counter counter : Set.copyOf(counters)) {
            if (counters.remove(counter)) {
                long last = transactions.call(tenant, sql -> counter.take(sql, SIZE));
                blocks.get(counter, key -> new Block()).add(last - SIZE + 1, last);
            }
        }
    }
}
