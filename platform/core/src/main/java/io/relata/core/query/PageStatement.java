package io.relata.core.query;

import io.relata.core.access.CallerAccess;
import io.relata.core.access.Privilege;
import io.relata.core.record.Reach;
import io.relata.core.record.RecordColumns;
import io.relata.core.record.RecordData;
import io.relata.core.search.SearchPlan;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Fetches one page: by one statement, or by two where records without the first sort key follow those that have it.
final class PageStatement {

    private final Query query;
    private final Source source;
    private final Ordering ordering;
    private final Condition condition;
    private final boolean steady;
    private final List<Field<?>> columns;

    /// What was fetched, and where the next page begins.
    record Slice(List<RecordData> records, @Nullable Keyset next) {}

    PageStatement(Query query, CallContext context, CallerAccess access, @Nullable SearchPlan search) {
        this.query = query;
        this.source = new Source(query.selection().entity(), context, access);
        this.steady = IndexWalk.answers(query)
                && Reach.of(access, query.selection().entity(), Privilege.READ).all();
        this.condition = new SelectionCompiler(source).condition(query.selection(), search);
        this.ordering = Ordering.of(query.sort(), source, context.locale());
        this.columns = new ArrayList<>(source.selection(query.fields()));
        this.columns.addAll(ordering.captured());
    }

    Slice fetch(DSLContext any) {
        DSLContext sql = steady ? TenantTransaction.steady(any) : any;
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
        return rows(sql, from, ordering, query.skip(), wanted);
    }

    private List<Record> apart(DSLContext sql, int wanted) {
        Keyset after = query.after();
        List<Record> rows = new ArrayList<>();
        boolean inTail = after != null && after.values().getFirst() == null;
        if (!inTail) {
            rows.addAll(present(sql, after, wanted));
        }
        if (rows.size() < wanted && tailPossible()) {
            int skip = query.skip() > 0 && rows.isEmpty() ? query.skip() - present(sql) : 0;
            rows.addAll(tail(sql, inTail ? after : null, skip, wanted - rows.size()));
        }
        return rows;
    }

    private List<Record> present(DSLContext sql, @Nullable Keyset after, int wanted) {
        Ordering present = ordering.withFirstPresent();
        Condition from = condition.and(ordering.firstPresent());
        return rows(
                sql,
                after == null ? from : from.and(present.after(after.values(), after.id())),
                present,
                query.skip(),
                wanted);
    }

    /// Returns how many records have the first key, of those that are left out.
    private int present(DSLContext sql) {
        Table<?> some = DSL.selectOne()
                .from(source.from())
                .where(condition)
                .and(ordering.firstPresent())
                .limit(query.skip())
                .asTable(DSL.name("some"));
        return sql.fetchSingle(DSL.select(DSL.count()).from(some)).value1();
    }

    private List<Record> tail(DSLContext sql, @Nullable Keyset after, int skip, int wanted) {
        Ordering tail = ordering.withoutFirst();
        Condition from = condition.and(ordering.firstEmpty());
        if (after == null) {
            return rows(sql, from, tail, skip, wanted);
        }
        List<@Nullable Object> values = after.values().subList(1, after.values().size());
        return rows(sql, from.and(tail.after(values, after.id())), tail, skip, wanted);
    }

    private boolean tailPossible() {
        Filter filter = query.selection().filter();
        return filter == null
                || !(query.sort().getFirst().by() instanceof Value.Path path)
                || !Presence.implied(filter, path);
    }

    private List<Record> rows(DSLContext sql, Condition from, Ordering order, int skip, int wanted) {
        var ordered = sql.select(columns).from(source.from()).where(from).orderBy(order.orderBy());
        // A plan for all values knows this one: how many are wanted decides about walking an index.
        var page = ordered.limit(steady ? DSL.inline(wanted) : DSL.val(wanted));
        return List.copyOf(skip == 0 ? page.fetch() : page.offset(skip).fetch());
    }
}
