package io.relata.core.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An expression as it was written, not yet checked.
sealed interface Syntax {

    /// Returns the character where it begins, counted from 1.
    int position();

    /// A literal.
    ///
    /// @param value a `String`, `BigDecimal`, `Boolean` or `null`
    record Literal(int position, @Nullable Object value) implements Syntax {}

    record Name(int position, String name) implements Syntax {}

    record Select(int position, Syntax from, String name) implements Syntax {}

    record Items(int position, List<Syntax> items) implements Syntax {}

    /// A function; what stands before the dot is the first of its arguments.
    record Call(int position, String function, boolean ofMember, List<Syntax> arguments) implements Syntax {}

    /// An operator, by its sign.
    record Operator(int position, String sign, List<Syntax> operands) implements Syntax {}
}
