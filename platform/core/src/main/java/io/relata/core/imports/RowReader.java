package io.relata.core.imports;

import io.relata.core.csv.FormulaGuard;
import io.relata.core.imports.PlannedColumn.CellPart;
import io.relata.core.imports.PlannedColumn.PlannedPart;
import io.relata.core.imports.PlannedColumn.TextPart;
import io.relata.core.job.Fault;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns the cells of a row into the texts that fields take. What a text is worth is for the record's own
/// validation to say; only what files write differently is settled here.
final class RowReader {

    private final ImportPlan plan;
    private final ZoneId zone;

    RowReader(ImportPlan plan, ZoneId zone) {
        this.plan = plan;
        this.zone = zone;
    }

    /// Returns the row's texts by column, or what is wrong with it.
    ParsedRow read(CsvRow row) {
        if (row.cells().size() != plan.header().size()) {
            int expected = plan.header().size();
            Fault ragged = new Fault(
                    null, null, null, "import.ragged", List.of(row.cells().size(), expected));
            return new ParsedRow(row, List.of(), List.of(ragged));
        }
        List<@Nullable String> texts = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        for (PlannedColumn column : plan.columns()) {
            String text = text(row, column);
            texts.add(text == null ? null : convert(column, text, faults));
        }
        return new ParsedRow(row, texts, faults);
    }

    /// Text between cells separates them: it is written only between cells that have something to say.
    private @Nullable String text(CsvRow row, PlannedColumn column) {
        StringBuilder whole = new StringBuilder();
        String between = "";
        boolean begun = false;
        for (PlannedPart part : column.parts()) {
            switch (part) {
                case TextPart fixed -> between = fixed.text();
                case CellPart cell -> {
                    String text = meaning(row.cells().get(cell.cell()), cell.corrections());
                    if (!text.isEmpty()) {
                        whole.append(whole.isEmpty() && begun ? "" : between).append(text);
                    }
                    between = "";
                    begun = true;
                }
            }
        }
        if (!begun || !whole.isEmpty()) {
            whole.append(between);
        }
        return whole.isEmpty() ? null : whole.toString();
    }

    /// Corrections come before the empty markers: they may give a marker a meaning, or take one away.
    private String meaning(String cell, Map<String, String> corrections) {
        String text = (plan.escaped() ? FormulaGuard.unprotect(cell) : cell).strip();
        String corrected = corrections.getOrDefault(text, text);
        return plan.empty().contains(corrected) ? "" : corrected;
    }

    private String convert(PlannedColumn column, String text, List<Fault> faults) {
        return switch (column.field().kind()) {
            case DATE -> date(column, text, faults);
            case INSTANT -> instant(column, text, faults);
            case STRING, INTEGER, DECIMAL, BOOLEAN, UUID, LIST, POINT, OBJECT, SECRET -> text;
        };
    }

    private String date(PlannedColumn column, String text, List<Fault> faults) {
        if (column.dates() == null) {
            return text;
        }
        Optional<String> date = column.dates().date(text, zone).map(Object::toString);
        return orFault(column, text, date, column.dates(), faults);
    }

    private String instant(PlannedColumn column, String text, List<Fault> faults) {
        if (column.dates() != null) {
            Optional<String> instant = column.dates().instant(text, zone).map(Object::toString);
            return orFault(column, text, instant, column.dates(), faults);
        }
        try {
            return LocalDateTime.parse(text).atZone(zone).toInstant().toString();
        } catch (DateTimeException exception) {
            return text;
        }
    }

    private static String orFault(
            PlannedColumn column, String text, Optional<String> value, DatePattern dates, List<Fault> faults) {
        if (value.isEmpty()) {
            faults.add(column.fault(text, "import.date", text, dates.pattern()));
        }
        return value.orElse(text);
    }
}
