package io.relata.core.expression;

import java.util.List;
import java.util.Map;

/// What an expression's value is. The types bound how large a value can become, so that an expression which could
/// grow without end is refused when it is written, not when it runs.
public sealed interface Type {

    /// Returns the word for the type, as definitions and messages write it.
    String word();

    /// A text.
    ///
    /// @param most    how many characters at most
    /// @param choices the options of a picklist; empty for a free text
    record Text(int most, List<Choice> choices) implements Type {

        public Text {
            choices = List.copyOf(choices);
        }

        public Text(int most) {
            this(most, List.of());
        }

        @Override
        public String word() {
            return "text";
        }
    }

    /// An exact decimal number.
    ///
    /// @param whole how many digits before the point at most
    /// @param scale how many digits after the point at most
    record Numeric(int whole, int scale) implements Type {

        @Override
        public String word() {
            return "number";
        }
    }

    /// The types without bounds.
    enum Plain implements Type {
        /// `true` or `false`.
        TRUTH("boolean"),
        /// A day.
        DATE("date"),
        /// A point in time.
        MOMENT("datetime"),
        /// A length of time, as a number of seconds.
        SPAN("duration"),
        /// The literal `null`, which goes with every type.
        NOTHING("null");

        private final String word;

        Plain(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /// What a lookup holds: a record of the entity.
    record Reference(String entity) implements Type {

        @Override
        public String word() {
            return entity;
        }
    }

    /// Several options of a picklist.
    record Texts(List<Choice> choices) implements Type {

        public Texts {
            choices = List.copyOf(choices);
        }

        @Override
        public String word() {
            return "list";
        }
    }

    /// One option of a picklist.
    ///
    /// @param labels what people read, by language tag
    record Choice(String value, Map<String, String> labels) {

        public Choice {
            labels = Map.copyOf(labels);
        }
    }

    /// The bounds of a whole number of our own making, such as a year or a length.
    Numeric SMALL = new Numeric(9, 0);

    /// Returns whether both are of one sort, whatever their bounds.
    static boolean alike(Type one, Type other) {
        if (one == Plain.NOTHING || other == Plain.NOTHING) {
            return true;
        }
        return switch (one) {
            case Text text -> other instanceof Text;
            case Numeric numeric -> other instanceof Numeric;
            case Texts texts -> other instanceof Texts;
            case Plain plain -> plain == other;
            case Reference reference -> reference.equals(other);
        };
    }

    /// Returns the type that holds the values of both, which are [#alike].
    static Type joint(Type one, Type other) {
        if (one == Plain.NOTHING) {
            return other;
        }
        if (one instanceof Text text && other instanceof Text second) {
            boolean same = text.choices().equals(second.choices());
            return new Text(Math.max(text.most(), second.most()), same ? text.choices() : List.of());
        }
        if (one instanceof Numeric numeric && other instanceof Numeric second) {
            return new Numeric(Math.max(numeric.whole(), second.whole()), Math.max(numeric.scale(), second.scale()));
        }
        return one;
    }
}
