package io.relata.core.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.audit.AuditEntry;
import io.relata.core.audit.AuditTrail;
import io.relata.core.feed.Outbox;
import io.relata.core.id.Ids;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.outgoing.OutgoingClient;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.tenant.TenantTransaction;
import io.relata.core.vault.Vault;
import io.relata.core.webhook.WebhookTables.Hook;
import io.relata.core.webhook.WebhookTables.Told;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The tenant's webhooks, for its administrators. What changes is written down, without secrets. Thread-safe.
public final class Webhooks {

    /// The most of a tenant.
    static final int MOST = 50;

    /// For so long a message is signed with the secret before, too.
    static final Duration FORMER = Duration.ofHours(24);

    private static final String SECRET = "secret";

    private final TenantTransaction transactions;
    private final Function<UUID, MetadataSnapshot> metadata;
    private final AuditTrail trail;
    private final Vault vault;
    private final OutgoingClient outgoing;
    private final Ids ids;
    private final Clock clock;
    private final Deliveries deliveries;

    /// What webhooks are made of.
    public record Parts(
            TenantTransaction transactions,
            Function<UUID, MetadataSnapshot> metadata,
            AuditTrail trail,
            Vault vault,
            OutgoingClient outgoing,
            Ids ids,
            Clock clock) {}

    public Webhooks(Parts parts) {
        this.transactions = parts.transactions();
        this.metadata = parts.metadata();
        this.trail = parts.trail();
        this.vault = parts.vault();
        this.outgoing = parts.outgoing();
        this.ids = parts.ids();
        this.clock = parts.clock();
        this.deliveries = new Deliveries(transactions, clock);
    }

    /// A webhook with the secret that was made for it: it is told once.
    public record Made(Webhook webhook, String secret) {}

    public Deliveries deliveries() {
        return deliveries;
    }

