package io.relata.core.record;

import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import java.util.List;
import java.util.Map;

/// Refusals of who did not know what a record is like now. They carry the record as the extra [#CURRENT].
public final class Conflicts {

    /// A [RecordData].
    public static final String CURRENT = "current";

    /// A list of [Clash]; missing when the version that the caller saw is too old to be known. Empty when the caller
    /// changes nothing that somebody else has changed.
    public static final String CLASHES = "conflicts";

    private Conflicts() {}

    /// Somebody changed the record since the caller saw it.
    static ProblemException changed(RecordData current) {
        return conflict("conflict", current);
    }

    /// The record that was to be made is there already.
    static ProblemException exists(RecordData current) {
        return conflict("conflict-exists", current);
    }

    /// Somebody changed the record since the caller saw it, in these fields that the caller wanted to change.
    static ProblemException changed(RecordData current, List<Clash> clashes) {
        return new ProblemException(
                ProblemCode.CONFLICT, "conflict", List.of(), List.of(), Map.of(CURRENT, current, CLASHES, clashes));
    }

    private static ProblemException conflict(String detail, RecordData current) {
        return new ProblemException(ProblemCode.CONFLICT, detail, List.of(), List.of(), Map.of(CURRENT, current));
    }
}
