package io.relata.core.query;

import org.jooq.Condition;

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

    Condition condition(Query.Selection selection) {
        Condition condition = source.wanted();
        if (selection.filter() != null) {
            condition = condition.and(new FilterCompiler(values).matches(selection.filter()));
        }
        return selection.search() == null
                ? condition
                : condition.and(new SearchCompiler(source.base()).matches(selection.search()));
    }
}
