package io.relata.core.metadata;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A condition on the fields of one record, in a part of OData's language for filters: `eq`, `ne`, `gt`, `ge`, `lt`,
/// `le`, `in`, `and`, `or`, `not` and brackets, a field on the left and a constant on the right. Whether a record
/// meets it can be told from its values alone; a comparison is true or false whatever is empty.
public sealed interface RecordCondition {

    /// Returns whether a record with the values, by field name, meets the condition.
    boolean matches(Map<String, @Nullable Object> values);

    /// Reads a condition.
    ///
    /// @throws UnreadableException with what cannot be read
    static RecordCondition read(String text, EntityDefinition entity) throws UnreadableException {
        return new RecordConditionReader(text, entity).read();
    }

    /// Every part holds.
    record And(List<RecordCondition> parts) implements RecordCondition {

        public And {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean matches(Map<String, @Nullable Object> values) {
            return parts.stream().allMatch(part -> part.matches(values));
        }
    }

    /// At least one part holds.
    record Or(List<RecordCondition> parts) implements RecordCondition {

        public Or {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean matches(Map<String, @Nullable Object> values) {
            return parts.stream().anyMatch(part -> part.matches(values));
        }
    }

    /// The part does not hold.
    record Not(RecordCondition part) implements RecordCondition {

        @Override
        public boolean matches(Map<String, @Nullable Object> values) {
            return !part.matches(values);
        }
    }

    /// A field stands in a relation to a constant.
    ///
    /// @param value in the Java type of the field; `null` for nothing
    record Is(
            FieldDefinition field,
            Relation relation,
            @Nullable Object value) implements RecordCondition {

        @Override
        public boolean matches(Map<String, @Nullable Object> values) {
            Object actual = values.get(field.name());
            return switch (relation) {
                case EQ -> Objects.equals(actual, value);
                case NE -> !Objects.equals(actual, value);
                case GT, GE, LT, LE -> actual != null && value != null && relation.holds(compare(actual, value));
            };
        }

        @SuppressWarnings("unchecked")
        private static int compare(Object actual, Object value) {
            return ((Comparable<Object>) actual).compareTo(value);
        }
    }

    /// The relations.
    enum Relation {
        EQ,
        NE,
        GT,
        GE,
        LT,
        LE;

        boolean holds(int comparison) {
            return switch (this) {
                case EQ -> comparison == 0;
                case NE -> comparison != 0;
                case GT -> comparison > 0;
                case GE -> comparison >= 0;
                case LT -> comparison < 0;
                case LE -> comparison <= 0;
            };
        }
    }

    /// A text is no condition.
    final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnreadableException(String what) {
            super(what);
        }
    }
}
