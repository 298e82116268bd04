package io.relata.core.record;

import io.relata.core.metadata.ActiveRollUp;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.RollUp.Function;
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

    /// A record with the values counts no more.
    void take(ActiveRollUp one, Map<String, @Nullable Object> values) {
        switch (one.function()) {
            case COUNT, SUM -> added = Math.subtractExact(added, amount(one, values));
            case MIN, MAX -> taken = better(one.function(), taken, stored(one, values));
            case AVG, FIRST, LAST -> unsure = true;
        }
    }

    /// A record with the values counts now.
    void give(ActiveRollUp one, Map<String, @Nullable Object> values) {
        switch (one.function()) {
            case COUNT, SUM -> added = Math.addExact(added, amount(one, values));
            case MIN, MAX -> given = better(one.function(), given, stored(one, values));
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
        boolean lost = taken != null && (now == null || Objects.equals(taken, better(one.function(), taken, now)));
        if (lost && Objects.equals(best, now)) {
            return false;
        }
        parents.set(id, one.result(), best);
        return true;
    }

    private static long amount(ActiveRollUp one, Map<String, @Nullable Object> values) {
        if (one.source() == null) {
            return 1;
        }
        Object stored = stored(one, values);
        return stored == null ? 0 : (Long) stored;
    }

    private static @Nullable Object stored(ActiveRollUp one, Map<String, @Nullable Object> values) {
        FieldDefinition source = Objects.requireNonNull(one.source());
        return StoredValue.of(source, values.get(source.name()));
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
