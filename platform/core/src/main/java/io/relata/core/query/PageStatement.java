package io.relata.core.query;

import io.relata.core.record.RecordColumns;
import io.relata.core.record.RecordData;
import io.relata.spi.CallContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Fetches one page: by one statement, or by two where records without the first sort key follow those that have it.
final class PageStatement {

    private final Query query;
    private final Source source;
    private final Ordering ordering;
    private final Condition condition;
    private final List<Field<?>> columns;

    /// What was fetched, and where the next page begins.
    record Slice(List<RecordData> records, @Nullable Keyset next) {}

    PageStatement(Query query, CallContext context) {
        this.query = query;
        this.source = new Source(query.selection().entity(), context.tenant());
        this.condition = new SelectionCompiler(source).condition(query.selection());
        this.ordering = Ordering.of(query.sort(), source, context.locale());
        this.columns = new ArrayList<>(source.base().selection(query.fields()));
        this.columns.addAll(ordering.captured());
    }

    Slice fetch(DSLContext sql) {
        int wanted = query.pageSize() + 1;
        List<Record> rows = Ordering.splits(query.sort()) ? apart(sql, wanted) : together(sql, wanted);
        boolean more = rows.size() == wanted;
        List<Record> shown = more ? rows.subList(0, query.pageSize()) : rows;
        RecordColumns base = source.base();
        return new Slice(
                shown.stream().map(row -> base.read(row, query.fields())).toList(),
                more && !shown.isEmpty() ? ordering.keyset(shown.getLast()) : null);
    }

    private List<Record> together(DSLContext sql, int wanted) {
        Keyset after = query.after();
        Condition from = after == null ? condition : condition.and(ordering.after(after.values(), after.id()));
        return rows(sql, from, ordering, wanted);
    }

    private List<Record> apart(DSLContext sql, int wanted) {
        Keyset after = query.after();
        List<Record> rows = new ArrayList<>();
        boolean inTail = after != null && after.values().getFirst() == null;
        if (!inTail) {
            rows.addAll(present(sql, after, wanted));
        }
        if (rows.size() < wanted && tailPossible()) {
            rows.addAll(tail(sql, inTail ? after : null, wanted - rows.size()));
        }
        return rows;
    }

    private List<Record> present(DSLContext sql, @Nullable Keyset after, int wanted) {
        Ordering present = ordering.withFirstPresent();
        Condition from = condition.and(ordering.firstPresent());
        return rows(sql, after == null ? from : from.and(present.after(after.values(), after.id())), present, wanted);
    }

    private List<Record> tail(DSLContext sql, @Nullable Keyset after, int wanted) {
        Ordering tail = ordering.withoutFirst();
        Condition from = condition.and(ordering.firstEmpty());
        if (after == null) {
            return rows(sql, from, tail, wanted);
        }
        List<@Nullable Object> values = after.values().subList(1, after.values().size());
        return rows(sql, from.and(tail.after(values, after.id())), tail, wanted);
    }

    private boolean tailPossible() {
        Filter filter = query.selection().filter();
        return filter == null
                || !Presence.implied(
                        Objects.requireNonNull(filter), query.sort().getFirst().path());
    }

    private List<Record> rows(DSLContext sql, Condition from, Ordering order, int wanted) {
        return List.copyOf(sql.select(columns)
                .from(source.from())
                .where(from)
                .orderBy(order.orderBy())
                .limit(wanted)
                .fetch());
    }
}
