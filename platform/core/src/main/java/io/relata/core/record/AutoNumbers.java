package io.relata.core.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.type.AutoNumberType;
import io.relata.core.metadata.type.NumberPattern;
import io.relata.spi.CallContext;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;

/// Gives new records their automatic numbers. The counter's row stays locked to the end of the transaction, so that
/// numbers have no gaps and of two writers the later waits; that is why it comes last before the records are stored.
final class AutoNumbers {

    private static final Table<?> TABLE = table(name("relata", "number_counter"));
    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> ENTITY = field(name("entity_id"), UUID.class);
    private static final Field<String> FIELD = field(name("field"), String.class);
    private static final Field<String> PERIOD = field(name("period"), String.class);
    private static final Field<Long> LAST = field(name("last"), Long.class);

    private AutoNumbers() {}

    /// One statement per field, however many records there are. Fields are counted in the order of their names: two
    /// writers never wait for each other.
    static void give(
            DSLContext sql, CallContext context, EntityDefinition entity, List<RecordDraft> drafts, Instant now) {
        List<RecordDraft> fresh = drafts.stream()
                .filter(draft -> draft.isNew() && draft.revived() == null)
                .toList();
        if (fresh.isEmpty()) {
            return;
        }
        entity.fields().stream()
                .filter(field -> field.type().isAssigned())
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .forEach(field -> give(sql, context, entity, field, fresh, now));
    }

    private static void give(
            DSLContext sql,
            CallContext context,
            EntityDefinition entity,
            FieldDefinition field,
            List<RecordDraft> fresh,
            Instant now) {
        NumberPattern pattern = AutoNumberType.pattern(field, now.atZone(context.zone()));
        long last = take(sql, context.tenant(), entity.id(), field.name(), pattern.text(), fresh.size());
        long next = last - fresh.size() + 1;
        for (RecordDraft draft : fresh) {
            draft.set(field, pattern.number(next++));
        }
    }

    private static long take(DSLContext sql, UUID tenant, UUID entity, String field, String period, long count) {
        return sql.insertInto(TABLE)
                .columns(TENANT, ENTITY, FIELD, PERIOD, LAST)
                .values(tenant, entity, field, period, count)
                .onConflict(TENANT, ENTITY, FIELD, PERIOD)
                .doUpdate()
                .set(LAST, field(name("number_counter", "last"), Long.class).plus(count))
                .returningResult(LAST)
                .fetchSingle()
                .value1();
    }
}
