package io.relata.core.record;

import io.relata.core.expression.Budget;
import io.relata.core.expression.Environment;
import io.relata.core.expression.Evaluator;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.Formula;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What stored formulas are for records as they are stored. Such a formula reads nothing but plain fields of the record
/// itself, and means the same whenever and for whomever it is computed.
public final class RecordFormulas {

    private static final Environment ANY = new Environment(Instant.EPOCH, ZoneOffset.UTC, Locale.ROOT);

    private RecordFormulas() {}

    /// Returns the fields that the formula reads.
    public static List<FieldDefinition> reads(Formula formula) {
        return formula.sources().values().stream()
                .map(Formula.Source::field)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /// Returns the value as the field holds it.
    ///
    /// @throws Budget.Exhausted when it costs too much
    public static @Nullable Object value(FieldDefinition field, Formula formula, RecordData record) {
        Evaluator evaluator = new Evaluator(ANY, names -> value(record, names.getFirst()));
        return DraftValues.fitted(field, evaluator.value(formula.expression().root()));
    }

    private static @Nullable Object value(RecordData record, String name) {
        return switch (name) {
            case "id" -> record.id();
            case "createdAt" -> record.createdAt();
            case "createdBy" -> record.createdBy();
            case "updatedAt" -> record.updatedAt();
            case "updatedBy" -> record.updatedBy();
            default -> record.value(name);
        };
    }

    /// Has the records hold what their stored formulas are; to the records nothing happens.
    ///
    /// @param only whether to look only, and write nothing
    /// @return what was stored otherwise
    static List<RollUpDifference> reckon(
            WriteTransaction tx, EntityDefinition entity, List<RecordData> records, boolean only) {
        List<RollUpDifference> all = new ArrayList<>();
        for (FieldDefinition field : entity.fields()) {
            Formula formula = field.formula();
            if (formula != null && formula.stored() && !records.isEmpty()) {
                List<RollUpDifference> found = differences(field, formula, records);
                if (!only && !found.isEmpty()) {
                    write(tx, entity, field, found);
                }
                all.addAll(found);
            }
        }
        return all;
    }

    private static List<RollUpDifference> differences(
            FieldDefinition field, Formula formula, List<RecordData> records) {
        List<RollUpDifference> found = new ArrayList<>();
        for (RecordData record : records) {
            Object stored = record.value(field.name());
            try {
                Object value = value(field, formula, record);
                if (!Objects.equals(stored, value)) {
                    found.add(new RollUpDifference(record.id(), field, stored, value));
                }
            } catch (Budget.Exhausted tooCostly) {
                if (stored != null) {
                    found.add(new RollUpDifference(record.id(), field, stored, null));
                }
            }
        }
        return found;
    }

    private static void write(
            WriteTransaction tx, EntityDefinition entity, FieldDefinition field, List<RollUpDifference> found) {
        Map<UUID, @Nullable Object> values = new LinkedHashMap<>();
        found.forEach(one -> values.put(one.record(), one.reckoned()));
        new PlaceWriter(tx.sql(), tx.tenant(), entity, field).write(values);
    }
}
