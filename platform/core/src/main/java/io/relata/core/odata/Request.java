package io.relata.core.odata;

import io.relata.core.query.Query;
import io.relata.core.query.Rows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a query on a set asks for.
sealed interface Request {

    /// A page of records.
    ///
    /// @param tokens writes the link to the next page
    /// @param wished how many records the client would like on each page; `null` when it did not say
    /// @param rest   how many records are wanted behind the page; `null` for all
    record Records(
            Query query,
            Shape shape,
            SkipToken tokens,
            QueryString sent,
            @Nullable Integer wished,
            @Nullable Integer rest)
            implements Request {}

    /// Figures, in one table or in several after each other.
    ///
    /// @param bounded whether the caller said how many rows to show
    /// @param count   whether to say how many rows there are
    record Figures(List<Rows> parts, boolean bounded, boolean count) implements Request {

        public Figures {
            parts = List.copyOf(parts);
        }
    }
}
