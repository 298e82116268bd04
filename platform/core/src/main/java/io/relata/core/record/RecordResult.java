package io.relata.core.record;

import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import java.util.List;

/// What became of one [RecordInput].
public sealed interface RecordResult {

    /// The record as it is stored now; a deleted one as it can be restored.
    record Saved(RecordData data, Outcome outcome) implements RecordResult {}

    /// Nothing was stored.
    record Rejected(ProblemException problem) implements RecordResult {

        /// Returns why, as violations; a refusal that concerns no field has none of its own and is one itself.
        public List<Violation> violations() {
            return problem.violations().isEmpty()
                    ? List.of(new Violation(null, problem.detail(), problem.arguments()))
                    : problem.violations();
        }
    }

    /// Returns whether it was refused because too many others would have moved along: it can move in parts.
    default boolean tooMany() {
        return this instanceof Rejected rejected
                && rejected.violations().stream()
                        .map(Violation::code)
                        .anyMatch(code -> code.equals(Move.DELETE.tooMany()) || code.equals(Move.RESTORE.tooMany()));
    }

    /// What was stored.
    enum Outcome {
        CREATED,
        UPDATED,
        /// Nothing: the record was that way already.
        UNCHANGED,
        DELETED,
        RESTORED
    }
}
