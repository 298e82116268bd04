package io.relata.core.record;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.sql.Rows;
import io.relata.spi.CallContext;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.SelectForUpdateStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The statements that read and write an entity's records, many at a time.
final class RecordStore {

    private static final String NEW_VALUES = "v";

    private final RecordColumns columns;

    RecordStore(EntityDefinition entity) {
        this.columns = RecordColumns.of(entity);
    }

    /// Returns those of the tenant's records that are not deleted.
    Map<UUID, RecordData> find(DSLContext sql, UUID tenant, Collection<UUID> ids) {
        return ids.isEmpty() ? Map.of() : read(wanted(sql, tenant, ids, RecordColumns.LIVE));
    }

    /// Returns the tenant's records in the state, locked until the transaction ends: others may point to them
    /// meanwhile.
    Map<UUID, RecordData> lockToChange(DSLContext sql, UUID tenant, Collection<UUID> ids, short state) {
        return ids.isEmpty() ? Map.of() : read(wanted(sql, tenant, ids, state).forNoKeyUpdate());
    }

    /// Returns the tenant's records in the state, locked until the transaction ends: nobody can begin to point to them
    /// meanwhile.
    Map<UUID, RecordData> lockToMove(DSLContext sql, UUID tenant, Collection<UUID> ids, short state) {
        return ids.isEmpty() ? Map.of() : read(wanted(sql, tenant, ids, state).forUpdate());
    }

    /// Returns the tenant's records in the state: nobody changes them until the transaction ends.
    Map<UUID, RecordData> hold(DSLContext sql, UUID tenant, Collection<UUID> ids, short state) {
        return ids.isEmpty() ? Map.of() : read(wanted(sql, tenant, ids, state).forShare());
    }

    private SelectForUpdateStep<Record> wanted(DSLContext sql, UUID tenant, Collection<UUID> ids, short state) {
        return sql.select(columns.selection())
                .from(columns.table())
                .where(columns.belongsTo(tenant))
                .and(columns.state().eq(DSL.inline(state)))
                .and(columns.id().eq(DSL.any(ids.toArray(UUID[]::new))))
                .orderBy(columns.id());
    }

    private Map<UUID, RecordData> read(ResultQuery<Record> query) {
        Map<UUID, RecordData> records = new HashMap<>();
        query.forEach(row -> {
            RecordData record = columns.read(row);
            records.put(record.id(), record);
        });
        return records;
    }

    void insert(DSLContext sql, CallContext context, List<RecordDraft> drafts, Instant now) {
        if (drafts.isEmpty()) {
            return;
        }
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        List<Field<?>> written = new ArrayList<>(List.of(columns.id(), columns.version()));
        written.addAll(columns.valueColumns());
        Rows rows = new Rows(written)
                .same(columns.tenantId(), context.tenant())
                .same(columns.entityId(), columns.entity().id())
                .same(columns.ownerId(), context.user())
                .same(columns.createdAt(), at)
                .same(columns.createdBy(), context.user())
                .same(columns.updatedAt(), at)
                .same(columns.updatedBy(), context.user())
                .same(columns.state(), RecordColumns.LIVE);
        drafts.forEach(draft -> rows.add(row(draft)));
        rows.insertInto(sql, columns.table());
    }

    private List<@Nullable Object> row(RecordDraft draft) {
        List<@Nullable Object> row = new ArrayList<>(List.of(draft.id(), draft.version()));
        row.addAll(columns.storedValues(draft.values()));
        return row;
    }

    /// Writes all values of the drafts; a slot whose value stays the same costs no index entry.
    void update(DSLContext sql, CallContext context, List<RecordDraft> drafts, Instant now) {
        write(sql, context, drafts, stamp(context, now));
    }

    /// Brings deleted records back as the drafts have them; they belong to the caller, as new ones do.
    void revive(DSLContext sql, CallContext context, List<RecordDraft> drafts, Instant now) {
        Map<Field<?>, Object> assignments = stamp(context, now);
        assignments.put(bare(columns.state()), RecordColumns.LIVE);
        assignments.put(bare(columns.ownerId()), context.user());
        write(sql, context, drafts, assignments);
    }

    private void write(
            DSLContext sql, CallContext context, List<RecordDraft> drafts, Map<Field<?>, Object> assignments) {
        List<Field<?>> written = new ArrayList<>(List.of(columns.id(), columns.version()));
        written.addAll(columns.valueColumns());
        if (drafts.isEmpty()) {
            return;
        }
        Rows rows = new Rows(written);
        drafts.forEach(draft -> rows.add(row(draft)));
        UUID[] ids = drafts.stream().map(RecordDraft::id).toArray(UUID[]::new);
        for (Field<?> column : written.subList(1, written.size())) {
            assignments.put(bare(column), DSL.field(DSL.name(NEW_VALUES, column.getName())));
        }
        Field<UUID> newId = DSL.field(DSL.name(NEW_VALUES, "id"), UUID.class);
        Condition same = columns.belongsTo(context.tenant())
                .and(columns.id().eq(DSL.any(ids)))
                .and(columns.id().eq(newId));
        sql.update(columns.table())
                .set(assignments)
                .from(rows.table(NEW_VALUES))
                .where(same)
                .execute();
    }

    /// Moves the records into the state, each to its next version.
    void setState(DSLContext sql, CallContext context, Collection<RecordData> records, short state, Instant now) {
        if (records.isEmpty()) {
            return;
        }
        Map<Field<?>, Object> assignments = stamp(context, now);
        assignments.put(bare(columns.version()), columns.version().plus(1));
        assignments.put(bare(columns.state()), state);
        UUID[] ids = records.stream().map(RecordData::id).toArray(UUID[]::new);
        sql.update(columns.table())
                .set(assignments)
                .where(columns.belongsTo(context.tenant()))
                .and(columns.id().eq(DSL.any(ids)))
                .execute();
    }

    private Map<Field<?>, Object> stamp(CallContext context, Instant now) {
        Map<Field<?>, Object> assignments = new LinkedHashMap<>();
        assignments.put(bare(columns.updatedAt()), now.atOffset(ZoneOffset.UTC));
        assignments.put(bare(columns.updatedBy()), context.user());
        return assignments;
    }

    /// The left side of an assignment bears no table name.
    private static <T> Field<T> bare(Field<T> column) {
        return DSL.field(DSL.name(column.getName()), column.getDataType());
    }
}
