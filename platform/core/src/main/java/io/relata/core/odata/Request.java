package io.relata.core.odata;

import io.relata.core.query.Aggregation;
import io.relata.core.query.Query;

/// What a query on a set asks for.
sealed interface Request {

    /// A page of records.
    ///
    /// @param tokens writes the link to the next page
    record Rows(Query query, Shape shape, SkipToken tokens, QueryString sent) implements Request {}

    /// Figures in groups.
    ///
    /// @param bounded whether the caller said how many groups to show
    record Figures(Aggregation aggregation, boolean bounded) implements Request {}
}
