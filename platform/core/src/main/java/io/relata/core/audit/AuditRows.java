package io.relata.core.audit;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import io.relata.spi.CallContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.InsertReturningStep;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.TableLike;
import org.jooq.impl.SQLDataType;

/// The one way to write entries: whatever writes some gives what differs from entry to entry, and the rest is said
/// here.
final class AuditRows {

    static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    static final Field<UUID> ID = field(name("id"), UUID.class);
    static final Field<OffsetDateTime> AT = field(name("at"), OffsetDateTime.class);
    static final Field<UUID> ENTITY = field(name("entity_id"), UUID.class);
    static final Field<UUID> RECORD = field(name("record_id"), UUID.class);
    static final Field<String> ACTION = field(name("action"), String.class);
    static final Field<JSONB> CHANGES = field(name("changes"), JSONB.class);

    private static final Field<UUID> ACTOR = field(name("actor"), UUID.class);
    private static final Field<String> ORIGIN = field(name("origin"), String.class);
    private static final Field<String> REQUEST = field(name("request_id"), String.class);
    private static final Field<String> CAUSE = field(name("cause"), String.class);

    private AuditRows() {}

    /// Returns the statement that writes what the rows say.
    ///
    /// @param sql  of the transaction, which knows what makes its changes
    /// @param id   what the entries are called
    /// @param at   when it happened
    /// @param rows with [#ENTITY], [#RECORD], [#ACTION] and [#CHANGES], and whatever the id is made of
    static InsertReturningStep<Record> insert(
            DSLContext sql, CallContext context, Field<UUID> id, Field<OffsetDateTime> at, TableLike<?> rows) {
        return insertInto(table(name("relata", "audit")))
                .columns(TENANT, AT, ACTOR, ORIGIN, REQUEST, CAUSE, ID, ENTITY, RECORD, ACTION, CHANGES)
                .select(select(
                                val(context.tenant()),
                                at,
                                val(context.user()),
                                origin(context),
                                val(context.requestId()),
                                val(Cause.name(sql), SQLDataType.CLOB),
                                id,
                                ENTITY,
                                RECORD,
                                ACTION,
                                CHANGES)
                        .from(rows));
    }

    static Field<String> origin(CallContext context) {
        return val(context.origin().name().toLowerCase(Locale.ROOT));
    }

    static Field<OffsetDateTime> now(Clock clock) {
        return val(clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
    }
}
