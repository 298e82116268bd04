package io.relata.core.audit;

import static org.jooq.impl.DSL.cast;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.jsonbObject;
import static org.jooq.impl.DSL.key;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectFrom;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import io.relata.core.id.Ids;
import io.relata.core.sql.Rows;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.impl.SQLDataType;

/// Writes what happened, in the transaction in which it happens: to the audit trail, and to the outbox.
public final class AuditTrail {

    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> ID = field(name("id"), UUID.class);
    private static final Field<OffsetDateTime> AT = field(name("at"), OffsetDateTime.class);
    private static final Field<UUID> ACTOR = field(name("actor"), UUID.class);
    private static final Field<String> ORIGIN = field(name("origin"), String.class);
    private static final Field<String> REQUEST = field(name("request_id"), String.class);
    private static final Field<String> CAUSE = field(name("cause"), String.class);
    private static final Field<UUID> ENTITY = field(name("entity_id"), UUID.class);
    private static final Field<UUID> RECORD = field(name("record_id"), UUID.class);
    private static final Field<String> ACTION = field(name("action"), String.class);
    private static final Field<JSONB> CHANGES = field(name("changes"), JSONB.class);
    private static final Field<UUID> EVENT = field(name("event_id"), UUID.class);
    private static final Field<Long> VERSION = field(name("version"), Long.class);
    private static final Field<JSONB> PUBLISHED = field(name("published"), JSONB.class);
    private static final Field<String> TYPE = field(name("type"), String.class);
    private static final Field<JSONB> PAYLOAD = field(name("payload"), JSONB.class);

    private final Ids ids;
    private final Clock clock;

    public AuditTrail(Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /// Writes entries that are no changes which anybody follows: to the trail alone.
    public void keep(DSLContext sql, CallContext context, List<AuditEntry> entries) {
        Rows rows = new Rows(List.of(ID, ENTITY, RECORD, ACTION, CHANGES));
        rows.same(TENANT, context.tenant())
                .same(AT, clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
                .same(ACTOR, context.user())
                .same(ORIGIN, context.origin().name().toLowerCase(Locale.ROOT))
                .same(REQUEST, context.requestId())
                .same(CAUSE, Cause.name(sql));
        for (AuditEntry entry : entries) {
            rows.add(List.of(
                    ids.next(),
                    entry.entityId(),
                    entry.recordId(),
                    entry.action().code(),
                    JSONB.valueOf(entry.changes().toString())));
        }
        rows.insertInto(sql, table(name("relata", "audit")));
    }

    /// Writes the entries, with one statement however many there are: what changed is sent once and kept twice.
    public void write(DSLContext sql, CallContext context, List<AuditEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        Rows rows = new Rows(List.of(ID, EVENT, ENTITY, RECORD, ACTION, TYPE, VERSION, CHANGES, PUBLISHED));
        for (AuditEntry entry : entries) {
            String action = entry.action().code();
            boolean same = entry.published().equals(entry.changes());
            rows.add(Arrays.asList(
                    ids.next(),
                    ids.next(),
                    entry.entityId(),
                    entry.recordId(),
                    action,
                    entry.topic() + "." + action,
                    entry.version(),
                    JSONB.valueOf(entry.changes().toString()),
                    same ? null : JSONB.valueOf(entry.published().toString())));
        }
        Field<UUID> tenant = val(context.tenant());
        Field<UUID> actor = val(context.user());
        Field<OffsetDateTime> now =
                val(clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
        Field<String> origin = val(context.origin().name().toLowerCase(Locale.ROOT));
        var entry = name("entry").as(selectFrom(rows.table("v")));
        var audited = name("audited")
                .as(insertInto(table(name("relata", "audit")))
                        .columns(TENANT, AT, ACTOR, ORIGIN, REQUEST, CAUSE, ID, ENTITY, RECORD, ACTION, CHANGES)
                        .select(select(
                                        tenant,
                                        now,
                                        actor,
                                        origin,
                                        val(context.requestId()),
                                        val(Cause.name(sql), SQLDataType.CLOB),
                                        ID,
                                        ENTITY,
                                        RECORD,
                                        ACTION,
                                        CHANGES)
                                .from(entry))
                        .returningResult(inline(1)));
        Field<JSONB> payload = jsonbObject(
                key("version").value(VERSION),
                key("actor").value(actor),
                key("origin").value(cast(origin, SQLDataType.CLOB)),
                key("changes").value(coalesce(PUBLISHED, CHANGES)),
                key("cause").value(val(Cause.name(sql), SQLDataType.CLOB)),
                key("depth").value(val(Cause.depth(sql), SQLDataType.INTEGER)));
        sql.with(entry)
                .with(audited)
                .insertInto(table(name("relata", "outbox")))
                .columns(TENANT, AT, ID, TYPE, ENTITY, RECORD, PAYLOAD)
                .select(select(tenant, now, EVENT, TYPE, ENTITY, RECORD, payload)
                        .from(entry))
                .execute();
    }
}
