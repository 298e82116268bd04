package io.relata.core.query;

import io.relata.core.access.CallerAccess;
import io.relata.core.record.RecordColumns;
import io.relata.spi.CallContext;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Walks over all records that match, in the order of their ids, a bounded stretch at a time: however rare a match is,
/// a step takes a short time.
public final class MatchingRecords {

    /// Of records looked at in one step.
    private static final int STRETCH = 20_000;

    private final CallContext context;
    private final Query.Selection selection;
    private final short state;

    /// @param context whose records: others do not match
    /// @param state   [RecordColumns#LIVE] or [RecordColumns#DELETED]
    public MatchingRecords(CallContext context, Query.Selection selection, short state) {
        this.context = context;
        this.selection = selection;
        this.state = state;
    }

    /// What one step found.
    ///
    /// @param next behind which the next step begins; `null` when this was the last
    public record Step(List<UUID> ids, @Nullable UUID next) {}

    /// Finds the next matching records and locks them, so that they match until the transaction ends.
    ///
    /// @param after what has been walked over; `null` to begin
    /// @param upTo  the greatest id there is for this walk
    public Step step(DSLContext sql, @Nullable UUID after, UUID upTo, int most) {
        UUID end = end(sql, after, upTo);
        Source source = new Source(
                selection.entity(), context, CallerAccess.of(sql, context), Source.Reached.BY_REFERENCE, state);
        Condition condition =
                new SelectionCompiler(source).condition(selection, SelectionCompiler.plan(sql, context, selection));
        RecordColumns base = source.base();
        List<UUID> ids = sql.select(base.id())
                .from(source.from())
                .where(condition)
                .and(between(base, after, end))
                .orderBy(base.id())
                .limit(most)
                .forUpdate()
                .of(base.table())
                .fetch(base.id());
        if (ids.size() == most) {
            return new Step(ids, ids.getLast());
        }
        return new Step(ids, end.equals(upTo) ? null : end);
    }

    private UUID end(DSLContext sql, @Nullable UUID after, UUID upTo) {
        RecordColumns columns = RecordColumns.of(selection.entity());
        UUID end = sql.select(columns.id())
                .from(columns.table())
                .where(columns.belongsTo(context.tenant()))
                .and(between(columns, after, upTo))
                .orderBy(columns.id())
                .limit(1)
                .offset(STRETCH - 1)
                .fetchOne(columns.id());
        return end == null ? upTo : end;
    }

    private static Condition between(RecordColumns columns, @Nullable UUID after, UUID upTo) {
        Condition bounded = columns.id().le(upTo);
        return after == null ? bounded : bounded.and(columns.id().gt(after));
    }
}
