package io.relata.core.query;

import io.relata.core.access.CallerAccess;
import io.relata.core.audit.SensitiveReads.Way;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.RecordData;
import io.relata.core.record.Secrets;
import io.relata.core.search.SearchPlan;
import io.relata.core.tenant.TenantTransaction;
import io.relata.core.vault.Vault;
import io.relata.spi.CallContext;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Reads a tenant's live records: by id, by page, in groups. The number of statements of a call does not depend on the
/// data.
public final class RecordReader {

    private static final String CANCELLED = "57014";
    private static final String DATA_EXCEPTION = "22";

    private final TenantTransaction transaction;
    private final Function<UUID, Duration> patience;
    private final @Nullable Vault vault;
    private final QueryWatch watch;

    /// @param patience how long one statement of a page or an aggregation may take
    public RecordReader(TenantTransaction transaction, Duration patience) {
        this(transaction, tenant -> patience);
    }

    /// @param patience how long one statement of a page or an aggregation may take, for each tenant
    public RecordReader(TenantTransaction transaction, Function<UUID, Duration> patience) {
        this(transaction, patience, null, QueryWatch.NONE);
    }

    private RecordReader(
            TenantTransaction transaction, Function<UUID, Duration> patience, @Nullable Vault vault, QueryWatch watch) {
        this.transaction = transaction;
        this.patience = patience;
        this.vault = vault;
        this.watch = watch;
    }

    /// Returns one that opens what is stored encrypted, for those who are shown the records.
    public RecordReader opening(Vault opener) {
        return new RecordReader(transaction, patience, opener, watch);
    }

    /// Returns one whose pages and figures are watched.
    public RecordReader watched(QueryWatch watcher) {
        return new RecordReader(transaction, patience, vault, watcher);
    }

    /// Returns what the caller may do.
    public CallerAccess access(CallContext context) {
        return CallerAccess.of(transaction, context);
    }

    /// Returns the record with all its fields, unless it does not exist for this tenant or was deleted.
    public Optional<RecordData> find(CallContext context, EntityDefinition entity, UUID id) {
        return Optional.ofNullable(findAll(context, entity, List.of(id)).get(id));
    }

    /// Returns those of the records that exist for this tenant and were not deleted, by id.
    public Map<UUID, RecordData> findAll(CallContext context, EntityDefinition entity, Collection<UUID> ids) {
        return transaction.read(context.tenant(), sql -> {
            Map<UUID, RecordData> found = new HashMap<>();
            new ExpandStatements(sql, context)
                    .byIds(entity, null, entity.fields(), ids)
                    .forEach(record -> found.put(record.id(), record));
            Watched.records(sql, context, entity, entity.fields(), found.values(), Way.RECORD);
            return found;
        });
    }

    /// Returns one record with some of its fields and what is shown within it; an empty page when there is no such
    /// record.
    public RecordPage get(
            CallContext context, EntityDefinition entity, UUID id, List<FieldDefinition> fields, List<Expand> expands) {
        Query shown = new Query(Query.Selection.all(entity), List.of(), fields, expands, 1, false, 0, null);
        TenantTransaction.Work<RecordPage> work = sql -> {
            ExpandStatements statements = new ExpandStatements(sql, context);
            List<RecordData> found = statements.byIds(entity, null, fields, List.of(id));
            RecordPage page = new RecordPage(found, statements.fetch(found, expands), null, null);
            Watched.page(sql, context, shown, page, Way.RECORD);
            return opened(sql, context, page);
        };
        return expands.isEmpty()
                ? transaction.read(context.tenant(), work)
                : guarded(context, () -> FieldUse.unindexed(FieldUse.of(shown)), work);
    }

    /// Returns a page of records.
    ///
    /// @throws ProblemException when the query takes too long
    public RecordPage page(CallContext context, Query query) {
        long begin = System.nanoTime();
        RecordPage page = guarded(
                context,
                () -> FieldUse.unindexed(FieldUse.of(query)),
                sql -> opened(sql, context, page(sql, context, query, Way.LIST)));
        watch.ran(context, FieldUse.of(query), page.records().size(), since(begin));
        return page;
    }

    /// Returns a page of records, read in the caller's transaction.
    ///
    /// @param way for what, should somebody be shown what is sensitive
    public static RecordPage page(DSLContext sql, CallContext context, Query query, Way way) {
        SearchPlan search = SelectionCompiler.plan(sql, context, query.selection());
        PageStatement.Slice slice = new PageStatement(query, context, CallerAccess.of(sql, context), search).fetch(sql);
        Long count = query.count() ? count(sql, context, query.selection(), search) : null;
        RecordPage page = new RecordPage(
                slice.records(),
                new ExpandStatements(sql, context).fetch(slice.records(), query.expands()),
                count,
                slice.next());
        Watched.page(sql, context, query, page, way);
        return page;
    }

    private RecordPage opened(DSLContext sql, CallContext context, RecordPage page) {
        return vault == null ? page : page.opened(new Secrets(sql, context.tenant(), vault));
    }

    /// Returns how many records there are.
    public long count(CallContext context, Query.Selection selection) {
        return guarded(context, () -> FieldUse.unindexed(FieldUse.of(selection)), sql -> {
            long count = count(sql, context, selection, SelectionCompiler.plan(sql, context, selection));
            Watched.count(sql, context, selection, count);
            return count;
        });
    }

    /// Returns the first of computed rows.
    public Figures figures(CallContext context, Rows rows, int limit) {
        long begin = System.nanoTime();
        Figures figures = guarded(context, () -> FieldUse.unindexed(FieldUse.of(rows)), sql -> {
            Figures reckoned = new RowsStatement(sql, context).fetch(rows, limit);
            Watched.rows(sql, context, rows, reckoned.rows().size());
            return reckoned;
        });
        watch.ran(context, FieldUse.of(rows), figures.rows().size(), since(begin));
        return figures;
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /// Returns how many computed rows there are.
    public long countRows(CallContext context, Rows rows) {
        return guarded(
                context,
                () -> FieldUse.unindexed(FieldUse.of(rows)),
                sql -> new RowsStatement(sql, context).count(rows));
    }

    /// @param unindexed names the fields that make the work slow
    private <T> T guarded(CallContext context, Supplier<List<String>> unindexed, TenantTransaction.Work<T> work) {
        try {
            return transaction.query(context, patience.apply(context.tenant()), work);
        } catch (DataAccessException exception) {
            throw refusal(exception, unindexed);
        }
    }

    private static RuntimeException refusal(DataAccessException exception, Supplier<List<String>> unindexed) {
        String state = exception.sqlState();
        if (state.equals(CANCELLED)) {
            List<String> names = unindexed.get();
            return names.isEmpty()
                    ? ProblemException.of(ProblemCode.INVALID_QUERY, "query-too-slow")
                    : ProblemException.of(
                            ProblemCode.INVALID_QUERY, "query-too-slow-unindexed", String.join(", ", names));
        }
        return state.startsWith(DATA_EXCEPTION)
                ? ProblemException.of(ProblemCode.INVALID_QUERY, "query-not-computable")
                : exception;
    }

    private static long count(
            DSLContext sql, CallContext context, Query.Selection selection, @Nullable SearchPlan search) {
        Source source = new Source(selection.entity(), context, CallerAccess.of(sql, context));
        var condition = new SelectionCompiler(source).condition(selection, search);
        return sql.fetchSingle(DSL.select(DSL.count()).from(source.from()).where(condition))
                .value1();
    }
}
