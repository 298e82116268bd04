package io.relata.core.query;

import io.relata.core.access.CallerAccess;
import io.relata.core.search.SearchConditions;
import io.relata.core.search.SearchPlan;
import io.relata.core.search.SearchPlanner;
import io.relata.spi.CallContext;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Turns a selection into the condition of a statement.
final class SelectionCompiler {

    private final Source source;
    private final ValueCompiler values;

    SelectionCompiler(Source source) {
        this.source = source;
        this.values = new ValueCompiler(source);
    }

    ValueCompiler values() {
        return values;
    }

    /// Returns the condition where nobody has planned the search: what nothing has is not corrected.
    Condition condition(Query.Selection selection) {
        return condition(
                selection,
                selection.search() == null
                        ? null
                        : SearchPlan.unplanned(selection.search(), List.of(selection.entity())));
    }

    /// @param plan of the selection's search; see [#plan]
    Condition condition(Query.Selection selection, @Nullable SearchPlan plan) {
        Condition condition = source.wanted();
        if (selection.filter() != null) {
            condition = condition.and(new FilterCompiler(values).matches(selection.filter()));
        }
        return plan == null
                ? condition
                : condition.and(new SearchConditions(
                                plan, source.tenant(), selection.entity().id())
                        .matches(source.base().id()));
    }

    /// Asks the index about the words of the selection's search, if it has one.
    static @Nullable SearchPlan plan(DSLContext sql, CallContext context, Query.Selection selection) {
        return selection.search() == null
                ? null
                : SearchPlanner.plan(
                        sql, CallerAccess.of(sql, context), List.of(selection.entity()), selection.search());
    }
}
