package io.relata.core.metadata;

import io.relata.core.metadata.RollUp.Function;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A roll-up with all that its definition names.
///
/// @param parent   the entity that has the field
/// @param result   the field
/// @param children the entity whose records point to the parent's
/// @param source   the field that is added up, compared or taken; `null` for a count
/// @param rank     greater than that of every roll-up that this one is reckoned from
public record ActiveRollUp(
        EntityDefinition parent,
        FieldDefinition result,
        EntityDefinition children,
        FieldDefinition lookup,
        Function function,
        @Nullable FieldDefinition source,
        @Nullable RecordCondition filter,
        @Nullable FieldDefinition order,
        int rank) {

    /// Returns the record that a child with the values counts for; `null` when it counts for none.
    public @Nullable UUID parentOf(@Nullable Map<String, @Nullable Object> values) {
        if (values == null || (filter != null && !filter.matches(values))) {
            return null;
        }
        return values.get(lookup.name()) instanceof UUID id ? id : null;
    }

    /// Returns whether what the field of the child is matters to the result.
    public boolean dependsOn(EntityDefinition entity, FieldDefinition field) {
        boolean read = field.equals(source) || field.equals(order) || (filter != null && names(filter, field));
        return entity.name().equals(children.name()) && read;
    }

    private static boolean names(RecordCondition condition, FieldDefinition field) {
        return switch (condition) {
            case RecordCondition.And and -> and.parts().stream().anyMatch(part -> names(part, field));
            case RecordCondition.Or or -> or.parts().stream().anyMatch(part -> names(part, field));
            case RecordCondition.Not not -> names(not.part(), field);
            case RecordCondition.Is is -> is.field().equals(field);
        };
    }

    ActiveRollUp ranked(int newRank) {
        return new ActiveRollUp(parent, result, children, lookup, function, source, filter, order, newRank);
    }
}
