package io.relata.core.rate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.reader.NamedCsvRecordHandler;
import io.relata.core.metadata.DefinitionInput;
import io.relata.core.metadata.type.CurrencyType;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Rates as they are sent, with everything that is wrong with them.
public final class RateInput {

    private static final String RATES = "rates";
    private static final List<String> COLUMNS = List.of("from", "to", "day", "rate");
    private static final int MOST = 10_000;
    private static final int MOST_DIGITS = 12;
    private static final LocalDate FIRST = LocalDate.of(1900, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    private final List<Violation> violations = new ArrayList<>();
    private final Set<List<Object>> seen = new HashSet<>();

    private RateInput() {}

    /// Reads `{"rates": [{"from", "to", "day", "rate"}]}`.
    ///
    /// @throws ProblemException VALIDATION with every violation
    public static List<Rate> read(JsonNode body) {
        RateInput reading = new RateInput();
        DefinitionInput input = new DefinitionInput(body, "", reading.violations);
        if (!input.has(RATES)) {
            input.reject(RATES, "required");
        }
        List<Rate> rates = new ArrayList<>();
        for (DefinitionInput one : input.objects(RATES, MOST)) {
            rates.add(reading.rate(one));
            one.done();
        }
        input.done();
        if (!reading.violations.isEmpty()) {
            throw ProblemException.invalid(reading.violations);
        }
        return rates;
    }

    /// Reads a CSV file with the columns `from`, `to`, `day` and `rate`; others do not matter.
    ///
    /// @throws ProblemException VALIDATION with every violation
    public static List<Rate> read(Reader csv) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode rates = body.putArray(RATES);
        try (CsvReader<NamedCsvRecord> rows =
                CsvReader.builder().skipEmptyLines(true).build(NamedCsvRecordHandler.of(), csv)) {
            for (NamedCsvRecord row : rows) {
                if (rates.size() > MOST) {
                    break;
                }
                ObjectNode rate = rates.addObject();
                COLUMNS.forEach(column -> row.findField(column)
                        .map(String::strip)
                        .filter(cell -> !cell.isEmpty())
                        .ifPresent(cell -> rate.put(column, cell)));
            }
        } catch (CsvParseException | IOException unreadable) {
            throw ProblemException.of(ProblemCode.VALIDATION, "rate-csv");
        }
        return read(body);
    }

    private Rate rate(DefinitionInput input) {
        String from = currency(input, "from");
        String to = currency(input, "to");
        if (!from.isEmpty() && from.equals(to)) {
            input.reject("to", "rate-same");
        }
        LocalDate day = day(input);
        BigDecimal rate = input.decimal("rate");
        if (rate == null && !input.has("rate")) {
            input.reject("rate", "required");
        } else if (rate != null && (rate.signum() <= 0 || digits(rate) > MOST_DIGITS || whole(rate) > MOST_DIGITS)) {
            input.reject("rate", "rate-out-of-bounds", MOST_DIGITS);
        }
        if (!seen.add(List.of(from, to, day))) {
            input.reject("day", "rate-twice", from, to, day.toString());
        }
        return new Rate(from, to, day, rate == null ? BigDecimal.ONE : rate);
    }

    private static int digits(BigDecimal rate) {
        return Math.max(0, rate.stripTrailingZeros().scale());
    }

    private static int whole(BigDecimal rate) {
        return rate.precision() - rate.scale();
    }

    private static String currency(DefinitionInput input, String member) {
        String code = input.text(member);
        if (!code.isEmpty() && !CurrencyType.known(code)) {
            input.reject(member, "currency-unknown");
        }
        return code;
    }

    private static LocalDate day(DefinitionInput input) {
        String text = input.text("day");
        try {
            LocalDate day = text.isEmpty() ? FIRST : LocalDate.parse(text);
            if (!day.isBefore(FIRST) && !day.isAfter(LAST)) {
                return day;
            }
        } catch (DateTimeException noDay) {
            // Told below.
        }
        input.reject("day", "expects-date");
        return FIRST;
    }
}
