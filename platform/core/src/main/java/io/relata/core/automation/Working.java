package io.relata.core.automation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.automation.AutomationTables.One;
import io.relata.core.automation.AutomationTables.Version;
import io.relata.core.feed.Outbox;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.problem.ProblemException;
import io.relata.core.sql.StoredDocument;
import io.relata.spi.CallContext;
import io.relata.spi.Origin;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// An automation that has its turn, as it stands in the transaction at hand.
///
/// @param call     on whose behalf it acts
/// @param place    how far in the outbox it has come
/// @param dueAt    when it looks at records next; `null` for never
/// @param sweep    the look at records that is under way; `null` for none
/// @param versions what it does, by version, as far as that was read
record Working(
        UUID tenant,
        UUID id,
        int version,
        EntityDefinition entity,
        boolean follows,
        CallContext call,
        MetadataSnapshot snapshot,
        Outbox.Place place,
        @Nullable Instant dueAt,
        @Nullable Sweep sweep,
        Map<Integer, AutomationDefinition> versions) {

    /// A look at records that takes more than one transaction.
    ///
    /// @param day   for which it looks
    /// @param after which record it has come to; `null` at the beginning
    /// @param upTo  the last record there is for it
    record Sweep(LocalDate day, @Nullable UUID after, UUID upTo) {}

    /// Takes the automation for this transaction, unless another process has it or it has nothing to do. One that
    /// cannot go on is paused.
    static Optional<Working> of(DSLContext sql, UUID tenant, UUID id, MetadataSnapshot snapshot) {
        Record row = sql.select(
                        One.OWNER,
                        One.ENTITY,
                        One.FOLLOWS,
                        One.AFTER_TX,
                        One.AFTER_ID,
                        One.DUE_AT,
                        One.SWEEP_DAY,
                        One.SWEEP_AFTER,
                        One.SWEEP_UP_TO,
                        AutomationTables.VERSION)
                .from(One.TABLE)
                .where(One.is(tenant, id))
                .and(One.ACTIVE)
                .forUpdate()
                .skipLocked()
                .fetchOne();
        if (row == null) {
            return Optional.empty();
        }
        CallContext call = call(sql, tenant, row.get(One.OWNER), id);
        if (call == null) {
            pause(sql, tenant, id, "owner");
            return Optional.empty();
        }
        EntityDefinition entity = snapshot.entities().stream()
                .filter(one -> one.id().equals(row.get(One.ENTITY)))
                .findFirst()
                .orElse(null);
        int version = row.get(AutomationTables.VERSION);
        Map<Integer, AutomationDefinition> versions = new HashMap<>();
        definition(sql, tenant, id, version, snapshot).ifPresent(read -> versions.put(version, read));
        if (entity == null || versions.isEmpty()) {
            pause(sql, tenant, id, "outdated");
            return Optional.empty();
        }
        OffsetDateTime due = row.get(One.DUE_AT);
        UUID upTo = row.get(One.SWEEP_UP_TO);
        return Optional.of(new Working(
                tenant,
                id,
                version,
                entity,
                row.get(One.FOLLOWS),
                call,
                snapshot,
                new Outbox.Place(row.get(One.AFTER_TX), row.get(One.AFTER_ID)),
                due == null ? null : due.toInstant(),
                upTo == null ? null : new Sweep(row.get(One.SWEEP_DAY), row.get(One.SWEEP_AFTER), upTo),
                versions));
    }

    /// Stops an automation until somebody makes it active again.
    static void pause(DSLContext sql, UUID tenant, UUID id, String because) {
        sql.update(One.TABLE)
                .set(One.ACTIVE, false)
                .set(One.PAUSED_BECAUSE, because)
                .where(One.is(tenant, id))
                .execute();
    }

    /// Returns what the automation does in its present version.
    AutomationDefinition definition(DSLContext sql) {
        return definition(sql, version).orElseThrow();
    }

    /// Returns what it did in a version; empty when the tenant no longer has what that speaks of.
    Optional<AutomationDefinition> definition(DSLContext sql, int wanted) {
        if (!versions.containsKey(wanted)) {
            definition(sql, tenant, id, wanted, snapshot).ifPresent(read -> versions.put(wanted, read));
        }
        return Optional.ofNullable(versions.get(wanted));
    }

    private static Optional<AutomationDefinition> definition(
            DSLContext sql, UUID tenant, UUID id, int version, MetadataSnapshot snapshot) {
        JsonNode stored = StoredDocument.parse(sql.select(Version.DEFINITION)
                .from(Version.TABLE)
                .where(AutomationTables.TENANT.eq(tenant))
                .and(AutomationTables.AUTOMATION.eq(id))
                .and(AutomationTables.VERSION.eq(version))
                .fetchSingle(Version.DEFINITION));
        try {
            return Optional.of(AutomationDefinition.read(((ObjectNode) stored).put("active", true), snapshot));
        } catch (ProblemException outdated) {
            return Optional.empty();
        }
    }

    /// Returns the call of an administrator; `null` when the user is none any more.
    private static @Nullable CallContext call(DSLContext sql, UUID tenant, UUID owner, UUID automation) {
        return sql.select(
                        DSL.field("t.locale", String.class),
                        DSL.field("t.time_zone", String.class),
                        DSL.field("t.currency", String.class))
                .from("control.tenant t join control.membership m on m.tenant_id = t.id")
                .where(
                        "t.id = {0} and m.user_id = {1} and m.status = 'active' and m.role = {2}",
                        DSL.val(tenant), DSL.val(owner), DSL.val(CallContext.ADMINISTRATOR))
                .fetchOne(row -> new CallContext(
                        tenant,
                        owner,
                        Set.of(CallContext.ADMINISTRATOR),
                        Locale.forLanguageTag(row.value1()),
                        ZoneId.of(row.value2()),
                        Currency.getInstance(row.value3()),
                        "automation-" + automation,
                        Origin.SYSTEM));
    }
}
