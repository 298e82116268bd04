package io.relata.core.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Locale;
import java.util.UUID;

/// One thing that happened to one record.
///
/// @param topic     what the outbox calls it together with the action, for example `record`
/// @param version   the record's version afterwards
/// @param changes   one object `{field, old, new}` per changed field
/// @param published the same for whoever follows the changes: of a deletion or a restoration, all values
public record AuditEntry(
        String topic,
        UUID entityId,
        UUID recordId,
        long version,
        Action action,
        ArrayNode changes,
        ArrayNode published) {

    /// What is published is what changed.
    public AuditEntry(String topic, UUID entityId, UUID recordId, long version, Action action, ArrayNode changes) {
        this(topic, entityId, recordId, version, action, changes, changes);
    }

    /// What happened.
    public enum Action {
        CREATE,
        UPDATE,
        DELETE,
        RESTORE;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
