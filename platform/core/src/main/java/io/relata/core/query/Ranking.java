package io.relata.core.query;

import java.math.BigDecimal;

/// Which records or rows are first by a value: the greatest, or the least.
///
/// @param by       a number, where its sum decides
/// @param greatest whether the greatest come first, else the least; what has no value comes last
/// @param amount   how many, or what their sum reaches
public record Ranking(Value by, boolean greatest, Extent extent, BigDecimal amount) {

    /// How far it goes.
    public enum Extent {
        /// So many.
        COUNT,
        /// As many as it takes to reach the sum.
        SUM,
        /// As many as it takes to reach so many hundredths of the whole sum.
        PERCENT
    }
}
