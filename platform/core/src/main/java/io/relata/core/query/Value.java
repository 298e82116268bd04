package io.relata.core.query;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something with a value for each record.
public sealed interface Value {

    /// Returns how the value is held.
    ValueKind kind();

    /// A constant of the query; always bound, never written into the statement.
    ///
    /// @param value of the Java type that the kind names; `null` for the null literal, whose kind says nothing
    record Literal(ValueKind kind, @Nullable Object value) implements Value {

        public static final Literal NULL = new Literal(ValueKind.STRING, null);
    }

    /// A property of a record, or of a record that it points to.
    ///
    /// @param level   whose: 0 is the record that is asked for, 1 and more the member of a collection that a condition
    ///                looks at, counted from outside
    /// @param lookups the way there; empty for the record itself
    record Path(int level, List<Step> lookups, Property property) implements Value {

        public Path {
            lookups = List.copyOf(lookups);
        }

        /// A property of the record that is asked for, or of one that it points to.
        public Path(List<Step> lookups, Property property) {
            this(0, lookups, property);
        }

        @Override
        public ValueKind kind() {
            return property.kind();
        }

        /// Returns whether the property belongs to the record that is asked for itself.
        public boolean direct() {
            return level == 0 && lookups.isEmpty();
        }

        /// One lookup to follow, and the entity it leads to.
        public record Step(FieldDefinition lookup, EntityDefinition target) {}
    }

    /// How many members of a collection there are.
    ///
    /// @param condition which of them count; `null` for all
    record Count(Members members, @Nullable Filter condition) implements Value {

        @Override
        public ValueKind kind() {
            return ValueKind.INTEGER;
        }
    }

    /// A function of other values.
    record Call(Function function, List<Value> arguments) implements Value {

        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public ValueKind kind() {
            return function.result(arguments);
        }
    }

    /// The value of the first branch whose condition holds; empty when none does.
    ///
    /// @param branches one or more, each with a value of the kind or the null literal
    record Choice(ValueKind kind, List<Branch> branches) implements Value {

        public Choice {
            branches = List.copyOf(branches);
        }

        /// One condition, and what holds then.
        public record Branch(Filter condition, Value value) {}
    }

    /// Whether a condition holds, as a value that can be compared.
    record Truth(Filter filter) implements Value {

        @Override
        public ValueKind kind() {
            return ValueKind.BOOLEAN;
        }
    }
}
