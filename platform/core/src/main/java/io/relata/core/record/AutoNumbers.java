package io.relata.core.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.type.AutoNumberType;
import io.relata.core.metadata.type.NumberPattern;
import io.relata.core.metadata.type.Setting;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;

/// Gives new records their automatic numbers. The counter's row stays locked to the end of the transaction, so that
/// numbers have no gaps and of two writers the later waits; that is why it comes last before the records are stored.
/// Numbers that may have gaps come from [NumberBlocks].
final class AutoNumbers {

    private static final Table<?> TABLE = table(name("relata", "number_counter"));
    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> ENTITY = field(name("entity_id"), UUID.class);
    private static final Field<String> FIELD = field(name("field"), String.class);
    private static final Field<String> PERIOD = field(name("period"), String.class);
    private static final Field<Long> LAST = field(name("last"), Long.class);

    private AutoNumbers() {}

    /// What counts: a field, in the time that its pattern says.
    record Counter(UUID tenant, UUID entity, String fieldName, String period) {

        /// Takes so many numbers; the last of them is returned.
        long take(DSLContext sql, long count) {
            return sql.insertInto(TABLE)
                    .columns(TENANT, ENTITY, FIELD, PERIOD, LAST)
                    .values(tenant, entity, fieldName, period, count)
                    .onConflict(TENANT, ENTITY, FIELD, PERIOD)
                    .doUpdate()
                    .set(LAST, field(name("number_counter", "last"), Long.class).plus(count))
                    .returningResult(LAST)
                    .fetchSingle()
                    .value1();
        }
    }

    /// One statement per field, however many records there are. Fields are counted in the order of their names: two
    /// writers never wait for each other.
    static void give(WriteTransaction tx, EntityDefinition entity, List<RecordDraft> drafts, Give give) {
        List<RecordDraft> fresh = drafts.stream()
                .filter(draft -> draft.isNew() && draft.revived() == null)
                .toList();
        if (fresh.isEmpty()) {
            return;
        }
        entity.fields().stream()
                .filter(field -> field.type().isAssigned())
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .forEach(field -> give(tx, entity, field, fresh, give));
    }

    /// @param now    whose day and year the patterns say
    /// @param blocks numbers that may have gaps
    record Give(Instant now, NumberBlocks blocks) {}

    private static void give(
            WriteTransaction tx, EntityDefinition entity, FieldDefinition field, List<RecordDraft> fresh, Give give) {
        NumberPattern pattern =
                AutoNumberType.pattern(field, give.now().atZone(tx.context().zone()));
        Counter counter = new Counter(tx.tenant(), entity.id(), field.name(), pattern.text());
        OptionalLong ahead = field.settings().get(Setting.GAPS, false)
                ? give.blocks().take(counter, fresh.size())
                : OptionalLong.empty();
        long next = ahead.isPresent() ? ahead.getAsLong() : counter.take(tx.sql(), fresh.size()) - fresh.size() + 1;
        for (RecordDraft draft : fresh) {
            draft.set(field, pattern.number(next++));
        }
    }
}
