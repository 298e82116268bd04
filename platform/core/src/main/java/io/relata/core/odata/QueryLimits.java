package io.relata.core.odata;

import java.time.Duration;

/// How much one query may ask for. What is beyond is refused before the database hears of it, but for the time.
///
/// @param length   characters of a query as it is sent
/// @param depth    of what stands inside each other: parentheses, functions, conditions on collections
/// @param terms    values and conditions in one option
/// @param choices  values that `in` compares with
/// @param expands  collections and lookups that are shown within records, at all depths: each is a statement more
/// @param rows     records of a page
/// @param patience how long one statement may take
public record QueryLimits(int length, int depth, int terms, int choices, int expands, int rows, Duration patience) {

    /// What applies to a tenant for which nothing else is said.
    public static final QueryLimits DEFAULT =
            new QueryLimits(16 * 1024, 40, 1_000, 1_000, 20, 1_000, Duration.ofSeconds(15));
}
