package io.relata.core.metadata;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a field is reckoned from the records that point to its record or are tied to it.
///
/// @param of       the entity whose records point
/// @param by       the name of their lookup; of the link's, where there is one
/// @param through  the name of the link that ties them to the record; `null` when they point to it themselves
/// @param tree     whether the record itself counts and all that stand under it, by a hierarchy of its entity
/// @param field    the name of the field that is added up, compared or taken; `null` for a count
/// @param filter   which of the records count, as [RecordCondition] reads it; `null` for all
/// @param orderBy  the name of the field that tells the first from the last; `null` when that does not matter
/// @param rateOn   the name of the field that says of which day the rate is by which an amount in another currency is
///                 converted; `null` for the day on which its record was made
public record RollUp(
        String of,
        String by,
        @Nullable String through,
        boolean tree,
        Function function,
        @Nullable String field,
        @Nullable String filter,
        @Nullable String orderBy,
        @Nullable String rateOn) {

    /// What is reckoned.
    public enum Function {
        COUNT,
        SUM,
        AVG,
        MIN,
        MAX,
        FIRST,
        LAST;

        /// Returns the function as definitions write it.
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Returns whether a change of one record tells the change of the result, whatever the others are.
        public boolean adds() {
            return this == COUNT || this == SUM;
        }

        /// Returns whether the result of the whole follows from the results of its parts.
        boolean splits() {
            return adds() || this == MIN || this == MAX;
        }

        boolean ordered() {
            return this == FIRST || this == LAST;
        }

        static Optional<Function> named(String code) {
            return Arrays.stream(values())
                    .filter(function -> function.code().equals(code))
                    .findFirst();
        }
    }

    /// Reads the member `rollUp` of a field's definition.
    static RollUp read(DefinitionInput input) {
        String written = input.text("function");
        Function function = Function.named(written).orElse(Function.COUNT);
        if (!written.isEmpty() && Function.named(written).isEmpty()) {
            input.reject("function", "roll-up-function", written);
        }
        RollUp rollUp = new RollUp(
                input.text("of"),
                input.text("by"),
                input.optionalText("through"),
                input.flag("tree", false),
                function,
                function == Function.COUNT ? null : input.text("field"),
                input.optionalText("filter"),
                function.ordered() ? input.text("orderBy") : null,
                input.optionalText("rateOn"));
        input.done();
        return rollUp;
    }
}
