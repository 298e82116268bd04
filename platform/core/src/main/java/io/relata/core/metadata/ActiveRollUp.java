package io.relata.core.metadata;

import io.relata.core.metadata.RollUp.Function;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A roll-up with all that its definition names.
///
/// @param parent   the entity that has the field
/// @param result   the field
/// @param children the entity whose records count
/// @param way      how they are found
/// @param source   the field that is added up, compared or taken; `null` for a count
/// @param exchange how amounts become amounts in the currency of the result; `null` when they are in it
/// @param rank     greater than that of every roll-up that this one is reckoned from
public record ActiveRollUp(
        EntityDefinition parent,
        FieldDefinition result,
        EntityDefinition children,
        Way way,
        Function function,
        @Nullable FieldDefinition source,
        @Nullable RecordCondition filter,
        @Nullable FieldDefinition order,
        @Nullable Exchange exchange,
        int rank) {

    /// How the records that count for another are found.
    public sealed interface Way {}

    /// They point to it.
    public record Pointing(FieldDefinition lookup) implements Way {}

    /// Others tie them to it.
    ///
    /// @param near the link's lookup to the record they count for
    /// @param far  the link's lookup to them
    public record Tied(EntityDefinition link, FieldDefinition near, FieldDefinition far) implements Way {}

    /// They are the record itself and all that stand under it.
    ///
    /// @param lookup says what each stands under
    public record Under(FieldDefinition lookup) implements Way {}

    /// How amounts become amounts in the currency of the result: by the last rate on or before a day.
    ///
    /// @param currency says in which currency an amount is; `null` when its definition does
    /// @param from     in which currency an amount is whose record says nothing; `null` for the tenant's
    /// @param to       the currency of the result; `null` for the tenant's
    /// @param day      says of which day the rate is; `null` for the day on which the record was made
    public record Exchange(
            @Nullable FieldDefinition currency,
            @Nullable String from,
            @Nullable String to,
            @Nullable FieldDefinition day) {

        boolean reads(FieldDefinition field) {
            return field.equals(currency) || field.equals(day);
        }
    }

    /// Returns what says how the records that count are found: roll-ups with the same find the same, but for filters.
    public List<String> found() {
        return switch (way) {
            case Pointing pointing -> List.of(children.name(), pointing.lookup().name());
            case Tied tied ->
                List.of(
                        children.name(),
                        tied.link().name(),
                        tied.near().name(),
                        tied.far().name());
            case Under under -> List.of(children.name(), under.lookup().name(), "tree");
        };
    }

    /// Returns whether a record with the values counts at all.
    public boolean counts(@Nullable Map<String, @Nullable Object> values) {
        return values != null && (filter == null || filter.matches(values));
    }

    /// Returns whether a change from the one to the other leaves the result as it is, wherever the record counts.
    public boolean same(@Nullable Map<String, @Nullable Object> before, @Nullable Map<String, @Nullable Object> after) {
        boolean counted = counts(before);
        if (counted != counts(after)) {
            return false;
        }
        return !counted
                || (equal(source, before, after)
                        && equal(order, before, after)
                        && (exchange == null
                                || (equal(exchange.currency(), before, after)
                                        && equal(exchange.day(), before, after))));
    }

    private static boolean equal(
            @Nullable FieldDefinition field,
            @Nullable Map<String, @Nullable Object> before,
            @Nullable Map<String, @Nullable Object> after) {
        return field == null
                || (before != null
                        && after != null
                        && Objects.equals(before.get(field.name()), after.get(field.name())));
    }

    /// Returns whether what the field of the child is matters to the result.
    public boolean dependsOn(EntityDefinition entity, FieldDefinition field) {
        boolean read = field.equals(source)
                || field.equals(order)
                || (filter != null && names(filter, field))
                || (exchange != null && exchange.reads(field));
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
        return new ActiveRollUp(parent, result, children, way, function, source, filter, order, exchange, newRank);
    }
}