    /// Refuses who is no administrator.
    ///
    /// @throws ProblemException FORBIDDEN
    public static void require(CallContext context) {
        if (!context.hasRole(CallContext.ADMINISTRATOR)) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "webhook-administrators-only");
        }
    }

    /// Returns all of the tenant's, by name.
    public List<Webhook> list(CallContext context) {
        require(context);
        return transactions.call(
                context,
                sql -> List.copyOf(sql.select(Hook.SHOWN)
                        .from(Hook.TABLE)
                        .where(Hook.TENANT.eq(context.tenant()))
                        .orderBy(Hook.NAME, Hook.ID)
                        .fetch(Webhooks::webhook)));
    }

    /// Returns one.
    ///
    /// @throws ProblemException NOT_FOUND
    public Webhook find(CallContext context, UUID id) {
        require(context);
        return transactions.call(context, sql -> find(sql, context.tenant(), id));
    }

    static Webhook find(DSLContext sql, UUID tenant, UUID id) {
        return Optional.ofNullable(sql.select(Hook.SHOWN)
                        .from(Hook.TABLE)
                        .where(Hook.one(tenant, id))
                        .fetchOne(Webhooks::webhook))
                .orElseThrow(ProblemException::notFound);
    }

    /// Makes a webhook that is told of what happens from now on.
    ///
    /// @throws ProblemException VALIDATION with every violation
    public Made create(DSLContext sql, CallContext context, JsonNode body) {
        require(context);
        WebhookInput input = WebhookInput.read(body, metadata.apply(context.tenant()), outgoing.destinations());
        if (sql.fetchCount(Hook.TABLE, Hook.TENANT.eq(context.tenant())) >= MOST) {
            throw ProblemException.invalid(List.of(Violation.of(null, "webhook-most", MOST)));
        }
        UUID id = ids.next();
        String secret = WebhookSecret.fresh();
        vault.ensure(sql, context.tenant(), clock.instant());
        OffsetDateTime now = now();
        sql.insertInto(Hook.TABLE)
                .set(bare(Hook.TENANT), context.tenant())
                .set(bare(Hook.ID), id)
                .set(bare(Hook.NAME), input.name())
                .set(bare(Hook.URL), input.url())
                .set(bare(Hook.EVENTS), input.events().toArray(String[]::new))
                .set(bare(Hook.ENTITIES), input.entities().toArray(UUID[]::new))
                .set(bare(Hook.SECRET), vault.seal(sql, place(context.tenant(), id), secret))
                .set(bare(Hook.OWNER), context.user())
                .set(bare(Hook.SKIP_OWN), input.skipOwn())
                .set(bare(Hook.ACTIVE), input.active())
                .set(bare(Hook.AFTER_TX), Outbox.NOW)
                .set(bare(Hook.AFTER_ID), Outbox.Place.LAST)
                .set(bare(Hook.CREATED_AT), now)
                .set(bare(Hook.UPDATED_AT), now)
                .execute();
        audit(sql, context, id, AuditEntry.Action.CREATE, changes(null, input));
        return new Made(find(sql, context.tenant(), id), secret);
    }

    /// Replaces what a webhook says. One that was paused and is active again goes on where it stopped.
    public Webhook replace(DSLContext sql, CallContext context, UUID id, JsonNode body) {
        require(context);
        Webhook before = find(sql, context.tenant(), id);
        WebhookInput input = WebhookInput.read(body, metadata.apply(context.tenant()), outgoing.destinations());
        boolean again = input.active() && !before.active();
        sql.update(Hook.TABLE)
                .set(bare(Hook.NAME), input.name())
                .set(bare(Hook.URL), input.url())
                .set(bare(Hook.EVENTS), input.events().toArray(String[]::new))
                .set(bare(Hook.ENTITIES), input.entities().toArray(UUID[]::new))
                .set(bare(Hook.SKIP_OWN), input.skipOwn())
                .set(bare(Hook.ACTIVE), input.active())
                .set(bare(Hook.OWNER), again ? context.user() : before.owner())
                .setNull(bare(Hook.PAUSED_BECAUSE))
                .set(bare(Hook.FAILURES), 0)
                .setNull(bare(Hook.FAILING_SINCE))
                .setNull(bare(Hook.NEXT_AT))
                .set(bare(Hook.UPDATED_AT), now())
                .where(Hook.one(context.tenant(), id))
                .execute();
        audit(sql, context, id, AuditEntry.Action.UPDATE, changes(before, input));
        return find(sql, context.tenant(), id);
    }

    /// Gives a webhook another secret; the one before counts for a day besides.
    public Made renewSecret(DSLContext sql, CallContext context, UUID id) {
        require(context);
        Webhook webhook = find(sql, context.tenant(), id);
        String secret = WebhookSecret.fresh();
        sql.update(Hook.TABLE)
                .set(bare(Hook.FORMER_SECRET), bare(Hook.SECRET))
                .set(bare(Hook.FORMER_UNTIL), clock.instant().plus(FORMER).atOffset(ZoneOffset.UTC))
                .set(bare(Hook.SECRET), vault.seal(sql, place(context.tenant(), id), secret))
                .where(Hook.one(context.tenant(), id))
                .execute();
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        changes.addObject().put("field", SECRET).putNull("old").putNull("new");
        audit(sql, context, id, AuditEntry.Action.UPDATE, changes);
        return new Made(webhook, secret);
    }

    /// Removes a webhook with what it was told of.
    public void delete(DSLContext sql, CallContext context, UUID id) {
        require(context);
        Webhook before = find(sql, context.tenant(), id);
        sql.deleteFrom(Told.TABLE).where(Told.of(context.tenant(), id)).execute();
        sql.deleteFrom(Hook.TABLE).where(Hook.one(context.tenant(), id)).execute();
        audit(sql, context, id, AuditEntry.Action.DELETE, changes(before, null));
    }

    /// Where a webhook's secret belongs.
    static Vault.Place place(UUID tenant, UUID webhook) {
        return new Vault.Place(tenant, "webhook", webhook, SECRET);
    }

    /// A statement that writes names columns without their table.
    static <T> Field<T> bare(Field<T> column) {
        return DSL.field(column.getUnqualifiedName(), column.getDataType());
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private void audit(DSLContext sql, CallContext context, UUID id, AuditEntry.Action action, ArrayNode changes) {
        trail.write(sql, context, List.of(new AuditEntry("webhook", AuditEntry.WEBHOOKS, id, 1, action, changes)));
    }

    private static ArrayNode changes(@Nullable Webhook before, @Nullable WebhookInput after) {
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        change(changes, "name", before == null ? null : before.name(), after == null ? null : after.name());
        change(changes, "url", before == null ? null : before.url(), after == null ? null : after.url());
        change(
                changes,
                "events",
                before == null ? null : String.join(", ", before.events()),
                after == null ? null : String.join(", ", after.events()));
        change(
                changes,
                "active",
                before == null ? null : Boolean.toString(before.active()),
                after == null ? null : Boolean.toString(after.active()));
        return changes;
    }

    private static void change(ArrayNode changes, String field, @Nullable String before, @Nullable String after) {
        if (before == null || !before.equals(after)) {
            ObjectNode change = changes.addObject().put("field", field);
            change.put("old", before).put("new", after);
        }
    }

    private static Webhook webhook(Record row) {
        return new Webhook(
                row.get(Hook.ID),
                row.get(Hook.NAME),
                row.get(Hook.URL),
                List.of(row.get(Hook.EVENTS)),
                row.get(Hook.OWNER),
                row.get(Hook.SKIP_OWN),
                row.get(Hook.ACTIVE),
                row.get(Hook.PAUSED_BECAUSE),
                row.get(Hook.FAILURES),
                instant(row.get(Hook.FAILING_SINCE)),
                row.get(Hook.CREATED_AT).toInstant(),
                row.get(Hook.UPDATED_AT).toInstant());
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime moment) {
        return moment == null ? null : moment.toInstant();
    }
}
