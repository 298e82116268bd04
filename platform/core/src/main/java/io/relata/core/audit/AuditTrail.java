package io.relata.core.audit;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.id.Ids;
import io.relata.core.sql.Rows;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;

/// Writes what happened, in the transaction in which it happens: to the audit trail, and to the outbox.
public final class AuditTrail {

    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> ID = field(name("id"), UUID.class);
    private static final Field<OffsetDateTime> AT = field(name("at"), OffsetDateTime.class);
    private static final Field<UUID> ACTOR = field(name("actor"), UUID.class);
    private static final Field<String> ORIGIN = field(name("origin"), String.class);
    private static final Field<String> REQUEST = field(name("request_id"), String.class);
    private static final Field<UUID> ENTITY = field(name("entity_id"), UUID.class);
    private static final Field<UUID> RECORD = field(name("record_id"), UUID.class);
    private static final Field<String> ACTION = field(name("action"), String.class);
    private static final Field<JSONB> CHANGES = field(name("changes"), JSONB.class);
    private static final Field<String> TYPE = field(name("type"), String.class);
    private static final Field<JSONB> PAYLOAD = field(name("payload"), JSONB.class);

    private final Ids ids;
    private final Clock clock;

    public AuditTrail(Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /// Writes the entries, with two statements however many there are.
    public void write(DSLContext sql, CallContext context, List<AuditEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        OffsetDateTime now = clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
        String origin = context.origin().name().toLowerCase(Locale.ROOT);
        Rows audit = new Rows(List.of(TENANT, ID, AT, ACTOR, ORIGIN, REQUEST, ENTITY, RECORD, ACTION, CHANGES));
        Rows outbox = new Rows(List.of(TENANT, ID, AT, TYPE, ENTITY, RECORD, PAYLOAD));
        for (AuditEntry entry : entries) {
            String action = entry.action().code();
            audit.add(List.of(
                    context.tenant(),
                    ids.next(),
                    now,
                    context.user(),
                    origin,
                    context.requestId(),
                    entry.entityId(),
                    entry.recordId(),
                    action,
                    JSONB.valueOf(entry.changes().toString())));
            outbox.add(List.of(
                    context.tenant(),
                    ids.next(),
                    now,
                    entry.topic() + "." + action,
                    entry.entityId(),
                    entry.recordId(),
                    payload(context, origin, entry)));
        }
        audit.insertInto(sql, table(name("relata", "audit")));
        outbox.insertInto(sql, table(name("relata", "outbox")));
    }

    private static JSONB payload(CallContext context, String origin, AuditEntry entry) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        payload.put("version", entry.version());
        payload.put("actor", context.user().toString());
        payload.put("origin", origin);
        payload.set("changes", entry.published());
        return JSONB.valueOf(payload.toString());
    }
}
