package io.relata.core.record;

import io.relata.core.metadata.ActiveRollUp;
import io.relata.core.record.Exchanges.Foreign;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;

/// Amounts in other currencies that count for records, or count no more: converted at the end, all with one statement
/// for each roll-up.
final class ForeignShares {

    private final IdentityHashMap<ActiveRollUp, List<Share>> open = new IdentityHashMap<>();

    private record Share(UUID parent, Foreign amount, boolean given) {}

    void add(ActiveRollUp one, UUID parent, Foreign amount, boolean given) {
        open.computeIfAbsent(one, key -> new ArrayList<>()).add(new Share(parent, amount, given));
    }

    /// Adds up what was given and taken, for all roll-ups of a rank.
    ///
    /// @param deltas gives what is added up for a record
    void settle(WriteTransaction tx, int rank, BiFunction<ActiveRollUp, UUID, RollUpDelta> deltas) {
        List<ActiveRollUp> ranked =
                open.keySet().stream().filter(one -> one.rank() == rank).toList();
        for (ActiveRollUp one : ranked) {
            List<Share> shares = Objects.requireNonNull(open.remove(one));
            Map<Foreign, Long> converted = Exchanges.convert(
                    tx, one, shares.stream().map(Share::amount).toList());
            for (Share share : shares) {
                RollUpDelta delta = deltas.apply(one, share.parent());
                if (share.given()) {
                    delta.give(one, converted.get(share.amount()));
                } else {
                    delta.take(one, converted.get(share.amount()));
                }
            }
        }
    }

    /// Returns the roll-ups that are not settled.
    Set<ActiveRollUp> rollUps() {
        return Collections.unmodifiableSet(open.keySet());
    }

    boolean isEmpty() {
        return open.isEmpty();
    }
}
