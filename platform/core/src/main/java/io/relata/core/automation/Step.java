package io.relata.core.automation;

import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.Formula;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One step of an automation's program. Branches are jumps: a run needs to remember one number only.
sealed interface Step {

    /// Returns where it stands in the definition, for example `steps[1].then[0]`.
    String path();

    /// Returns what it computes.
    default Collection<Formula> formulas() {
        return List.of();
    }

    /// The values of a record to be written.
    ///
    /// @param constants by property
    /// @param formulas  by property
    record Values(Map<String, @Nullable Object> constants, Map<String, Computed> formulas) {

        Collection<Formula> all() {
            return formulas.values().stream().map(Computed::formula).toList();
        }
    }

    /// A value that is computed from the record.
    record Computed(FieldDefinition field, Formula formula) {}

    /// Changes the record.
    record Update(String path, Values values) implements Step {

        @Override
        public Collection<Formula> formulas() {
            return values.all();
        }
    }

    /// Makes another record.
    ///
    /// @param links by the new record's property: a lookup of the record, or `null` for the record itself
    record Create(String path, String entity, Values values, Map<String, @Nullable FieldDefinition> links)
            implements Step {

        @Override
        public Collection<Formula> formulas() {
            return values.all();
        }
    }

    /// Gives the record to one of them, each in turn.
    record Assign(String path, List<UUID> owners) implements Step {}

    /// Tells people.
    ///
    /// @param owner   whether the record's owner
    /// @param creator whether who made the record
    /// @param users   and these
    /// @param text    with the record's properties in braces
    record Notify(String path, boolean owner, boolean creator, List<UUID> users, String text) implements Step {}

    /// Goes on later.
    record Wait(String path, Duration time) implements Step {}

    /// Goes on with the next step, or elsewhere when the condition does not hold.
    record Branch(String path, Formula condition, int otherwise) implements Step {

        @Override
        public Collection<Formula> formulas() {
            return List.of(condition);
        }
    }

    /// Goes on elsewhere.
    record Jump(String path, int target) implements Step {}

    /// Ends.
    record Stop(String path) implements Step {}

    /// Returns what all steps compute.
    static List<Formula> formulas(List<Step> steps) {
        return steps.stream().map(Step::formulas).flatMap(Collection::stream).toList();
    }

    /// Returns what there is besides.
    static List<Formula> with(@Nullable Formula condition, List<Step> steps) {
        return Stream.concat(Stream.ofNullable(condition), formulas(steps).stream())
                .toList();
    }
}
