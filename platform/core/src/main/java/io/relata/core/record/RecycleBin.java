package io.relata.core.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.relata.core.access.CallerAccess;
import io.relata.core.access.Privilege;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// The deleted records of an entity that the caller could read if they were there, the newest first. What was deleted
/// along with another is in the bin with that one, and comes back with it.
public final class RecycleBin {

    private static final Table<Record> EFFECT = table(name("relata", "deletion_effect"));

    private final TenantTransaction transactions;

    public RecycleBin(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    /// A deleted record.
    ///
    /// @param name      what it is called; empty when it has no name
    /// @param alongside how many were deleted along with it
    public record Deleted(UUID id, String name, Instant at, UUID by, int alongside) {}

    /// A part of the bin.
    ///
    /// @param next where to go on; `null` when this was all
    public record Page(List<Deleted> records, @Nullable String next) {

        public Page {
            records = List.copyOf(records);
        }
    }

    /// Returns what is in the bin.
    ///
    /// @param seen  the entity as the caller sees it
    /// @param after behind which to go on; `null` to begin
    /// @throws ProblemException INVALID_QUERY when `after` is no place in the bin
    public Page list(CallContext context, EntityDefinition seen, @Nullable String after, int top) {
        RecordColumns columns = RecordColumns.of(seen, "r");
        FieldDefinition naming = seen.field(seen.nameField()).orElseThrow();
        Field<String> called = columns.field(naming).coerce(SQLDataType.CLOB).as("called");
        Field<Integer> alongside = field(DSL.selectCount()
                        .from(EFFECT)
                        .where(effect("tenant_id").eq(context.tenant()))
                        .and(effect("cause_entity").eq(seen.id()))
                        .and(effect("cause_id").eq(columns.id()))
                        .and(deleted()))
                .as("alongside");
        List<Deleted> found = transactions.call(
                context,
                sql -> sql.select(columns.id(), called, columns.updatedAt(), columns.updatedBy(), alongside)
                        .from(columns.table())
                        .where(columns.belongsTo(context.tenant()))
                        .and(columns.state().eq(DSL.inline(RecordColumns.DELETED)))
                        .and(Reach.of(CallerAccess.of(sql, context), seen, Privilege.READ)
                                .each(columns))
                        .and(alone(columns, context, seen))
                        .and(behind(columns, after))
                        .orderBy(columns.updatedAt().desc(), columns.id().desc())
                        .limit(top + 1)
                        .fetch(row -> new Deleted(
                                row.value1(),
                                row.value2() == null ? "" : row.value2(),
                                row.value3().toInstant(),
                                row.value4(),
                                row.value5())));
        boolean more = found.size() > top;
        List<Deleted> shown = more ? found.subList(0, top) : found;
        return new Page(
                shown, more ? shown.getLast().at() + "~" + shown.getLast().id() : null);
    }

    private static Field<UUID> effect(String column) {
        return field(name("deletion_effect", column), UUID.class);
    }

    private static Condition deleted() {
        return field(name("deletion_effect", "effect"), String.class).eq("deleted");
    }

    private static Condition alone(RecordColumns columns, CallContext context, EntityDefinition entity) {
        return DSL.notExists(DSL.selectOne()
                .from(EFFECT)
                .where(effect("tenant_id").eq(context.tenant()))
                .and(effect("entity_id").eq(entity.id()))
                .and(effect("record_id").eq(columns.id()))
                .and(deleted()));
    }

    private static Condition behind(RecordColumns columns, @Nullable String after) {
        if (after == null) {
            return DSL.noCondition();
        }
        int middle = after.indexOf('~');
        try {
            OffsetDateTime at =
                    Instant.parse(after.substring(0, Math.max(middle, 0))).atOffset(ZoneOffset.UTC);
            return DSL.row(columns.updatedAt(), columns.id()).lt(at, UUID.fromString(after.substring(middle + 1)));
        } catch (DateTimeParseException | IllegalArgumentException noPlace) {
            throw ProblemException.of(ProblemCode.INVALID_QUERY, "bin-after");
        }
    }
}
