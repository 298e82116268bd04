package io.relata.core.imports;

import io.relata.core.job.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row whose cells have been read as texts for fields.
///
/// @param texts  in the order of the plan's columns; `null` for an empty cell
/// @param faults what is wrong already
record ParsedRow(CsvRow row, List<@Nullable String> texts, List<Fault> faults) {

    ParsedRow {
        texts = Collections.unmodifiableList(new ArrayList<>(texts));
        faults = List.copyOf(faults);
    }
}
