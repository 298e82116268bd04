package io.relata.core.query;

import io.relata.core.access.CallerAccess;
import io.relata.core.access.Privilege;
import io.relata.core.record.Cells;
import io.relata.core.record.Reach;
import io.relata.core.record.RecordData;
import io.relata.core.search.SearchPlan;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
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
        Taken taken = new Taken();
        if (Ordering.splits(query.sort())) {
            apart(sql, wanted, taken);
        } else {
            together(sql, wanted, taken);
        }
        boolean more = taken.records.size() == wanted;
        List<RecordData> shown = more ? taken.records.subList(0, query.pageSize()) : taken.records;
        return new Slice(List.copyOf(shown), more ? taken.last : null);
    }

    /// The records as they come in.
    private final class Taken {
        private final int captured = columns.size() - ordering.captured().size();
        private final List<RecordData> records = new ArrayList<>();
        private @Nullable Keyset last;
        private int seen;

        private RecordData read(Cells row) {
            if (seen++ == query.pageSize() - 1) {
                last = ordering.keyset(row, 0, captured);
            }
            return source.base().read(row, query.fields());
        }
    }

    private void together(DSLContext sql, int wanted, Taken taken) {
        Keyset after = query.after();
        Condition from = after == null ? condition : condition.and(ordering.after(after.values(), after.id()));
        take(sql, from, ordering, query.skip(), wanted, taken);
    }

    private void apart(DSLContext sql, int wanted, Taken taken) {
        Keyset after = query.after();
        boolean inTail = after != null && after.values().getFirst() == null;
        if (!inTail) {
            present(sql, after, wanted, taken);
        }
        int found = taken.records.size();
        if (found < wanted && tailPossible()) {
            int skip = query.skip() > 0 && found == 0 ? query.skip() - present(sql) : 0;
            tail(sql, inTail ? after : null, skip, wanted - found, taken);
        }
    }

    private void present(DSLContext sql, @Nullable Keyset after, int wanted, Taken taken) {
        Ordering present = ordering.withFirstPresent();
        Condition from = condition.and(ordering.firstPresent());
        take(
                sql,
                after == null ? from : from.and(present.after(after.values(), after.id())),
                present,
                query.skip(),
                wanted,
                taken);
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

    private void tail(DSLContext sql, @Nullable Keyset after, int skip, int wanted, Taken taken) {
        Ordering tail = ordering.withoutFirst();
        Condition from = condition.and(ordering.firstEmpty());
        if (after == null) {
            take(sql, from, tail, skip, wanted, taken);
            return;
        }
        List<@Nullable Object> values = after.values().subList(1, after.values().size());
        take(sql, from.and(tail.after(values, after.id())), tail, skip, wanted, taken);
    }

    private boolean tailPossible() {
        Filter filter = query.selection().filter();
        return filter == null
                || !(query.sort().getFirst().by() instanceof Value.Path path)
                || !Presence.implied(filter, path);
    }

    private void take(DSLContext sql, Condition from, Ordering order, int skip, int wanted, Taken taken) {
        var ordered = sql.select(columns).from(source.from()).where(from).orderBy(order.orderBy());
        // A plan for all values knows this one: how many are wanted decides about walking an index.
        var page = ordered.limit(steady ? DSL.inline(wanted) : DSL.val(wanted));
        taken.records.addAll(DirectRows.fetch(skip == 0 ? page : page.offset(skip), taken::read));
    }
}
