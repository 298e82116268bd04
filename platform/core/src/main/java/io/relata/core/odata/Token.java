package io.relata.core.odata;

/// A piece of a query's text that means something by itself.
///
/// @param text  as it is written; of a [Kind#TEXT] what stands between its quotes
/// @param start where it begins in the option's text, counted from 0
/// @param end   where what follows begins
record Token(Kind kind, String text, int start, int end) {

    /// What it can be.
    enum Kind {
        /// A word, with dots in it or not: a property, a function, an operator, `null`, `true`.
        NAME,
        TEXT,
        INTEGER,
        DECIMAL,
        DATE,
        INSTANT,
        UUID,
        DURATION,
        /// One character of punctuation.
        SYMBOL,
        END
    }

    boolean is(Kind wanted, String wantedText) {
        return kind == wanted && text.equals(wantedText);
    }
}
