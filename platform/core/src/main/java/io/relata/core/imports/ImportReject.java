package io.relata.core.imports;

import java.util.List;

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
}
