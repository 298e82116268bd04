package io.relata.core.automation;

import io.relata.core.problem.Violation;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A run at a step of its program.
record RunStep(UUID id, UUID record) {

    /// What became of it.
    ///
    /// @param next    the step to go on with; the present one when it failed
    /// @param seconds after which it goes on
    /// @param outcome as the log says it
    /// @param refused why it failed; empty when it did not
    record Result(
            int next,
            long seconds,
            String outcome,
            @Nullable String detail,
            List<Violation> refused) {

        Result {
            refused = List.copyOf(refused);
        }

        static Result done(int next, @Nullable String detail) {
            return new Result(next, 0, "done", detail, List.of());
        }

        static Result failed(int step, List<Violation> why) {
            return new Result(step, 0, "failed", null, why);
        }
    }
}
