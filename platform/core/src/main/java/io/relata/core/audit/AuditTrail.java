package io.relata.core.audit;

import static org.jooq.impl.DSL.cast;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
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
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.impl.SQLDataType;

/// Writes what happened, in the transaction in which it happens: to the audit trail, and to the outbox.
public final class AuditTrail {

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
        if (entries.isEmpty()) {
            return;
        }
        Rows rows = new Rows(
                List.of(AuditRows.ID, AuditRows.ENTITY, AuditRows.RECORD, AuditRows.ACTION, AuditRows.CHANGES));
        for (AuditEntry entry : entries) {
            rows.add(List.of(
                    ids.next(),
                    entry.entityId(),
                    entry.recordId(),
                    entry.action().code(),
                    JSONB.valueOf(entry.changes().toString())));
        }
        sql.execute(AuditRows.insert(sql, context, AuditRows.ID, AuditRows.now(clock), rows.table("v")));
    }

    /// Writes the entries, with one statement however many there are: what changed is sent once and kept twice.
    public void write(DSLContext sql, CallContext context, List<AuditEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        Rows rows = new Rows(List.of(
                AuditRows.ID,
                EVENT,
                AuditRows.ENTITY,
                AuditRows.RECORD,
                AuditRows.ACTION,
                TYPE,
                VERSION,
                AuditRows.CHANGES,
                PUBLISHED));
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
        Field<OffsetDateTime> now = AuditRows.now(clock);
        var entry = name("entry").as(selectFrom(rows.table("v")));
        var audited = name("audited")
                .as(AuditRows.insert(sql, context, AuditRows.ID, now, table(name("entry")))
                        .returningResult(inline(1)));
        Field<JSONB> payload = jsonbObject(
                key("version").value(VERSION),
                key("actor").value(val(context.user())),
                key("origin").value(cast(AuditRows.origin(context), SQLDataType.CLOB)),
                key("changes").value(coalesce(PUBLISHED, AuditRows.CHANGES)),
                key("cause").value(val(Cause.name(sql), SQLDataType.CLOB)),
                key("depth").value(val(Cause.depth(sql), SQLDataType.INTEGER)));
        sql.with(entry)
                .with(audited)
                .insertInto(table(name("relata", "outbox")))
                .columns(
                        AuditRows.TENANT, AuditRows.AT, AuditRows.ID, TYPE, AuditRows.ENTITY, AuditRows.RECORD, PAYLOAD)
                .select(select(tenant, now, EVENT, TYPE, AuditRows.ENTITY, AuditRows.RECORD, payload)
                        .from(entry))
                .execute();
    }
}
