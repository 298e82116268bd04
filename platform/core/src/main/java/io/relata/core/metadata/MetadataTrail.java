package io.relata.core.metadata;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.audit.AuditEntry;
import io.relata.core.audit.AuditTrail;
import io.relata.spi.CallContext;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Puts changes of definitions into the audit trail, under an entity of their own.
final class MetadataTrail {

    private final AuditTrail trail;

    MetadataTrail(AuditTrail trail) {
        this.trail = trail;
    }

    void record(
            DSLContext sql, CallContext context, UUID id, long version, @Nullable ObjectNode before, ObjectNode after) {
        write(
                sql,
                context,
                id,
                version,
                before == null ? AuditEntry.Action.CREATE : AuditEntry.Action.UPDATE,
                before,
                after);
    }

    void deleted(DSLContext sql, CallContext context, UUID id, long version, ObjectNode before) {
        write(sql, context, id, version, AuditEntry.Action.DELETE, before, null);
    }

    private void write(
            DSLContext sql,
            CallContext context,
            UUID id,
            long version,
            AuditEntry.Action action,
            @Nullable ObjectNode before,
            @Nullable ObjectNode after) {
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        changes.addObject()
                .put("field", "definition")
                .<ObjectNode>set("old", before)
                .set("new", after);
        trail.write(
                sql,
                context,
                List.of(new AuditEntry("definition", MetadataSnapshot.AUDITED, id, version, action, changes)));
    }
}
