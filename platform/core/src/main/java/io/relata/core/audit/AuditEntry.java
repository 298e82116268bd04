package io.relata.core.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Locale;
import java.util.Map;
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

    /// Stands in the place of an entity for changes of who may do what.
    public static final UUID ACCESS = UUID.fromString("5f0c3b0e-7d5e-5a55-9f0a-2a1d6e3c9b10");

    /// Stands in the place of an entity for exports; the record is the job.
    public static final UUID EXPORTS = UUID.fromString("7d0cc0de-3f5c-5c1c-8a51-6f4c0f3f2f11");

    /// Stands in the place of an entity for sign-ins; the record is the user.
    public static final UUID SESSIONS = UUID.fromString("3c1f6a52-8e0b-5d37-a1c4-7b9e2d4f6a13");

    /// Stands in the place of an entity for rates; the record is the pair of currencies.
    public static final UUID RATES = UUID.fromString("9a6b8f5e-1d0c-5b8e-9c55-3a0f6d7e8c12");

    /// Stands in the place of an entity for what was asked about persons; the record is the request.
    public static final UUID PERSONS = UUID.fromString("b2d7c4f1-6a3e-5c88-8d21-5e9f0a1b2c14");

    /// Stands in the place of an entity for files that no record has.
    public static final UUID FILES = UUID.fromString("c3e8d5a2-7b4f-5d99-9e32-6fa01b2c3d15");

    /// Stands in the place of an entity for webhooks; the record is the webhook.
    public static final UUID WEBHOOKS = UUID.fromString("1e4d7c39-62b8-5f0a-8d3e-95a7c0b1f214");

    /// Stands in the place of an entity for what people are asked to agree to; the record is the purpose.
    public static final UUID CONSENTS = UUID.fromString("6b2f9d18-4c7a-5e31-b0d6-83c1e5f7a216");

    /// Stands in the place of an entity for the trail itself; the record is the tenant.
    public static final UUID TRAIL = UUID.fromString("2d8e6f4a-91c3-5b07-a4e2-70b9d5c8f318");

    /// Stands in the place of an entity for automations; the record is the automation.
    public static final UUID AUTOMATIONS = UUID.fromString("6b0e2f94-3c7d-5a18-9b62-d41f8a7e0c35");

    /// What the API calls that which is no entity's.
    public static final Map<UUID, String> NAMES = Map.of(
            ACCESS,
            "access",
            EXPORTS,
            "export",
            SESSIONS,
            "session",
            RATES,
            "rate",
            PERSONS,
            "person",
            FILES,
            "file",
            WEBHOOKS,
            "webhook",
            CONSENTS,
            "consent",
            AUTOMATIONS,
            "automation",
            TRAIL,
            "trail");

    /// What is published is what changed.
    public AuditEntry(String topic, UUID entityId, UUID recordId, long version, Action action, ArrayNode changes) {
        this(topic, entityId, recordId, version, action, changes, changes);
    }

    /// What happened.
    public enum Action {
        CREATE,
        UPDATE,
        DELETE,
        RESTORE,
        /// Records went out of the platform as a file.
        EXPORT,
        /// Personal values went, from the record and from its history.
        ERASE,
        /// Put on legal hold.
        HOLD,
        /// The hold was taken off.
        RELEASE,
        /// The person whom the record is has agreed to something.
        CONSENT,
        /// It was taken back.
        WITHDRAW,
        /// Older entries went by the tenant's policy; the database writes it.
        EXPIRE,
        SIGN_IN,
        SIGN_OUT;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
