package io.relata.app.batch;

import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import java.util.List;

/// What goes for batches of either form.
final class Batches {

    /// The largest body.
    static final int MAX_BYTES = 16 * 1024 * 1024;

    /// The most requests in one batch.
    static final int MAX_PARTS = 1_000;

    private Batches() {}

    static void requireFew(List<Unit> units, int more) {
        int parts = units.stream().mapToInt(unit -> unit.parts().size()).sum() + more;
        if (parts > MAX_PARTS) {
            throw ProblemException.of(ProblemCode.TOO_LARGE, "batch-too-many", MAX_PARTS);
        }
    }

    static ProblemException malformed(int part) {
        return ProblemException.of(ProblemCode.INVALID_QUERY, "batch-malformed", part);
    }
}
