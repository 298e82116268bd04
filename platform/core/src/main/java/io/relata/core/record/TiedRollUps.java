package io.relata.core.record;

import io.relata.core.metadata.ActiveRollUp;
import io.relata.core.metadata.ActiveRollUp.Tied;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.record.Exchanges.Foreign;
import java.util.ArrayList;
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
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// What a transaction did to records that are tied to others, and to the ties.
///
/// A tie that is made holds its far record from then on, and gives what that one has: whoever changes it finds the tie,
/// or was waited for. Where a tie goes or a far record changes, results are reckoned anew, after the records that have
/// them are locked: whoever takes a tie away waits for nobody but for these.
final class TiedRollUps {

    private final IdentityHashMap<ActiveRollUp, Set<UUID>> changed = new IdentityHashMap<>();
    private final IdentityHashMap<ActiveRollUp, List<Tie>> made = new IdentityHashMap<>();

    private record Tie(UUID near, UUID far) {}

    /// Notes what became of a record, at either end or between.
    ///
    /// @param deltas gives what is added up for a record
    void changed(
            ActiveRollUp one,
            Tied way,
            EntityDefinition entity,
            UUID id,
            @Nullable Map<String, @Nullable Object> before,
            @Nullable Map<String, @Nullable Object> after,
            BiFunction<ActiveRollUp, UUID, RollUpDelta> deltas) {
        if (entity.name().equals(way.link().name())) {
            UUID was = end(before, way.near());
            UUID is = end(after, way.near());
            UUID far = end(after, way.far());
            if (!Objects.equals(was, is) || !Objects.equals(end(before, way.far()), far)) {
                if (was != null) {
                    deltas.apply(one, was).doubt();
                }
                if (is != null && far != null) {
                    made.computeIfAbsent(one, key -> new ArrayList<>()).add(new Tie(is, far));
                }
            }
        }
        if (entity.name().equals(one.children().name()) && !one.same(before, after)) {
            changed.computeIfAbsent(one, key -> new HashSet<>()).add(id);
        }
    }

    private static @Nullable UUID end(@Nullable Map<String, @Nullable Object> values, FieldDefinition lookup) {
        return values != null && values.get(lookup.name()) instanceof UUID id ? id : null;
    }

    /// Holds what new ties lead to, and adds up what it gives, for all roll-ups of a rank.
    void settle(WriteTransaction tx, int rank, BiFunction<ActiveRollUp, UUID, RollUpDelta> deltas) {
        Map<String, List<ActiveRollUp>> farEntities = new LinkedHashMap<>();
        made.keySet().stream()
                .filter(one -> one.rank() == rank)
                .forEach(one -> farEntities
                        .computeIfAbsent(one.children().name(), name -> new ArrayList<>())
                        .add(one));
        for (List<ActiveRollUp> several : farEntities.values()) {
            Set<UUID> far = new HashSet<>();
            several.forEach(one -> made(one).forEach(tie -> far.add(tie.far())));
            Map<UUID, RecordData> held =
                    new RecordStore(several.getFirst().children()).hold(tx.sql(), tx.tenant(), far, RecordColumns.LIVE);
            for (ActiveRollUp one : several) {
                made(one).forEach(tie -> give(one, held.get(tie.far()), deltas.apply(one, tie.near())));
                made.remove(one);
            }
        }
    }

    private List<Tie> made(ActiveRollUp one) {
        return Objects.requireNonNull(made.get(one));
    }

    /// What is changed by the transaction itself is reckoned anew wherever it counts.
    private static void give(ActiveRollUp one, @Nullable RecordData far, RollUpDelta delta) {
        if (far == null || !one.counts(far.values())) {
            return;
        }
        Object share = RollUpDelta.share(one, far.createdAt(), far.values());
        if (share instanceof Foreign) {
            delta.doubt();
        } else {
            delta.give(one, share);
        }
    }

    boolean has(ActiveRollUp one) {
        return changed.containsKey(one);
    }

    /// Returns queries for the records for which the changed ones count.
    List<Select<Record1<UUID>>> concerned(WriteTransaction tx, List<ActiveRollUp> group) {
        Map<List<String>, Set<UUID>> ids = new HashMap<>();
        Map<List<String>, Tied> ways = new LinkedHashMap<>();
        group.stream().filter(changed::containsKey).forEach(one -> {
            ways.put(one.found(), (Tied) one.way());
            ids.computeIfAbsent(one.found(), way -> new HashSet<>()).addAll(Objects.requireNonNull(changed.get(one)));
        });
        List<Select<Record1<UUID>>> queries = new ArrayList<>();
        ways.forEach((found, way) -> queries.add(near(tx, way, Objects.requireNonNull(ids.get(found)))));
        return queries;
    }

    private static Select<Record1<UUID>> near(WriteTransaction tx, Tied way, Set<UUID> ids) {
        RecordColumns link = RecordColumns.of(way.link(), "tie");
        Field<UUID> far = link.field(way.far()).coerce(UUID.class);
        return DSL.select(link.field(way.near()).coerce(UUID.class))
                .from(link.table())
                .where(link.live(tx.tenant()))
                .and(far.isNotNull())
                .and(far.eq(DSL.any(ids.toArray(UUID[]::new))));
    }

    /// Returns whether the roll-up is to be reckoned anew for all records that the queries found; asked once.
    boolean settled(ActiveRollUp one) {
        return changed.remove(one) != null;
    }

    /// Returns the roll-ups that are not settled.
    Set<ActiveRollUp> rollUps() {
        Set<ActiveRollUp> all = Collections.newSetFromMap(new IdentityHashMap<>());
        all.addAll(changed.keySet());
        all.addAll(made.keySet());
        return all;
    }

    boolean isEmpty() {
        return changed.isEmpty() && made.isEmpty();
    }
}
