package io.relata.core.record;

import io.relata.core.record.DeletionEffects.Effect;
import io.relata.core.record.MoveGraph.Node;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/// What moving records does to others.
sealed interface Consequences permits Deletion, Restoration {

    /// Of other records that one move takes along or changes; more is work for a job.
    int MOST = 5_000;

    /// Finds and locks what the records take along or change.
    ///
    /// @throws TooManyException for more than [#MOST] others; nothing has been written
    void find(List<Node> roots);

    /// Refuses what cannot move, with all that would take it along.
    void settle();

    /// Returns the lookups to change once the records have moved.
    ///
    /// @param moved makes of a record that moves what is stored of it afterwards
    Links links(Set<RecordRef> moving, UnaryOperator<RecordData> moved);

    /// Returns what a restoration of records must know later.
    List<Effect> effects(Set<RecordRef> moving);

    /// A move would concern more records than one transaction should.
    final class TooManyException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
