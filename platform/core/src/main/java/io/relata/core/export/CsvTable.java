package io.relata.core.export;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.relata.core.csv.FormulaGuard;
import io.relata.core.odata.TableQuery.Column;
import io.relata.core.query.Property;
import io.relata.core.query.RecordPage;
import io.relata.core.record.RecordData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A CSV file (RFC 4180, UTF-8 with a byte order mark) that grows by a page of records at a time. Texts that a
/// spreadsheet would take for formulas get a leading apostrophe.
final class CsvTable {

    private final FileChannel file;
    private final List<Column> columns;

    CsvTable(FileChannel file, List<Column> columns) {
        this.file = file;
        this.columns = List.copyOf(columns);
    }

    /// Writes the page at the place; at the beginning, the names of the columns before it.
    ///
    /// @return the length of the file afterwards
    long append(long place, RecordPage page) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(rows(place == 0, page));
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

    private byte[] rows(boolean first, RecordPage page) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Writer text = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
        if (first) {
            text.write('\uFEFF');
        }
        try (CsvWriter csv =
                CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
            if (first) {
                csv.writeRecord(columns.stream().map(Column::name).toList());
            }
            for (RecordData record : page.records()) {
                csv.writeRecord(cells(record, page));
            }
        }
        return bytes.toByteArray();
    }

    private String[] cells(RecordData record, RecordPage page) {
        String[] cells = new String[columns.size()];
        for (int i = 0; i < cells.length; i++) {
            Column column = columns.get(i);
            cells[i] = cell(column, column.value(record, page));
        }
        return cells;
    }

    private static String cell(Column column, @Nullable Object value) {
        return switch (value) {
            case null -> "";
            case String text -> FormulaGuard.protect(text);
            case BigDecimal number -> number.toPlainString();
            default ->
                column.property() instanceof Property.OfField of && !of.kind().isScalar()
                        ? FormulaGuard.protect(of.field().type().written(value))
                        : value.toString();
        };
    }
}
