package io.relata.core.webhook;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/// The tables of webhooks.
final class WebhookTables {

    private WebhookTables() {}

    /// Webhooks.
    static final class Hook {

        static final Table<Record> TABLE = table(name("relata", "webhook"));
        static final Field<UUID> TENANT = field(name("webhook", "tenant_id"), UUID.class);
        static final Field<UUID> ID = field(name("webhook", "id"), UUID.class);
        static final Field<String> NAME = field(name("webhook", "name"), String.class);
        static final Field<String> URL = field(name("webhook", "url"), String.class);
        static final Field<String[]> EVENTS = field(name("webhook", "events"), String[].class);
        static final Field<UUID[]> ENTITIES = field(name("webhook", "entities"), UUID[].class);
        static final Field<String> SECRET = field(name("webhook", "secret"), String.class);
        static final Field<String> FORMER_SECRET = field(name("webhook", "former_secret"), String.class);
        static final Field<OffsetDateTime> FORMER_UNTIL = field(name("webhook", "former_until"), OffsetDateTime.class);
        static final Field<UUID> OWNER = field(name("webhook", "owner_id"), UUID.class);
        static final Field<Boolean> SKIP_OWN = field(name("webhook", "skip_own"), Boolean.class);
        static final Field<Boolean> ACTIVE = field(name("webhook", "active"), Boolean.class);
        static final Field<String> PAUSED_BECAUSE = field(name("webhook", "paused_because"), String.class);
        static final Field<Long> AFTER_TX = field(name("webhook", "after_tx"), Long.class);
        static final Field<UUID> AFTER_ID = field(name("webhook", "after_id"), UUID.class);
        static final Field<Integer> FAILURES = field(name("webhook", "failures"), Integer.class);
        static final Field<OffsetDateTime> FAILING_SINCE =
                field(name("webhook", "failing_since"), OffsetDateTime.class);
        static final Field<OffsetDateTime> NEXT_AT = field(name("webhook", "next_at"), OffsetDateTime.class);
        static final Field<OffsetDateTime> CREATED_AT = field(name("webhook", "created_at"), OffsetDateTime.class);
        static final Field<OffsetDateTime> UPDATED_AT = field(name("webhook", "updated_at"), OffsetDateTime.class);

        /// What a [Webhook] says.
        static final List<Field<?>> SHOWN = List.of(
                ID,
                NAME,
                URL,
                EVENTS,
                OWNER,
                SKIP_OWN,
                ACTIVE,
                PAUSED_BECAUSE,
                FAILURES,
                FAILING_SINCE,
                CREATED_AT,
                UPDATED_AT);

        private Hook() {}

        static Condition one(UUID tenant, UUID id) {
            return TENANT.eq(tenant).and(ID.eq(id));
        }
    }

    /// What they are told of.
    static final class Told {

        static final Table<Record> TABLE = table(name("relata", "webhook_delivery"));
        static final Field<UUID> TENANT = field(name("webhook_delivery", "tenant_id"), UUID.class);
        static final Field<UUID> ID = field(name("webhook_delivery", "id"), UUID.class);
        static final Field<UUID> HOOK = field(name("webhook_delivery", "webhook_id"), UUID.class);
        static final Field<Long> EVENT_TX = field(name("webhook_delivery", "event_tx"), Long.class);
        static final Field<UUID> EVENT = field(name("webhook_delivery", "event_id"), UUID.class);
        static final Field<UUID> RECORD = field(name("webhook_delivery", "record_id"), UUID.class);
        static final Field<String> TYPE = field(name("webhook_delivery", "type"), String.class);
        static final Field<String> STATE = field(name("webhook_delivery", "state"), String.class);
        static final Field<Short> ATTEMPTS = field(name("webhook_delivery", "attempts"), Short.class);
        static final Field<OffsetDateTime> NEXT_AT = field(name("webhook_delivery", "next_at"), OffsetDateTime.class);
        static final Field<OffsetDateTime> LEASE_UNTIL =
                field(name("webhook_delivery", "lease_until"), OffsetDateTime.class);
        static final Field<Integer> STATUS = field(name("webhook_delivery", "status"), Integer.class);
        static final Field<String> REASON = field(name("webhook_delivery", "reason"), String.class);
        static final Field<Integer> TOOK = field(name("webhook_delivery", "took_millis"), Integer.class);
        static final Field<OffsetDateTime> ATTEMPTED_AT =
                field(name("webhook_delivery", "attempted_at"), OffsetDateTime.class);
        static final Field<OffsetDateTime> CREATED_AT =
                field(name("webhook_delivery", "created_at"), OffsetDateTime.class);

        private Told() {}

        static Condition of(UUID tenant, UUID webhook) {
            return TENANT.eq(tenant).and(HOOK.eq(webhook));
        }
    }
}
