package io.relata.core.record;

import io.relata.core.metadata.ActiveRollUp;
import io.relata.core.metadata.RollUp.Function;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a transaction did to the records that count for one other.
final class RollUpDelta {

    private long added;
    private @Nullable Object given;
    private @Nullable Object taken;
    private boolean unsure;

    /// Something happened that does not tell the result.
    void doubt() {
        unsure = true;
    }

    /// What the record of a child adds to the result, in the stored form, an amount in another currency as [Foreign];
    /// `null` for nothing.
    static @Nullable Object share(ActiveRollUp one, Instant createdAt, Map<String, @Nullable Object> values) {
        if (one.source() == null) {
            return 1L;
        }
        return one.exchange() == null
                ? StoredValue.of(one.source(), values.get(one.source().name()))
                : Exchanges.of(one, one.exchange(), createdAt, values);
    }

    /// A share counts no more.
    void take(ActiveRollUp one, @Nullable Object share) {
        switch (one.function()) {
            case COUNT, SUM -> added = Math.subtractExact(added, amount(share));
            case MIN, MAX -> taken = better(one.function(), taken, share);
            case AVG, FIRST, LAST -> unsure = true;
        }
    }

    /// A share counts now.
    void give(ActiveRollUp one, @Nullable Object share) {
        switch (one.function()) {
            case COUNT, SUM -> added = Math.addExact(added, amount(share));
            case MIN, MAX -> given = better(one.function(), given, share);
            case AVG, FIRST, LAST -> unsure = true;
        }
    }

    /// Changes the record's result, if what happened tells it; returns whether it does.
    boolean apply(ActiveRollUp one, RollUpParents parents, UUID id) {
        if (unsure) {
            return false;
        }
        Object now = parents.stored(id, one.result());
        if (one.function().adds()) {
            parents.set(id, one.result(), Math.addExact(now == null ? 0L : (Long) now, added));
            return true;
        }
        Object best = better(one.function(), now, given);
        boolean lost = taken != null && (best == null || Objects.equals(taken, better(one.function(), taken, best)));
        if (lost) {
            return false;
        }
        parents.set(id, one.result(), best);
        return true;
    }

    private static long amount(@Nullable Object share) {
        return share == null ? 0 : (Long) share;
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object better(Function function, @Nullable Object one, @Nullable Object other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        int comparison = ((Comparable<Object>) one).compareTo(other);
        return (function == Function.MIN) == (comparison <= 0) ? one : other;
    }
}
