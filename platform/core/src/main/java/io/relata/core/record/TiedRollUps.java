package io.relata.core.record;

import io.relata.core.metadata.ActiveRollUp;
import io.relata.core.metadata.ActiveRollUp.Tied;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// What a transaction did to records that are tied to others, and to the ties: for which of the others roll-ups are to
/// be reckoned anew is asked at the end.
///
/// A tie that is made holds its far record from then on: whoever changes that one finds the tie, or was waited for.
final class TiedRollUps {

    private final IdentityHashMap<ActiveRollUp, Set<UUID>> changed = new IdentityHashMap<>();
    private final IdentityHashMap<ActiveRollUp, Set<UUID>> tied = new IdentityHashMap<>();

    /// Notes what became of a record, at either end or between.
    ///
    /// @param doubted is told of each record whose result is not known any more
    void changed(
            ActiveRollUp one,
            Tied way,
            EntityDefinition entity,
            UUID id,
            @Nullable Map<String, @Nullable Object> before,
            @Nullable Map<String, @Nullable Object> after,
            BiConsumer<ActiveRollUp, UUID> doubted) {
        if (entity.name().equals(way.link().name())) {
            UUID was = end(before, way.near());
            UUID is = end(after, way.near());
            UUID far = end(after, way.far());
            if (!Objects.equals(was, is) || !Objects.equals(end(before, way.far()), far)) {
                doubt(one, was, doubted);
                doubt(one, is, doubted);
                if (far != null) {
                    tied.computeIfAbsent(one, key -> new HashSet<>()).add(far);
                }
            }
        }
        if (entity.name().equals(one.children().name()) && !one.same(before, after)) {
            changed.computeIfAbsent(one, key -> new HashSet<>()).add(id);
        }
    }

    private static void doubt(ActiveRollUp one, @Nullable UUID parent, BiConsumer<ActiveRollUp, UUID> doubted) {
        if (parent != null) {
            doubted.accept(one, parent);
        }
    }

    private static @Nullable UUID end(@Nullable Map<String, @Nullable Object> values, FieldDefinition lookup) {
        return values != null && values.get(lookup.name()) instanceof UUID id ? id : null;
    }

    /// Finds the records for which the changed ones count, for all roll-ups of a rank.
    void settle(WriteTransaction tx, int rank, BiConsumer<ActiveRollUp, UUID> doubted) {
        of(rank, tied).forEach((one, ids) -> hold(tx, one.children(), ids));
        of(rank, changed).forEach((one, ids) -> {
            Tied way = (Tied) one.way();
            RecordColumns link = RecordColumns.of(way.link());
            Field<UUID> near = link.field(way.near()).coerce(UUID.class);
            Field<UUID> far = link.field(way.far()).coerce(UUID.class);
            tx.sql()
                    .selectDistinct(near)
                    .from(link.table())
                    .where(link.live(tx.tenant()))
                    .and(far.isNotNull())
                    .and(far.eq(DSL.any(ids.toArray(UUID[]::new))))
                    .forEach(row -> doubt(one, row.value1(), doubted));
        });
    }

    private static IdentityHashMap<ActiveRollUp, Set<UUID>> of(int rank, IdentityHashMap<ActiveRollUp, Set<UUID>> all) {
        IdentityHashMap<ActiveRollUp, Set<UUID>> ranked = new IdentityHashMap<>();
        all.forEach((one, ids) -> {
            if (one.rank() == rank) {
                ranked.put(one, ids);
            }
        });
        ranked.keySet().forEach(all::remove);
        return ranked;
    }

    private static void hold(WriteTransaction tx, EntityDefinition entity, Set<UUID> ids) {
        RecordColumns columns = RecordColumns.of(entity);
        tx.sql()
                .select(columns.id())
                .from(columns.table())
                .where(columns.belongsTo(tx.tenant()))
                .and(columns.id().eq(DSL.any(ids.toArray(UUID[]::new))))
                .orderBy(columns.id())
                .forShare()
                .fetch();
    }

    /// Returns the roll-ups that are not settled.
    Set<ActiveRollUp> rollUps() {
        Set<ActiveRollUp> all = Collections.newSetFromMap(new IdentityHashMap<>());
        all.addAll(changed.keySet());
        all.addAll(tied.keySet());
        return all;
    }

    boolean isEmpty() {
        return changed.isEmpty() && tied.isEmpty();
    }
}
