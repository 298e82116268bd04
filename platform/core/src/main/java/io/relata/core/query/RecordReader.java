package io.relata.core.query;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.RecordColumns;
import io.relata.core.record.RecordData;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/// Reads a tenant's live records: by id, by page, in groups. The number of statements of a call does not depend on the
/// data.
public final class RecordReader {

    private static final String CANCELLED = "57014";
    private static final String DATA_EXCEPTION = "22";

    private final TenantTransaction transaction;
    private final Duration patience;

    /// @param patience how long one statement of a page or an aggregation may take
    public RecordReader(TenantTransaction transaction, Duration patience) {
        this.transaction = transaction;
        this.patience = patience;
    }

    /// Returns the record with all its fields, unless it does not exist for this tenant or was deleted.
    public Optional<RecordData> find(CallContext context, EntityDefinition entity, UUID id) {
        return Optional.ofNullable(findAll(context, entity, List.of(id)).get(id));
    }

    /// Returns those of the records that exist for this tenant and were not deleted, by id.
    public Map<UUID, RecordData> findAll(CallContext context, EntityDefinition entity, Collection<UUID> ids) {
        return transaction.call(context, sql -> byIds(sql, context, entity, entity.fields(), ids));
    }

    /// Returns one record with some of its fields and the records that its lookups point to; an empty page when there
    /// is no such record.
    public RecordPage get(
            CallContext context, EntityDefinition entity, UUID id, List<FieldDefinition> fields, List<Expand> expands) {
        return transaction.call(context, sql -> {
            List<RecordData> found =
                    List.copyOf(byIds(sql, context, entity, fields, List.of(id)).values());
            return new RecordPage(found, expand(sql, context, found, expands), null, null);
        });
    }

    /// Returns a page of records.
    ///
    /// @throws ProblemException when the query takes too long
    public RecordPage page(CallContext context, Query query) {
        return guarded(context, sql -> page(sql, context, query));
    }

    /// Returns a page of records, read in the caller's transaction.
    public static RecordPage page(DSLContext sql, CallContext context, Query query) {
        PageStatement.Slice slice = new PageStatement(query, context).fetch(sql);
        Long count = query.count() ? count(sql, context, query.selection()) : null;
        return new RecordPage(
                slice.records(), expand(sql, context, slice.records(), query.expands()), count, slice.next());
    }

    /// Returns how many records there are.
    public long count(CallContext context, Query.Selection selection) {
        return guarded(context, sql -> count(sql, context, selection));
    }

    /// Returns figures over records.
    public Groups aggregate(CallContext context, Aggregation aggregation) {
        return guarded(context, sql -> new GroupStatement(aggregation, context).fetch(sql));
    }

    private <T> T guarded(CallContext context, TenantTransaction.Work<T> work) {
        try {
            return transaction.query(context, patience, work);
        } catch (DataAccessException exception) {
            throw refusal(exception);
        }
    }

    private static RuntimeException refusal(DataAccessException exception) {
        String state = exception.sqlState();
        if (state.equals(CANCELLED)) {
            return ProblemException.of(ProblemCode.INVALID_QUERY, "query-too-slow");
        }
        return state.startsWith(DATA_EXCEPTION)
                ? ProblemException.of(ProblemCode.INVALID_QUERY, "query-not-computable")
                : exception;
    }

    private static long count(DSLContext sql, CallContext context, Query.Selection selection) {
        Source source = new Source(selection.entity(), context.tenant());
        var condition = new SelectionCompiler(source).condition(selection);
        return sql.fetchSingle(DSL.select(DSL.count()).from(source.from()).where(condition))
                .value1();
    }

    private static Map<String, Map<UUID, RecordData>> expand(
            DSLContext sql, CallContext context, List<RecordData> records, List<Expand> expands) {
        Map<String, Map<UUID, RecordData>> expanded = new HashMap<>();
        for (Expand expand : expands) {
            String lookup = expand.lookup().name();
            List<UUID> ids = records.stream()
                    .map(record -> record.value(lookup))
                    .filter(UUID.class::isInstance)
                    .map(UUID.class::cast)
                    .distinct()
                    .toList();
            expanded.put(lookup, byIds(sql, context, expand.target(), expand.fields(), ids));
        }
        return expanded;
    }

    private static Map<UUID, RecordData> byIds(
            DSLContext sql,
            CallContext context,
            EntityDefinition entity,
            Collection<FieldDefinition> fields,
            Collection<UUID> ids) {
        Map<UUID, RecordData> found = new HashMap<>();
        if (ids.isEmpty()) {
            return found;
        }
        RecordColumns columns = RecordColumns.of(entity);
        Condition wanted = ids.size() == 1
                ? columns.id().eq(ids.iterator().next())
                : columns.id().eq(DSL.any(ids.toArray(UUID[]::new)));
        sql.select(columns.selection(fields))
                .from(columns.table())
                .where(columns.live(context.tenant()))
                .and(wanted)
                .forEach(row -> found.put(row.get(columns.id()), columns.read(row, fields)));
        return found;
    }
}
