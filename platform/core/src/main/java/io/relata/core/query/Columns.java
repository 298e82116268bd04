package io.relata.core.query;

import org.jooq.Condition;
import org.jooq.Field;

/// What values are taken from.
interface Columns {

    /// Returns what holds the property, in its stored form.
    Field<?> column(Value.Path path);

    /// Returns the members' tables, for a subquery in a statement on these.
    Source members(Members members);

    /// Returns the condition that a record of these is one of the first.
    Condition best(Query.Selection among, Ranking ranking);

    /// Returns the condition that a record of these stands there in its hierarchy.
    Condition standing(Filter.Standing standing);
}
