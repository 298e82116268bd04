package io.relata.core.odata;

import io.relata.core.metadata.ValueKind;
import io.relata.core.query.Filter;
import io.relata.core.query.Value;
import java.util.List;

/// A part of an expression that has been read.
///
/// @param at     where it begins
/// @param height how many parts stand inside each other in it
record Operand(Value value, Token at, int height) {

    static Operand of(Filter filter, Token at, int height) {
        return new Operand(new Value.Truth(filter), at, height);
    }

    boolean isNull() {
        return value.equals(Value.Literal.NULL);
    }

    ValueKind kind() {
        return value.kind();
    }

    boolean isNumber() {
        return !isNull() && (kind() == ValueKind.INTEGER || kind() == ValueKind.DECIMAL);
    }

    /// Returns whether both can be compared: `null` with everything, else only what is of one kind.
    boolean comparable(Operand other) {
        return isNull()
                || other.isNull()
                || (kind() == other.kind() && kind().isScalar())
                || (isNumber() && other.isNumber());
    }

    static int tallest(List<Operand> operands) {
        return operands.stream().mapToInt(Operand::height).max().orElse(0);
    }
}
