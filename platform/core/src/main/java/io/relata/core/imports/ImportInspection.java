package io.relata.core.imports;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a file is found to be before anything is made of it.
///
/// @param rows how many rows follow the header
record ImportInspection(CsvFormat format, List<String> header, long rows) {

    /// Reads the file to its end, so that a broken one is refused whole and nothing is written.
    ///
    /// @throws io.relata.core.problem.ProblemException when it is empty, in another encoding, or no CSV
    static ImportInspection of(Path file, ImportMapping mapping) throws IOException {
        EncodingCheck.require(file, charset(mapping));
        CsvFormat format = format(file, mapping);
        try (CsvSource source = CsvSource.open(file, format)) {
            long rows = 0;
            while (source.next().isPresent()) {
                rows++;
            }
            return new ImportInspection(format, source.header(), rows);
        }
    }

    static CsvFormat format(Path file, ImportMapping mapping) throws IOException {
        Charset charset = charset(mapping);
        Character delimiter = mapping.delimiter();
        return new CsvFormat(charset, delimiter != null ? delimiter : CsvSniffer.delimiter(file, charset));
    }

    /// Never guesses: text in a third encoding often reads as GB18030 without an error, and as nonsense.
    private static Charset charset(ImportMapping mapping) {
        return Optional.ofNullable(mapping.encoding())
                .flatMap(CsvFormat::charset)
                .orElse(StandardCharsets.UTF_8);
    }
}
