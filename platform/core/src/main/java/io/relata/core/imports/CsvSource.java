package io.relata.core.imports;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The rows of a CSV file, one after the other; holds no more than one in memory.
final class CsvSource implements AutoCloseable {

    private static final int MAX_CELLS = 1_000;
    private static final int MAX_CELL_SIZE = 500_000;
    private static final int MAX_ROW_SIZE = 1_000_000;
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final Pattern LINE = Pattern.compile("starting at line (\\d+)");

    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private final List<String> header;
    private long number;

    private CsvSource(CsvReader<CsvRecord> reader) {
        this.reader = reader;
        this.records = reader.iterator();
        this.header = readHeader();
    }

    /// Opens the file and reads its header.
    static CsvSource open(Path file, CsvFormat format) throws IOException {
        Reader text = new BufferedReader(
                new InputStreamReader(Files.newInputStream(file), EncodingCheck.strict(format.charset())));
        try {
            skipByteOrderMark(text);
            return new CsvSource(parser(format.delimiter(), text));
        } catch (ProblemException | IOException exception) {
            text.close();
            throw exception;
        }
    }

    private static CsvReader<CsvRecord> parser(char delimiter, Reader text) {
        return CsvReader.builder()
                .fieldSeparator(delimiter)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .skipEmptyLines(true)
                .maxBufferSize(MAX_ROW_SIZE)
                .build(
                        CsvRecordHandler.of(limits -> limits.maxFields(MAX_CELLS)
                                .maxFieldSize(MAX_CELL_SIZE)
                                .maxRecordSize(MAX_ROW_SIZE)),
                        text);
    }

    private static void skipByteOrderMark(Reader text) throws IOException {
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
    }

    /// Returns the names of the columns; unnamed ones are empty texts.
    List<String> header() {
        return header;
    }

    /// Returns the next row, or nothing at the end of the file.
    Optional<CsvRow> next() {
        CsvRecord row = read();
        if (row == null) {
            return Optional.empty();
        }
        number++;
        return Optional.of(new CsvRow(number, row.getStartingLineNumber(), row.getFields()));
    }

    /// Passes over rows that an earlier turn has done.
    void skip(long rows) {
        while (number < rows && read() != null) {
            number++;
        }
    }

    private @Nullable CsvRecord read() {
        try {
            return records.hasNext() ? records.next() : null;
        } catch (CsvParseException exception) {
            throw ProblemException.of(ProblemCode.VALIDATION, "import.syntax", line(exception));
        }
    }

    /// The parser says the line in words only.
    private static long line(CsvParseException exception) {
        Matcher matcher = LINE.matcher(String.valueOf(exception.getMessage()));
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 1;
    }

    private List<String> readHeader() {
        CsvRecord first = read();
        if (first == null || first.getFields().stream().allMatch(String::isBlank)) {
            throw ProblemException.of(ProblemCode.VALIDATION, "import.no-header");
        }
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String cell : first.getFields()) {
            String name = cell.strip();
            if (!name.isEmpty() && !seen.add(name)) {
                throw ProblemException.of(ProblemCode.VALIDATION, "import.header-twice", name);
            }
            names.add(name);
        }
        return List.copyOf(names);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
