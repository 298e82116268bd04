package io.relata.core.imports;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.relata.core.csv.FormulaGuard;
import io.relata.core.job.Fault;
import io.relata.core.problem.Messages;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/// The refused rows as a CSV file: the file's own columns, then where the row stood and why it was refused.
///
/// A cell that a spreadsheet would take for a formula gets a leading apostrophe; a mapping with `escaped` takes it
/// off again. The byte order mark tells spreadsheets that the text is UTF-8.
public final class RejectsCsv {

    static final int PAGE = 1_000;

    private static final List<String> OWN_COLUMNS = List.of("relata_row", "relata_line", "relata_reason");

    private final List<String> header;
    private final LongFunction<List<ImportReject>> pageAfter;
    private final Locale locale;

    RejectsCsv(List<String> header, LongFunction<List<ImportReject>> pageAfter, Locale locale) {
        this.header = List.copyOf(header);
        this.pageAfter = pageAfter;
        this.locale = locale;
    }

    /// Writes the file, a page of rows at a time.
    public void writeTo(OutputStream out) throws IOException {
        Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        text.write('\uFEFF');
        try (CsvWriter csv =
                CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
            csv.writeRecord(line(header, OWN_COLUMNS));
            long last = 0;
            for (List<ImportReject> page = pageAfter.apply(last); !page.isEmpty(); page = pageAfter.apply(last)) {
                for (ImportReject reject : page) {
                    csv.writeRecord(line(reject));
                }
                last = page.getLast().rowNumber();
            }
        }
    }

    private List<String> line(ImportReject reject) {
        String reasons = reject.faults().stream().map(this::reason).collect(Collectors.joining(" | "));
        List<String> own = List.of(String.valueOf(reject.rowNumber()), String.valueOf(reject.line()), reasons);
        return line(reject.cells(), own);
    }

    /// A ragged row keeps its cells; the three last columns stand where they can.
    private List<String> line(List<String> cells, List<String> own) {
        List<String> line = new ArrayList<>();
        cells.forEach(cell -> line.add(FormulaGuard.protect(cell)));
        while (line.size() < header.size()) {
            line.add("");
        }
        own.forEach(cell -> line.add(FormulaGuard.protect(cell)));
        return line;
    }

    private String reason(Fault fault) {
        String message = Messages.text(locale, fault.code(), fault.arguments());
        String name = fault.column() != null ? fault.column() : fault.field();
        return name == null ? message : name + ": " + message;
    }
}
