package io.relata.core.bulk;

import io.relata.core.problem.ProblemException;
import io.relata.core.record.RecordResult.Outcome;
import java.util.List;
import java.util.UUID;

/// What became of the items of a call, in their order.
public record BulkReport(List<Result> results) {

    public BulkReport {
        results = List.copyOf(results);
    }

    /// What became of one item.
    public sealed interface Result {}

    /// It was done.
    public record Done(UUID id, long version, Outcome outcome) implements Result {}

    /// It was refused.
    public record Refused(ProblemException problem) implements Result {}

    /// Returns how many items had the outcome.
    public long count(Outcome outcome) {
        return results.stream()
                .filter(result -> result instanceof Done done && done.outcome() == outcome)
                .count();
    }

    /// Returns how many items were refused.
    public long refused() {
        return results.stream().filter(Refused.class::isInstance).count();
    }
}
