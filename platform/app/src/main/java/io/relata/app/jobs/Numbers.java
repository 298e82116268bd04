package io.relata.app.jobs;

import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/// Whole numbers in the query part of an address.
public final class Numbers {

    private Numbers() {}

    /// Returns the number, or another when there is none.
    ///
    /// @throws ProblemException INVALID_QUERY when it is no number or out of bounds
    public static long read(String name, @Nullable String text, long otherwise, long min, long max) {
        if (text == null) {
            return otherwise;
        }
        long number = text.matches("\\d{1,15}") ? Long.parseLong(text) : -1;
        if (number < min || number > max) {
            throw ProblemException.of(ProblemCode.INVALID_QUERY, "bad-number", name, min, max);
        }
        return number;
    }
}
