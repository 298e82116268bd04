package io.relata.core.record;

import io.relata.core.metadata.ActiveRollUp;
import io.relata.core.metadata.ActiveRollUp.Under;
import io.relata.core.record.Exchanges.Foreign;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jooq.Record1;
import org.jooq.Select;
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
    /// @param begun  what a new record's result began with
    /// @param after  `null` when it is there no more
    private record Change(
            @Nullable State before,
            @Nullable Object begun,
            @Nullable State after) {

        boolean moved() {
            return before != null && after != null && !Objects.equals(before.parent(), after.parent());
        }

        boolean nothing() {
            return begun == null && Objects.equals(before, after);
        }

        /// Returns whether the record's own result may change: that of a new one is written already.
        boolean starts() {
            return before != null || !Objects.equals(begun, after == null ? null : after.share());
        }

        /// Returns what the record's own result has of itself.
        @Nullable
        Object kept() {
            return before == null ? begun : before.share();
        }
    }

    /// @param share what it adds to the result itself; `null` for nothing
    private record State(@Nullable UUID parent, @Nullable Object share) {}

    /// Has the result of a new record begin with what it gives itself, in the order in which results are reckoned: so
    /// it
    /// is written once, with all else.
    void begin(ActiveRollUp one, RecordDraft draft, Instant createdAt) {
        Object share = one.counts(draft.values()) ? RollUpDelta.share(one, createdAt, draft.values()) : null;
        if (share != null && !(share instanceof Foreign)) {
            draft.set(one.result(), StoredValue.toValue(one.result(), share));
            changes.computeIfAbsent(one, key -> new HashMap<>()).put(draft.id(), new Change(null, share, null));
        }
    }

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
        Object begun = earlier == null ? null : earlier.begun();
        Change change = new Change(was, begun, state(one, way, createdAt, after));
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

    boolean has(ActiveRollUp one) {
        return changes.containsKey(one);
    }

    /// Returns queries for the records that the changes concern: one for each hierarchy of the entity.
    List<Select<Record1<UUID>>> concerned(WriteTransaction tx, List<ActiveRollUp> group) {
        List<Select<Record1<UUID>>> queries = new ArrayList<>();
        for (List<ActiveRollUp> several : byWay(group)) {
            Set<UUID> starts = new HashSet<>();
            several.forEach(one -> changes(one).forEach((id, change) -> {
                if (change.starts()) {
                    starts.add(id);
                }
                add(parent(change.before()), starts);
                add(parent(change.after()), starts);
            }));
            ActiveRollUp first = several.getFirst();
            queries.add(Hierarchies.chain(tx, first.parent(), ((Under) first.way()).lookup(), starts));
        }
        return queries;
    }

    private Collection<List<ActiveRollUp>> byWay(List<ActiveRollUp> group) {
        Map<List<String>, List<ActiveRollUp>> ways = new LinkedHashMap<>();
        group.stream()
                .filter(changes::containsKey)
                .forEach(one -> ways.computeIfAbsent(one.found(), way -> new ArrayList<>())
                        .add(one));
        return ways.values();
    }

    /// Adds up what the changes mean for the records that are locked: those that the queries find are among them.
    ///
    /// @param deltas gives what is added up for a record
    void settle(
            WriteTransaction tx,
            List<ActiveRollUp> group,
            RollUpParents locked,
            BiFunction<ActiveRollUp, UUID, RollUpDelta> deltas) {
        for (List<ActiveRollUp> several : byWay(group)) {
            ActiveRollUp first = several.getFirst();
            Under way = (Under) first.way();
            Map<UUID, UUID> above = locked.links(way.lookup());
            List<Map<UUID, Object>> parts = parts(tx, several, way, changes(first));
            for (int i = 0; i < several.size(); i++) {
                ActiveRollUp one = several.get(i);
                Map<UUID, Object> part = parts.isEmpty() ? Map.of() : parts.get(i);
                settle(tx, one, above, part, id -> deltas.apply(one, id));
                changes.remove(one);
            }
        }
    }

    private Map<UUID, Change> changes(ActiveRollUp one) {
        return Objects.requireNonNull(changes.get(one));
    }

    /// Returns what the parts that moved give, by the record at the top of each: where a record stands is the same for
    /// all roll-ups over one hierarchy. What is new or comes back stands over nothing but what does so too.
    private static List<Map<UUID, Object>> parts(
            WriteTransaction tx, List<ActiveRollUp> several, Under way, Map<UUID, Change> changes) {
        Set<UUID> tops = new HashSet<>();
        Set<UUID> cut = new HashSet<>();
        changes.forEach((id, change) -> {
            if (change.moved()) {
                tops.add(id);
            }
            if (change.moved() || change.before() == null) {
                cut.add(id);
            }
        });
        return tops.isEmpty() ? List.of() : RollUpQuery.under(tx, several, way, tops, cut);
    }

    private interface Deltas {
        RollUpDelta of(UUID id);
    }

    private void settle(
            WriteTransaction tx, ActiveRollUp one, Map<UUID, UUID> above, Map<UUID, Object> parts, Deltas deltas) {
        Map<UUID, Change> of = changes(one);
        Map<UUID, UUID> before = before(above, of);
        Map<Foreign, Long> converted = one.exchange() == null ? Map.of() : Exchanges.convert(tx, one, foreign(of));
        of.forEach((id, change) -> {
            List<UUID> chain = change.before() == null ? List.of(id) : chain(id, before);
            Object was = converted(change.kept(), converted);
            Object is = share(change.after(), converted);
            if (!Objects.equals(was, is)) {
                exchange(one, chain, was, is, deltas);
            }
            if (change.moved()) {
                exchange(one, chain(parent(change.before()), before), parts.get(id), null, deltas);
                exchange(one, chain(parent(change.after()), above), null, parts.get(id), deltas);
            } else if (change.before() == null && change.after() != null) {
                exchange(one, chain(parent(change.after()), above), null, is, deltas);
            }
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
        return converted(state == null ? null : state.share(), converted);
    }

    private static @Nullable Object converted(@Nullable Object share, Map<Foreign, Long> converted) {
        return share instanceof Foreign amount ? converted.get(amount) : share;
    }

    private static @Nullable UUID parent(@Nullable State state) {
        return state == null ? null : state.parent();
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
