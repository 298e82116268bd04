package io.relata.core.imports;

import java.util.List;

/// One row of a file.
///
/// @param number counted from 1 below the header, empty lines left out
/// @param line   the line of the file on which the row begins, counted from 1
/// @param cells  as they stand in the file
record CsvRow(long number, long line, List<String> cells) {}
