package io.relata.core.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.relata.core.metadata.EntityDefinition;
import io.relata.spi.Consents;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// Consents as plugins ask for them: one counts when it was given, not withdrawn since, has not run out, and people are
/// still asked for it.
record PluginConsents(WriteTransaction tx, Instant now) implements Consents {

    @Override
    public boolean allows(String entity, UUID record, String purpose) {
        EntityDefinition definition = tx.snapshot()
                .entity(entity)
                .orElseThrow(() -> new IllegalArgumentException("There is no entity " + entity));
        RecordColumns columns = RecordColumns.of(definition, "person");
        return tx.sql()
                .fetchExists(DSL.selectOne()
                        .from(columns.table())
                        .where(columns.live(tx.tenant()))
                        .and(columns.id().eq(record))
                        .and(counts(definition.id(), columns.id(), purpose)));
    }

    private Condition counts(UUID entity, Field<UUID> record, String purpose) {
        return DSL.exists(DSL.selectOne()
                .from(table(name("relata", "consent")).as("agreed"))
                .join(table(name("relata", "consent_purpose")).as("purpose"))
                .on(field(name("purpose", "tenant_id"), UUID.class)
                        .eq(tx.tenant())
                        .and(field(name("purpose", "id"), UUID.class)
                                .eq(field(name("agreed", "purpose_id"), UUID.class))))
                .where(field(name("agreed", "tenant_id"), UUID.class).eq(tx.tenant()))
                .and(field(name("agreed", "entity_id"), UUID.class).eq(entity))
                .and(field(name("agreed", "record_id"), UUID.class).eq(record))
                .and(field(name("agreed", "current"), Boolean.class))
                .and(field(name("agreed", "state"), String.class).eq(DSL.inline("given")))
                .and(field(name("purpose", "code"), String.class).eq(purpose))
                .and(field(name("purpose", "active"), Boolean.class))
                .and(DSL.condition(
                        "(purpose.months is null or agreed.said_at + make_interval(months => purpose.months) > {0})",
                        DSL.val(now.atOffset(ZoneOffset.UTC)))));
    }
}
