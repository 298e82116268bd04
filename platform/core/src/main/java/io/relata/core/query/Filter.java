package io.relata.core.query;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A condition on records, with OData's logic: a comparison is true or false whatever is empty (an empty value
/// equals only an empty value), a function of an empty value is unknown, and `and`, `or`, `not` reckon with three
/// values. A record for which the whole is unknown does not match.
public sealed interface Filter {

    /// Every part holds.
    record And(List<Filter> parts) implements Filter {

        public And {
            parts = List.copyOf(parts);
        }
    }

    /// At least one part holds.
    record Or(List<Filter> parts) implements Filter {

        public Or {
            parts = List.copyOf(parts);
        }
    }

    /// The part does not hold.
    record Not(Filter part) implements Filter {}

    /// Two values stand in a relation.
    record Compare(Value left, Operator operator, Value right) implements Filter {}

    /// The value is one of the choices.
    record In(Value value, List<Value.Literal> choices) implements Filter {

        public In {
            choices = List.copyOf(choices);
        }
    }

    /// The text contains, begins or ends with another, whatever the case of the letters.
    record Match(Value text, Place place, Value part) implements Filter {}

    /// Some part of the text fits a regular expression.
    ///
    /// @param pattern of the parts that ECMAScript and PostgreSQL understand alike
    record Fits(Value text, String pattern) implements Filter {}

    /// The list has one of the texts; without texts, it has any.
    record Has(Value.Path list, List<String> texts) implements Filter {

        public Has {
            texts = List.copyOf(texts);
        }
    }

    /// Every item of the list is one of the texts, as with none at all.
    record Only(Value.Path list, List<String> texts) implements Filter {

        public Only {
            texts = List.copyOf(texts);
        }
    }

    /// The point lies in the box.
    record Within(Value.Path point, GeoBox box) implements Filter {}

    /// A boolean value is true.
    record Holds(Value value) implements Filter {}

    /// Some member of a collection matches.
    ///
    /// @param condition `null` for any member at all
    record Some(Members members, @Nullable Filter condition) implements Filter {}

    /// Every member of a collection matches, as with none at all.
    record Every(Members members, Filter condition) implements Filter {}

    /// The record is one of those that are first by a value.
    record Best(Query.Selection among, Ranking ranking) implements Filter {}

    /// The record stands under or above another in a hierarchy.
    ///
    /// @param record the id of the record, which is one of the entity
    /// @param lookup says what each record stands under
    record Standing(Value.Path record, Way way, EntityDefinition entity, FieldDefinition lookup, UUID other)
            implements Filter {}

    /// On which side of another a record stands.
    enum Way {
        UNDER,
        UNDER_OR_SELF,
        ABOVE,
        ABOVE_OR_SELF
    }

    /// The relations between two values.
    enum Operator {
        EQUAL,
        NOT_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        LESS,
        LESS_OR_EQUAL;

        /// Returns the relation seen from the other side.
        Operator mirrored() {
            return switch (this) {
                case EQUAL, NOT_EQUAL -> this;
                case GREATER -> LESS;
                case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
                case LESS -> GREATER;
                case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
            };
        }
    }

    /// Where in a text another one stands.
    enum Place {
        ANYWHERE,
        START,
        END
    }
}
