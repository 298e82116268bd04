package io.relata.core.expression;

import java.util.Locale;

/// What a [Node.Call] does with its arguments. Unless it says otherwise, the result for an empty argument is empty,
/// and a condition on an empty argument is false.
public enum Op {
    ADD,
    SUBTRACT,
    MULTIPLY,
    /// To 10 digits after the point, half away from zero; by zero, empty.
    DIVIDE,
    /// With the sign of the first; by zero, empty.
    MODULO,
    NEGATE,
    ABS,
    /// To as many digits as the second argument, a literal, says; half away from zero.
    ROUND,
    FLOOR,
    CEILING,
    /// Of those that are not empty.
    LEAST,
    /// Of those that are not empty.
    GREATEST,

    /// An empty value equals only an empty value.
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    /// The first argument equals one of the others.
    ONE_OF,
    /// The list in the first argument has the second.
    HAS_ITEM,
    /// What is empty is not true.
    AND,
    OR,
    NOT,
    /// The second argument when the first is true, else the third.
    IF,
    /// The first argument that is not empty.
    COALESCE,
    /// Empty, or a text of no characters.
    IS_EMPTY,

    /// An empty part counts as a text of no characters.
    CONCAT,
    LOWER,
    UPPER,
    TRIM,
    /// In characters (code points).
    SIZE,
    CONTAINS,
    STARTS_WITH,
    ENDS_WITH,
    /// From the second argument, counted from 0, to before the third.
    SUBSTRING,
    /// As many characters from the end as the second argument says.
    LAST,
    REPLACE,
    /// The whole text fits the [Pattern] in the second argument, a literal.
    MATCHES,
    /// What people read for a picklist's value, in the reader's language.
    LABEL,
    TEXT_OF_NUMBER,
    TEXT_OF_DATE,
    /// In the user's time zone, to the minute.
    TEXT_OF_MOMENT,
    TEXT_OF_TRUTH,
    /// A text that is no number is empty.
    NUMBER_OF,

    /// In the user's time zone.
    TODAY,
    NOW,
    YEAR,
    MONTH,
    DAY,
    /// From 1, a Monday, to 7.
    WEEKDAY,
    /// In the user's time zone.
    HOUR,
    MINUTE,
    /// The day in the user's time zone.
    DATE_OF,
    /// From year, month and day; empty when there is no such day.
    MAKE_DATE,
    /// Empty outside of the years 1 to 9999, as is every date.
    ADD_DAYS,
    /// The last of the month when it has no such day.
    ADD_MONTHS,
    DAYS_BETWEEN,
    FIRST_OF_MONTH,
    LAST_OF_MONTH,
    /// By whole seconds.
    MOVE,
    SPAN_BETWEEN;

    /// Returns the name under which the tree is written.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
