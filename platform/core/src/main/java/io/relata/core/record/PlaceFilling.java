package io.relata.core.record;

import io.relata.core.expression.Budget;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.Formula;
import io.relata.core.metadata.HiddenField;
import io.relata.core.problem.Violation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the second place of a field is filled with: the field's values in another form, or those of a formula.
///
/// @param field the field as it is in use
/// @param place its second place
public record PlaceFilling(FieldDefinition field, FieldDefinition place, Optional<Formula> formula) {

    /// Returns how the place is filled; empty when it is not to be filled any more.
    public static Optional<PlaceFilling> of(EntityDefinition entity, HiddenField place) {
        return place.filling()
                ? entity.field(place.of()).map(field -> new PlaceFilling(field, place.field(), place.formula()))
                : Optional.empty();
    }

    /// Returns the fields of a record that [#value] needs.
    public List<FieldDefinition> reads() {
        List<FieldDefinition> sources = formula.map(RecordFormulas::reads).orElseGet(() -> List.of(field));
        return Stream.concat(sources.stream(), Stream.of(place)).toList();
    }

    /// Returns what the place is to hold; `null` when that is nothing, or a violation is added.
    public @Nullable Object value(RecordData record, List<Violation> violations) {
        if (formula.isPresent()) {
            try {
                return RecordFormulas.value(place, formula.get(), record);
            } catch (Budget.Exhausted tooCostly) {
                violations.add(Violation.of(field.property(), "expression-too-costly"));
                return null;
            }
        }
        Object value = record.value(field.name());
        Object carried = Conversion.carry(field, place, value, record.value(place.name()));
        if (carried == null && value != null) {
            Conversion.convert(field, place, value, violations);
        }
        return carried;
    }
}
