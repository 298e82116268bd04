package io.relata.core.imports;

import io.relata.core.job.Fault;
import io.relata.core.job.JobError;
import java.util.List;
import java.util.Objects;

/// A row that was refused, with everything that is wrong with it.
///
/// @param rowNumber counted from 1 below the header
/// @param line      the line of the file on which the row begins
/// @param cells     as they stand in the file
public record ImportReject(long rowNumber, long line, List<String> cells, List<Fault> faults) {

    public ImportReject {
        cells = List.copyOf(cells);
        faults = List.copyOf(faults);
    }

    static ImportReject of(CsvRow row, List<Fault> faults) {
        return new ImportReject(row.number(), row.line(), row.cells(), faults);
    }

    static ImportReject of(JobError error) {
        return new ImportReject(error.number(), Objects.requireNonNull(error.line()), error.cells(), error.faults());
    }

    JobError toJob() {
        return new JobError(rowNumber, line, null, cells, faults);
    }
}
