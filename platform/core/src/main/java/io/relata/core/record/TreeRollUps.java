package io.relata.core.record;

import io.relata.core.metadata.ActiveRollUp;
import io.relata.core.metadata.ActiveRollUp.Under;
import io.relata.core.record.Exchanges.Foreign;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a transaction did to hierarchies with roll-ups over them, and what that means for the records above.
///
/// First each record's own share is changed in the hierarchy as it was. Then it is cut where links have changed: a part
/// that hung together and still does is taken from all above its old place, and given to all above its new one. So a
/// branch costs its size when it is moved, and a value the height of the tree when it is changed. Nobody else changes
/// the hierarchy meanwhile: who does takes its turn.
final class TreeRollUps {

    private final IdentityHashMap<ActiveRollUp, Map<UUID, Change>> changes = new IdentityHashMap<>();

    /// What a record was and is in its hierarchy.
    ///
    /// @param before `null` when it was not there
    /// @param after  `null` when it is there no more
    private record Change(@Nullable State before, @Nullable State after) {

        boolean moved() {
            return before == null || after == null || !Objects.equals(before.parent(), after.parent());
        }

        boolean nothing() {
            return Objects.equals(before, after);
        }
    }

    /// @param share what it adds to the result itself; `null` for nothing
    private record State(@Nullable UUID parent, @Nullable Object share) {}

    /// Notes what became of a record.
    void changed(
            ActiveRollUp one,
            Under way,
            UUID id,
            Instant createdAt,
            @Nullable Map<String, @Nullable Object> before,
            @Nullable Map<String, @Nullable Object> after) {
        Map<UUID, Change> of = changes.computeIfAbsent(one, key -> new HashMap<>());
        Change earlier = of.get(id);
        State was = earlier == null ? state(one, way, createdAt, before) : earlier.before();
        Change change = new Change(was, state(one, way, createdAt, after));
        of.put(id, change);
        if (change.nothing()) {
            of.remove(id);
        }
        if (of.isEmpty()) {
            changes.remove(one);
        }
    }

    private static @Nullable State state(
            ActiveRollUp one, Under way, Instant createdAt, @Nullable Map<String, @Nullable Object> values) {
        if (values == null) {
            return null;
        }
        UUID parent = values.get(way.lookup().name()) instanceof UUID id ? id : null;
        return new State(parent, one.counts(values) ? RollUpDelta.share(one, createdAt, values) : null);
    }

    /// Adds up what the changes mean, for all roll-ups of a rank.
    ///
    /// @param deltas gives what is added up for a record
    void settle(WriteTransaction tx, int rank, BiFunction<ActiveRollUp, UUID, RollUpDelta> deltas) {
        List<ActiveRollUp> ranked =
                changes.keySet().stream().filter(one -> one.rank() == rank).toList();
        for (ActiveRollUp one : ranked) {
            Map<UUID, Change> of = Objects.requireNonNull(changes.remove(one));
            settle(tx, one, (Under) one.way(), of, id -> deltas.apply(one, id));
        }
    }

    private interface Deltas {
        RollUpDelta of(UUID id);
    }

    private static void settle(
            WriteTransaction tx, ActiveRollUp one, Under way, Map<UUID, Change> changes, Deltas deltas) {
        Map<UUID, UUID> above = Hierarchies.above(tx, one.parent(), way.lookup(), starts(changes));
        Map<UUID, UUID> before = before(above, changes);
        Map<Foreign, Long> converted = one.exchange() == null ? Map.of() : Exchanges.convert(tx, one, foreign(changes));
        changes.forEach((id, change) -> {
            List<UUID> chain = change.before() == null ? List.of(id) : chain(id, before);
            Object was = share(change.before(), converted);
            Object is = share(change.after(), converted);
            if (!Objects.equals(was, is)) {
                exchange(one, chain, was, is, deltas);
            }
        });
        Set<UUID> moved = new HashSet<>();
        changes.forEach((id, change) -> {
            if (change.moved() && change.after() != null) {
                moved.add(id);
            }
        });
        if (moved.isEmpty()) {
            return;
        }
        Map<UUID, Object> parts = RollUpQuery.under(tx, one, way, moved, moved);
        parts.forEach((id, share) -> {
            Change change = Objects.requireNonNull(changes.get(id));
            exchange(one, chain(parent(change.before()), before), share, null, deltas);
            exchange(one, chain(parent(change.after()), above), null, share, deltas);
        });
    }

    private static Set<Foreign> foreign(Map<UUID, Change> changes) {
        Set<Foreign> foreign = new HashSet<>();
        changes.values().stream()
                .flatMap(change -> Stream.of(change.before(), change.after()))
                .forEach(state -> {
                    if (state != null && state.share() instanceof Foreign amount) {
                        foreign.add(amount);
                    }
                });
        return foreign;
    }

    private static @Nullable Object share(@Nullable State state, Map<Foreign, Long> converted) {
        Object share = state == null ? null : state.share();
        return share instanceof Foreign amount ? converted.get(amount) : share;
    }

    private static @Nullable UUID parent(@Nullable State state) {
        return state == null ? null : state.parent();
    }

    private static Set<UUID> starts(Map<UUID, Change> changes) {
        Set<UUID> starts = new HashSet<>(changes.keySet());
        changes.values().forEach(change -> {
            add(parent(change.before()), starts);
            add(parent(change.after()), starts);
        });
        return starts;
    }

    private static void add(@Nullable UUID id, Set<UUID> ids) {
        if (id != null) {
            ids.add(id);
        }
    }

    private static void exchange(
            ActiveRollUp one, List<UUID> chain, @Nullable Object old, @Nullable Object now, Deltas deltas) {
        for (UUID id : chain) {
            RollUpDelta delta = deltas.of(id);
            if (old != null) {
                delta.take(one, old);
            }
            if (now != null) {
                delta.give(one, now);
            }
        }
    }

    /// Returns what stood under what before.
    private static Map<UUID, UUID> before(Map<UUID, UUID> above, Map<UUID, Change> changes) {
        Map<UUID, UUID> then = new HashMap<>(above);
        changes.forEach((changed, change) -> {
            UUID parent = parent(change.before());
            if (parent == null) {
                then.remove(changed);
            } else {
                then.put(changed, parent);
            }
        });
        return then;
    }

    /// Returns the record and all above it.
    private static List<UUID> chain(@Nullable UUID id, Map<UUID, UUID> above) {
        List<UUID> chain = new ArrayList<>();
        Set<UUID> seen = new HashSet<>();
        for (UUID at = id; at != null && seen.add(at); at = above.get(at)) {
            chain.add(at);
        }
        return chain;
    }

    /// Returns the roll-ups that are not settled.
    Set<ActiveRollUp> rollUps() {
        return Collections.unmodifiableSet(changes.keySet());
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }
}
