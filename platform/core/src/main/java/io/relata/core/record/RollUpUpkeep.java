package io.relata.core.record;

import io.relata.core.metadata.ActiveRollUp;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.RollUps;
import io.relata.core.record.Exchanges.Foreign;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.Record1;
import org.jooq.Select;
import org.jspecify.annotations.Nullable;

/// Keeps roll-ups right. What a transaction does to records is added up by the records they count for, and written to
/// these at its end: in an order that all transactions share, so that none waits for another in a circle, and with
/// their rows locked before anything is reckoned, so that of two writers the later reckons with what the earlier did.
final class RollUpUpkeep {

    private final RollUps rollUps;
    private final IdentityHashMap<ActiveRollUp, Map<UUID, RollUpDelta>> pending = new IdentityHashMap<>();
    private final TiedRollUps tied = new TiedRollUps();
    private final TreeRollUps trees = new TreeRollUps();
    private final ForeignShares foreign = new ForeignShares();
    private final Set<UUID> turns = new HashSet<>();

    RollUpUpkeep(RollUps rollUps) {
        this.rollUps = rollUps;
    }

    /// Has the results of new records begin with what these give themselves. They are about to be stored as they are.
    void begin(EntityDefinition entity, List<RecordDraft> drafts, Instant createdAt) {
        for (ActiveRollUp one : rollUps.from(entity)) {
            if (one.way() instanceof ActiveRollUp.Under) {
                drafts.forEach(draft -> trees.begin(one, draft, createdAt));
            }
        }
    }

    /// Notes what became of a record.
    ///
    /// @param createdAt when it was made
    /// @param before its values by field name; `null` when it did not count
    /// @param after  its values by field name; `null` when it counts no more
    void changed(
            EntityDefinition entity,
            UUID id,
            Instant createdAt,
            @Nullable Map<String, @Nullable Object> before,
            @Nullable Map<String, @Nullable Object> after) {
        for (ActiveRollUp one : rollUps.from(entity)) {
            switch (one.way()) {
                case ActiveRollUp.Pointing pointing -> changed(one, pointing.lookup(), createdAt, before, after);
                case ActiveRollUp.Under way -> trees.changed(one, way, id, createdAt, before, after);
                case ActiveRollUp.Tied way -> tied.changed(one, way, entity, id, before, after, this::delta);
            }
        }
    }

    private void changed(
            ActiveRollUp one,
            FieldDefinition lookup,
            Instant createdAt,
            @Nullable Map<String, @Nullable Object> before,
            @Nullable Map<String, @Nullable Object> after) {
        UUID was = parent(one, lookup, before);
        UUID is = parent(one, lookup, after);
        if (was != null && was.equals(is) && one.same(before, after)) {
            return;
        }
        if (was != null && before != null) {
            share(one, was, RollUpDelta.share(one, createdAt, before), false);
        }
        if (is != null && after != null) {
            share(one, is, RollUpDelta.share(one, createdAt, after), true);
        }
    }

    private void share(ActiveRollUp one, UUID parent, @Nullable Object share, boolean given) {
        if (share instanceof Foreign amount) {
            foreign.add(one, parent, amount, given);
        } else if (given) {
            delta(one, parent).give(one, share);
        } else {
            delta(one, parent).take(one, share);
        }
    }

    /// Returns the record that one with the values counts for; `null` when it counts for none.
    private static @Nullable UUID parent(
            ActiveRollUp one, FieldDefinition lookup, @Nullable Map<String, @Nullable Object> values) {
        return one.counts(values) && values != null && values.get(lookup.name()) instanceof UUID id ? id : null;
    }

    private RollUpDelta delta(ActiveRollUp one, UUID parent) {
        return pending.computeIfAbsent(one, key -> new HashMap<>()).computeIfAbsent(parent, id -> new RollUpDelta());
    }

    /// Notes that the transaction takes the turn of the entity's hierarchy; returns whether it did not have it yet.
    boolean takesTurn(EntityDefinition entity) {
        return turns.add(entity.id());
    }

    private boolean settled() {
        return pending.isEmpty() && tied.isEmpty() && trees.isEmpty() && foreign.isEmpty();
    }

    /// Takes the turns of the hierarchies that what happened leads to, before anything there is locked.
    private void takeTurns(WriteTransaction tx) {
        Set<String> reached = new HashSet<>();
        pending.keySet().forEach(one -> reached.add(one.parent().name()));
        tied.rollUps().forEach(one -> reached.add(one.parent().name()));
        trees.rollUps().forEach(one -> reached.add(one.parent().name()));
        foreign.rollUps().forEach(one -> reached.add(one.parent().name()));
        for (ActiveRollUp one : rollUps.all()) {
            if (reached.contains(one.children().name())) {
                reached.add(one.parent().name());
            }
        }
        tx.snapshot().entities().stream()
                .filter(entity -> reached.contains(entity.name()))
                .sorted(Comparator.comparing(EntityDefinition::id))
                .forEach(entity -> Hierarchies.takeTurnForRollUps(tx, entity));
    }

    /// Writes the results: with a few statements for each entity that has roll-ups, however many records there are.
    void write(WriteTransaction tx) {
        if (settled()) {
            return;
        }
        takeTurns(tx);
        for (int rank = 0; rank <= rollUps.greatestRank() && !settled(); rank++) {
            tied.settle(tx, rank, this::delta);
            foreign.settle(tx, rank, this::delta);
            Map<UUID, List<ActiveRollUp>> groups = new TreeMap<>(Comparator.naturalOrder());
            for (ActiveRollUp one : rollUps.all()) {
                if (one.rank() == rank && (pending.containsKey(one) || tied.has(one) || trees.has(one))) {
                    groups.computeIfAbsent(one.parent().id(), id -> new ArrayList<>())
                            .add(one);
                }
            }
            groups.values().forEach(group -> write(tx, group));
        }
        pending.clear();
    }

    private void write(WriteTransaction tx, List<ActiveRollUp> group) {
        Set<UUID> ids = new HashSet<>();
        group.forEach(one -> ids.addAll(pending.getOrDefault(one, Map.of()).keySet()));
        List<Select<Record1<UUID>>> found = new ArrayList<>(trees.concerned(tx, group));
        found.addAll(tied.concerned(tx, group));
        RollUpParents parents = RollUpParents.lock(tx, group.getFirst().parent(), ids, found);
        trees.settle(tx, group, parents, this::delta);
        IdentityHashMap<ActiveRollUp, Collection<UUID>> unsure = new IdentityHashMap<>();
        for (ActiveRollUp one : group) {
            Map<UUID, RollUpDelta> deltas = pending.remove(one);
            unsure.put(
                    one, tied.settled(one) ? parents.ids() : apply(one, parents, deltas == null ? Map.of() : deltas));
        }
        parents.reckon(tx, unsure);
        parents.write(tx);
    }

    /// Changes the results where what happened tells them; returns the other records.
    private static Collection<UUID> apply(ActiveRollUp one, RollUpParents parents, Map<UUID, RollUpDelta> deltas) {
        Set<UUID> unsure = new HashSet<>();
        deltas.forEach((id, delta) -> {
            if (parents.contains(id) && !delta.apply(one, parents, id)) {
                unsure.add(id);
            }
        });
        return unsure;
    }
}
