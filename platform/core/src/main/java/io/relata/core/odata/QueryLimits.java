package io.relata.core.odata;

/// How much one query may ask for. What is beyond is refused before the database hears of it.
///
/// @param length  characters of a query as it is sent
/// @param depth   of what stands inside each other: parentheses, functions, conditions on collections
/// @param terms   values and conditions in one option
/// @param choices values that `in` compares with
/// @param expands collections and lookups that are shown within records, at all depths: each is a statement more
/// @param rows    records of a page
public record QueryLimits(int length, int depth, int terms, int choices, int expands, int rows) {

    /// What applies unless something else is said.
    public static final QueryLimits DEFAULT = new QueryLimits(16 * 1024, 40, 1_000, 1_000, 20, 1_000);
}
