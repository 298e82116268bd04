package io.relata.core.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Locale;
import java.util.UUID;

/// One thing that happened to one record.
///
/// @param topic   what the outbox calls it together with the action, for example `record`
/// @param version the record's version afterwards
/// @param changes one object `{field, old, new}` per changed field
public record AuditEntry(String topic, UUID entityId, UUID recordId, long version, Action action, ArrayNode changes) {

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
