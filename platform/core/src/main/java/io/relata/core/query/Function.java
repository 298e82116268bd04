package io.relata.core.query;

import io.relata.core.metadata.ValueKind;
import java.util.List;

/// What can be computed from values. Every function of an empty value is empty.
public enum Function {
    LOWER(ValueKind.STRING),
    UPPER(ValueKind.STRING),
    TRIM(ValueKind.STRING),
    CONCAT(ValueKind.STRING),
    /// The text from a position, counted from 0, and optionally for a length.
    SUBSTRING(ValueKind.STRING),
    /// Where a text begins in another, counted from 0; -1 when it does not.
    INDEX_OF(ValueKind.INTEGER),
    /// In characters (code points).
    LENGTH(ValueKind.INTEGER),
    /// The parts of a date, or of an instant in UTC.
    YEAR(ValueKind.INTEGER),
    MONTH(ValueKind.INTEGER),
    DAY(ValueKind.INTEGER),
    HOUR(ValueKind.INTEGER),
    MINUTE(ValueKind.INTEGER),
    SECOND(ValueKind.INTEGER),
    /// What a second's digits after the point say.
    FRACTION_OF_SECOND(ValueKind.DECIMAL),
    /// The date of an instant in UTC.
    DATE(ValueKind.DATE),
    ROUND(ValueKind.DECIMAL),
    FLOOR(ValueKind.DECIMAL),
    CEILING(ValueKind.DECIMAL),
    /// Between two points, in metres.
    DISTANCE(ValueKind.DECIMAL),
    NEGATE(ValueKind.DECIMAL, true),
    ADD(ValueKind.DECIMAL, true),
    SUBTRACT(ValueKind.DECIMAL, true),
    MULTIPLY(ValueKind.DECIMAL, true),
    /// Between whole numbers, whole; by zero, empty.
    DIVIDE(ValueKind.DECIMAL, true),
    /// By zero, empty; with what comes after the decimal point, whatever is divided.
    DIVIDE_EXACTLY(ValueKind.DECIMAL),
    /// By zero, empty.
    MODULO(ValueKind.DECIMAL, true),
    /// A date, some days later.
    DAYS_LATER(ValueKind.DATE),
    /// An instant, some microseconds later.
    MICROSECONDS_LATER(ValueKind.INSTANT),
    /// How many seconds the first of two dates or instants is after the second.
    SECONDS_BETWEEN(ValueKind.DECIMAL),
    /// The time of day of an instant in UTC, to the second, as a text.
    TIME(ValueKind.STRING),
    /// 0 for every instant, as all are shown in UTC.
    OFFSET(ValueKind.INTEGER),
    /// What else something is, if it can be that; empty if it cannot.
    AS_TEXT(ValueKind.STRING),
    AS_NUMBER(ValueKind.DECIMAL),
    /// Rounded.
    AS_WHOLE(ValueKind.INTEGER),
    AS_DATE(ValueKind.DATE),
    AS_INSTANT(ValueKind.INSTANT),
    AS_UUID(ValueKind.UUID);

    private final ValueKind result;
    private final boolean arithmetic;

    Function(ValueKind result) {
        this(result, false);
    }

    /// @param arithmetic whether whole numbers give a whole number
    Function(ValueKind result, boolean arithmetic) {
        this.result = result;
        this.arithmetic = arithmetic;
    }

    ValueKind result(List<Value> arguments) {
        boolean whole = arithmetic && arguments.stream().allMatch(argument -> argument.kind() == ValueKind.INTEGER);
        return whole ? ValueKind.INTEGER : result;
    }
}
