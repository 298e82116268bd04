package io.relata.core.query;

import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;

/// What values are taken from.
interface Columns {

    /// Returns what holds the property, in its stored form.
    Field<?> column(Value.Path path);

    /// Returns the condition that the list has one of the texts; nothing when no index says so.
    Optional<Condition> having(Value.Path list, List<String> texts);

    /// Returns the members' tables, for a subquery in a statement on these.
    Source members(Members members);

    /// Returns the condition that a record of these is one of the first.
    Condition best(Query.Selection among, Ranking ranking);

    /// Returns the condition that a record of these stands there in its hierarchy.
    Condition standing(Filter.Standing standing);
}
