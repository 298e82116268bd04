package io.relata.core.record;

import io.relata.core.consent.ConsentStates;
import io.relata.core.metadata.EntityDefinition;
import io.relata.spi.Consents;
import java.time.Instant;
import java.util.UUID;
import org.jooq.impl.DSL;

/// Consents as plugins ask for them.
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
                        .and(ConsentStates.counts(tx.tenant(), definition.id(), columns.id(), purpose, now)));
    }
}
