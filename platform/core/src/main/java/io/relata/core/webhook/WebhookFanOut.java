package io.relata.core.webhook;

import io.relata.core.feed.ChangeFeed;
import io.relata.core.feed.Outbox;
import io.relata.core.id.Ids;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.sql.Rows;
import io.relata.core.webhook.Delivery.State;
import io.relata.core.webhook.WebhookTables.Hook;
import io.relata.core.webhook.WebhookTables.Told;
import io.relata.spi.CallContext;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// Writes down what a webhook is to be told of: what has happened since it was last looked at, in one transaction with
/// how far it has come. Nothing is left out and nothing written twice, whoever dies when.
final class WebhookFanOut {

    /// Events looked at in a transaction.
    private static final int AT_ONCE = 500;

    /// With so many that wait, the rest stays in the outbox.
    private static final int MOST_WAITING = 1_000;

    private final Ids ids;

    WebhookFanOut(Ids ids) {
        this.ids = ids;
    }

    /// Writes down what there is, and returns whether there may be more.
    boolean run(DSLContext sql, UUID tenant, UUID webhook, MetadataSnapshot metadata, Instant now) {
        Record hook = sql.select(Hook.EVENTS, Hook.ENTITIES, Hook.OWNER, Hook.SKIP_OWN, Hook.AFTER_TX, Hook.AFTER_ID)
                .from(Hook.TABLE)
                .where(Hook.one(tenant, webhook))
                .and(Hook.ACTIVE)
                .forUpdate()
                .skipLocked()
                .fetchOne();
        if (hook == null) {
            return false;
        }
        if (!administers(sql, tenant, hook.get(Hook.OWNER))) {
            pause(sql, tenant, webhook, "owner");
            return false;
        }
        if (waiting(sql, tenant, webhook) >= MOST_WAITING) {
            return false;
        }
        List<Record> events = Outbox.next(
                sql,
                tenant,
                List.of(hook.get(Hook.ENTITIES)),
                new Outbox.Place(hook.get(Hook.AFTER_TX), hook.get(Hook.AFTER_ID)),
                AT_ONCE);
        write(sql, tenant, webhook, hook, events, metadata, now);
        if (!events.isEmpty()) {
            Record last = events.getLast();
            sql.update(Hook.TABLE)
                    .set(Webhooks.bare(Hook.AFTER_TX), last.get(Outbox.TX))
                    .set(Webhooks.bare(Hook.AFTER_ID), last.get(Outbox.ID))
                    .where(Hook.one(tenant, webhook))
                    .execute();
        }
        return events.size() == AT_ONCE;
    }

    /// Stops telling a webhook.
    static void pause(DSLContext sql, UUID tenant, UUID webhook, String because) {
        sql.update(Hook.TABLE)
                .set(Webhooks.bare(Hook.ACTIVE), false)
                .set(Webhooks.bare(Hook.PAUSED_BECAUSE), because)
                .where(Hook.one(tenant, webhook))
                .execute();
    }

    private static boolean administers(DSLContext sql, UUID tenant, UUID user) {
        return sql.fetchExists(DSL.selectOne()
                .from("control.membership m")
                .where(
                        "m.tenant_id = {0} and m.user_id = {1} and m.status = 'active' and m.role = {2}",
                        DSL.val(tenant), DSL.val(user), DSL.val(CallContext.ADMINISTRATOR)));
    }

    private static int waiting(DSLContext sql, UUID tenant, UUID webhook) {
        return sql.fetchCount(DSL.selectOne()
                .from(Told.TABLE)
                .where(Told.of(tenant, webhook))
                .and(Told.STATE.eq(State.WAITING.code()))
                .limit(MOST_WAITING));
    }

    private void write(
            DSLContext sql,
            UUID tenant,
            UUID webhook,
            Record hook,
            List<Record> events,
            MetadataSnapshot metadata,
            Instant now) {
        List<WatchedEvent> watched = List.of(hook.get(Hook.EVENTS)).stream()
                .map(WatchedEvent::read)
                .flatMap(Optional::stream)
                .toList();
        Map<UUID, EntityDefinition> entities = byId(metadata);
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        Rows rows = new Rows(List.of(
                        Webhooks.bare(Told.ID),
                        Webhooks.bare(Told.EVENT_TX),
                        Webhooks.bare(Told.EVENT),
                        Webhooks.bare(Told.RECORD),
                        Webhooks.bare(Told.TYPE)))
                .same(Webhooks.bare(Told.TENANT), tenant)
                .same(Webhooks.bare(Told.HOOK), webhook)
                .same(Webhooks.bare(Told.STATE), State.WAITING.code())
                .same(Webhooks.bare(Told.NEXT_AT), at)
                .same(Webhooks.bare(Told.CREATED_AT), at);
        for (Record row : events) {
            EntityDefinition entity = entities.get(row.get(Outbox.ENTITY));
            if (entity == null || !row.get(Outbox.TYPE).startsWith("record.")) {
                continue;
            }
            ChangeFeed.Event event = event(entity, row);
            Set<String> changed = changed(entity, event);
            boolean own = hook.get(Hook.SKIP_OWN) && event.actor().equals(hook.get(Hook.OWNER));
            if (!own && watched.stream().anyMatch(one -> one.matches(entity, event.action(), changed))) {
                rows.add(List.of(
                        ids.next(),
                        row.get(Outbox.TX),
                        row.get(Outbox.ID),
                        event.record(),
                        WatchedEvent.type(entity.name(), event.action())));
            }
        }
        if (!rows.isEmpty()) {
            sql.execute(rows.insertion(Told.TABLE).onConflictDoNothing());
        }
    }

    static Map<UUID, EntityDefinition> byId(MetadataSnapshot metadata) {
        return metadata.entities().stream().collect(Collectors.toMap(EntityDefinition::id, entity -> entity));
    }

    static ChangeFeed.Event event(EntityDefinition entity, Record row) {
        return ChangeFeed.Event.of(
                entity,
                row.get(Outbox.RECORD),
                row.get(Outbox.TYPE),
                row.get(Outbox.AT).toInstant(),
                row.get(Outbox.PAYLOAD));
    }

    private static Set<String> changed(EntityDefinition entity, ChangeFeed.Event event) {
        Set<String> properties = new HashSet<>();
        event.changes().forEach(change -> properties.add(change.property()));
        Set<String> names = new HashSet<>();
        for (FieldDefinition field : entity.fields()) {
            if (properties.contains(field.property())) {
                names.add(field.name());
            }
        }
        return names;
    }
}
