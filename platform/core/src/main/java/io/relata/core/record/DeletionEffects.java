package io.relata.core.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.relata.core.sql.Rows;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Row5;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// What deletions did to other records, kept until they are restored.
final class DeletionEffects {

    private static final Table<?> TABLE = table(name("relata", "deletion_effect"));
    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> CAUSE_ENTITY = field(name("cause_entity"), UUID.class);
    private static final Field<UUID> CAUSE = field(name("cause_id"), UUID.class);
    private static final Field<UUID> ENTITY = field(name("entity_id"), UUID.class);
    private static final Field<UUID> RECORD = field(name("record_id"), UUID.class);
    private static final Field<String> FIELD = field(name("field"), String.class);
    private static final Field<String> KIND = field(name("effect"), String.class);

    private static final List<Field<?>> COLUMNS = List.of(TENANT, CAUSE_ENTITY, CAUSE, ENTITY, RECORD, FIELD, KIND);

    private DeletionEffects() {}

    /// What became of the record that pointed to another, which was deleted.
    enum Kind {
        DELETED,
        CLEARED;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// One effect of a deletion.
    ///
    /// @param cause the deleted record
    /// @param field the name of the lookup by which the other pointed to it
    record Effect(RecordRef cause, RecordRef record, String field, Kind kind) {}

    static void write(DSLContext sql, UUID tenant, Collection<Effect> effects) {
        Rows rows = new Rows(COLUMNS);
        for (Effect effect : effects) {
            rows.add(List.of(
                    tenant,
                    effect.cause().entity(),
                    effect.cause().id(),
                    effect.record().entity(),
                    effect.record().id(),
                    effect.field(),
                    effect.kind().code()));
        }
        if (!rows.isEmpty()) {
            sql.execute(rows.insertion(TABLE).onConflictDoNothing());
        }
    }

    /// Returns the effects of deleting the records of the entity; at most so many.
    static List<Effect> of(DSLContext sql, UUID tenant, UUID entity, UUID[] causes, int most) {
        return sql.select(CAUSE, ENTITY, RECORD, FIELD, KIND)
                .from(TABLE)
                .where(caused(tenant, entity, causes))
                .orderBy(CAUSE, ENTITY, RECORD, FIELD)
                .limit(most)
                .fetch(row -> new Effect(
                        new RecordRef(entity, row.value1()),
                        new RecordRef(row.value2(), row.value3()),
                        row.value4(),
                        Kind.valueOf(row.value5().toUpperCase(Locale.ROOT))));
    }

    /// Forgets what the deletion of the records of the entity did.
    static void forget(DSLContext sql, UUID tenant, UUID entity, UUID[] causes) {
        sql.deleteFrom(TABLE).where(caused(tenant, entity, causes)).execute();
    }

    /// Forgets these effects.
    static void forget(DSLContext sql, UUID tenant, Collection<Effect> effects) {
        if (!effects.isEmpty()) {
            List<Row5<UUID, UUID, UUID, UUID, String>> keys = effects.stream()
                    .map(effect -> DSL.row(
                            effect.cause().entity(),
                            effect.cause().id(),
                            effect.record().entity(),
                            effect.record().id(),
                            effect.field()))
                    .toList();
            sql.deleteFrom(TABLE)
                    .where(TENANT.eq(tenant))
                    .and(DSL.row(CAUSE_ENTITY, CAUSE, ENTITY, RECORD, FIELD).in(keys))
                    .execute();
        }
    }

    private static Condition caused(UUID tenant, UUID entity, UUID[] causes) {
        return TENANT.eq(tenant).and(CAUSE_ENTITY.eq(entity)).and(CAUSE.eq(DSL.any(causes)));
    }
}
