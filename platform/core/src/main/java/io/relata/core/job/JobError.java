package io.relata.core.job;

import io.relata.core.record.RecordResult;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row or a record that a job refused, with everything that is wrong with it.
///
/// @param number   its place among all that the job is about, counted from 1
/// @param line     the line of the file on which the row begins; `null` without a file
/// @param recordId the record; `null` for a row of a file
/// @param cells    as they stand in the file
public record JobError(
        long number, @Nullable Long line, @Nullable UUID recordId, List<String> cells, List<Fault> faults) {

    public JobError {
        cells = List.copyOf(cells);
        faults = List.copyOf(faults);
    }

    /// Says why a record was refused.
    public static JobError of(long number, UUID record, RecordResult.Rejected rejected) {
        return new JobError(
                number,
                null,
                record,
                List.of(),
                rejected.violations().stream()
                        .map(violation ->
                                new Fault(null, violation.field(), null, violation.code(), violation.arguments()))
                        .toList());
    }
}
