package io.relata.core.export;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.relata.core.query.RecordPage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jooq.DSLContext;

/// A CSV file (RFC 4180, UTF-8 with a byte order mark) that grows by a page of records at a time. Texts that a
/// spreadsheet would take for formulas have a leading apostrophe already.
final class CsvTable {

    private final FileChannel file;
    private final TableRows rows;

    CsvTable(FileChannel file, TableRows rows) {
        this.file = file;
        this.rows = rows;
    }

    /// Writes the page at the place; at the beginning, the names of the columns before it.
    ///
    /// @return the length of the file afterwards
    long append(DSLContext sql, long place, RecordPage page) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(written(place == 0, rows.of(sql, page)));
        file.truncate(place);
        long end = place;
        while (bytes.hasRemaining()) {
            end += file.write(bytes, end);
        }
        return end;
    }

    /// Returns when what was written will outlast a crash.
    void keep() throws IOException {
        file.force(false);
    }

    private byte[] written(boolean first, List<List<String>> lines) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Writer text = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
        if (first) {
            text.write('\uFEFF');
        }
        try (CsvWriter csv =
                CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
            if (first) {
                csv.writeRecord(rows.heading());
            }
            lines.forEach(csv::writeRecord);
        }
        return bytes.toByteArray();
    }
}
