package io.relata.core.consent;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.val;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// The one answer to whether a consent counts: it was given, not withdrawn since, has not run out, and people are still
/// asked for it.
public final class ConsentStates {

    private ConsentStates() {}

    /// Returns the condition that a record's person has agreed.
    ///
    /// @param purpose the code of what for
    public static Condition counts(UUID tenant, UUID entity, Field<UUID> record, String purpose, Instant now) {
        return DSL.exists(DSL.selectOne()
                .from(ConsentTables.CONSENT.as("agreed"))
                .join(ConsentTables.PURPOSE.as("purpose"))
                .on(field(name("purpose", "tenant_id"), UUID.class)
                        .eq(tenant)
                        .and(field(name("purpose", "id"), UUID.class)
                                .eq(field(name("agreed", "purpose_id"), UUID.class))))
                .where(field(name("agreed", "tenant_id"), UUID.class).eq(tenant))
                .and(field(name("agreed", "entity_id"), UUID.class).eq(entity))
                .and(field(name("agreed", "record_id"), UUID.class).eq(record))
                .and(field(name("agreed", "current"), Boolean.class))
                .and(field(name("agreed", "state"), String.class).eq(DSL.inline(ConsentEntry.State.GIVEN.code())))
                .and(field(name("purpose", "code"), String.class).eq(purpose))
                .and(field(name("purpose", "active"), Boolean.class))
                .and(DSL.condition(
                        "(purpose.months is null or agreed.said_at + make_interval(months => purpose.months) > {0})",
                        val(now.atOffset(ZoneOffset.UTC)))));
    }
}
