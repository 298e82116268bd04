package io.relata.core.automation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.audit.AuditEntry;
import io.relata.core.audit.AuditTrail;
import io.relata.core.automation.AutomationTables.One;
import io.relata.core.automation.AutomationTables.Run;
import io.relata.core.automation.AutomationTables.Version;
import io.relata.core.feed.Outbox;
import io.relata.core.id.Ids;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.notification.Notifications;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.RecordAssignment;
import io.relata.core.record.RecordWriter;
import io.relata.core.sql.StoredDocument;
import io.relata.core.tenant.TenantTransaction;
import io.relata.core.view.Kept;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The tenant's automations, for its administrators. What changes is written down. Thread-safe.
public final class Automations {

    /// The most of a tenant.
    static final int MOST = 200;

    private static final Field<Long> WAITING = DSL.field(
                    "(select count(*) from relata.automation_run run where run.tenant_id = automation.tenant_id"
                            + " and run.automation_id = automation.id and run.state = 'waiting')",
                    Long.class)
            .as("waiting");
    private static final Field<JSONB> DEFINITION = DSL.field(
                    "(select definition from relata.automation_version v where v.tenant_id = automation.tenant_id"
                            + " and v.automation_id = automation.id and v.version = automation.version)",
                    JSONB.class)
            .as("definition");

    private final Parts parts;
    private final AutomationRuns runs;
    private final AutomationTrial trial;

    /// What automations are made of.
    public record Parts(
            TenantTransaction transactions,
            Function<UUID, MetadataSnapshot> metadata,
            RecordWriter writer,
            RecordAssignment assignment,
            Notifications notifications,
            AuditTrail trail,
            Ids ids,
            Clock clock) {}

    public Automations(Parts parts) {
        this.parts = parts;
        this.trial = new AutomationTrial(parts);
        this.runs = new AutomationRuns(parts, new NewRuns(parts.ids(), parts.clock()));
    }

    public AutomationRuns runs() {
        return runs;
    }

    public AutomationTrial trial() {
        return trial;
    }

    /// Refuses who is no administrator.
    ///
    /// @throws ProblemException FORBIDDEN
    public static void require(CallContext context) {
        if (!context.hasRole(CallContext.ADMINISTRATOR)) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "automation-administrators-only");
        }
    }

    /// Returns all of the tenant's, by name.
    public List<Automation> list(CallContext context) {
        require(context);
        return parts.transactions().call(context, sql -> select(sql, context.tenant(), DSL.noCondition()));
    }

    /// Returns one.
    ///
    /// @throws ProblemException NOT_FOUND
    public Automation find(CallContext context, UUID id) {
        require(context);
        return parts.transactions().call(context, sql -> find(sql, context.tenant(), id));
    }

    static Automation find(DSLContext sql, UUID tenant, UUID id) {
        return select(sql, tenant, AutomationTables.ID.eq(id)).stream()
                .findFirst()
                .orElseThrow(ProblemException::notFound);
    }

    private static List<Automation> select(DSLContext sql, UUID tenant, Condition which) {
        return List.copyOf(sql.select(DSL.asterisk(), WAITING, DEFINITION)
                .from(One.TABLE)
                .where(AutomationTables.TENANT.eq(tenant))
                .and(which)
                .orderBy(One.NAME, AutomationTables.ID)
                .fetch(Automations::automation));
    }

    /// Returns what the tenant's automations do, each by the version that it has now.
    public static List<Kept> kept(DSLContext sql, UUID tenant) {
        return select(sql, tenant, DSL.noCondition()).stream()
                .map(one -> new Kept(one.id(), one.owner(), one.name(), true, (ObjectNode) one.definition()))
                .toList();
    }

    /// Returns what is wrong with a definition.
    public static List<Violation> wrong(JsonNode definition, MetadataSnapshot snapshot) {
        try {
            AutomationDefinition.read(definition, snapshot);
            return List.of();
        } catch (ProblemException wrong) {
            return wrong.violations();
        }
    }

    /// Returns what an automation did and does, the newest version first.
    ///
    /// @throws ProblemException NOT_FOUND
    public List<Automation.Version> versions(CallContext context, UUID id) {
        UUID found = find(context, id).id();
        return parts.transactions()
                .call(
                        context,
                        sql -> List.copyOf(sql.selectFrom(Version.TABLE)
                                .where(Run.of(context.tenant(), found))
                                .orderBy(AutomationTables.VERSION.desc())
                                .limit(100)
                                .fetch(row -> new Automation.Version(
                                        row.get(AutomationTables.VERSION),
                                        row.get(Version.MADE_BY),
                                        row.get(Version.MADE_AT).toInstant(),
                                        StoredDocument.parse(row.get(Version.DEFINITION))))));
    }

    /// Makes an automation that acts on what happens from now on, on the caller's behalf.
    ///
    /// @throws ProblemException VALIDATION with every violation
    public Automation create(DSLContext sql, CallContext context, JsonNode body) {
        require(context);
        AutomationDefinition definition =
                AutomationDefinition.read(body, parts.metadata().apply(context.tenant()));
        if (sql.fetchCount(One.TABLE, AutomationTables.TENANT.eq(context.tenant())) >= MOST) {
            throw ProblemException.invalid(List.of(Violation.of(null, "automation-most", MOST)));
        }
        UUID id = parts.ids().next();
        OffsetDateTime now = now();
        sql.insertInto(One.TABLE)
                .set(AutomationTables.TENANT, context.tenant())
                .set(AutomationTables.ID, id)
                .set(One.NAME, definition.name())
                .set(One.ENTITY, definition.entity().id())
                .set(AutomationTables.VERSION, 1)
                .set(One.ACTIVE, definition.active())
                .set(One.OWNER, context.user())
                .set(One.FOLLOWS, definition.trigger() instanceof Trigger.Saved)
                .set(One.AFTER_TX, Outbox.NOW)
                .set(One.AFTER_ID, Outbox.Place.LAST)
                .set(One.DUE_AT, due(definition, context))
                .set(One.CREATED_AT, now)
                .set(One.UPDATED_AT, now)
                .execute();
        store(sql, context, id, 1, body);
        audit(sql, context, id, AuditEntry.Action.CREATE, DefinitionChanges.of(null, body));
        return find(sql, context.tenant(), id);
    }

    /// Replaces what an automation does. Runs under way go on as they began; one that is made active acts on what
    /// happens from then on, on the caller's behalf.
    public Automation replace(DSLContext sql, CallContext context, UUID id, JsonNode body) {
        require(context);
        Automation before = find(sql, context.tenant(), id);
        AutomationDefinition definition =
                AutomationDefinition.read(body, parts.metadata().apply(context.tenant()));
        ObjectNode written = DefinitionChanges.stored(body);
        boolean same = written.equals(before.definition());
        boolean again = definition.active() && !before.active();
        int version = same ? before.version() : before.version() + 1;
        var update = sql.update(One.TABLE)
                .set(One.NAME, definition.name())
                .set(One.ENTITY, definition.entity().id())
                .set(AutomationTables.VERSION, version)
                .set(One.ACTIVE, definition.active())
                .setNull(One.PAUSED_BECAUSE)
                .set(One.FOLLOWS, definition.trigger() instanceof Trigger.Saved)
                .set(One.UPDATED_AT, now());
        if (again) {
            update = update.set(One.OWNER, context.user())
                    .set(One.AFTER_TX, Outbox.NOW)
                    .set(One.AFTER_ID, Outbox.Place.LAST);
        }
        if (again || !same) {
            update = update.set(One.DUE_AT, due(definition, context))
                    .setNull(One.SWEEP_DAY)
                    .setNull(One.SWEEP_AFTER)
                    .setNull(One.SWEEP_UP_TO);
        }
        update.where(One.is(context.tenant(), id)).execute();
        if (!same) {
            store(sql, context, id, version, body);
        }
        audit(sql, context, id, AuditEntry.Action.UPDATE, DefinitionChanges.of(before, body));
        return find(sql, context.tenant(), id);
    }

    /// Removes an automation with all its runs.
    public void delete(DSLContext sql, CallContext context, UUID id) {
        require(context);
        Automation before = find(sql, context.tenant(), id);
        sql.deleteFrom(Run.TABLE).where(Run.of(context.tenant(), id)).execute();
        sql.deleteFrom(Version.TABLE).where(Run.of(context.tenant(), id)).execute();
        sql.deleteFrom(One.TABLE).where(One.is(context.tenant(), id)).execute();
        audit(sql, context, id, AuditEntry.Action.DELETE, DefinitionChanges.of(before, null));
    }

    private @Nullable OffsetDateTime due(AutomationDefinition definition, CallContext context) {
        return definition.trigger() instanceof Trigger.Timed timed
                ? timed.after(parts.clock().instant().atZone(context.zone())).toOffsetDateTime()
                : null;
    }

    private void store(DSLContext sql, CallContext context, UUID id, int version, JsonNode body) {
        sql.insertInto(Version.TABLE)
                .set(AutomationTables.TENANT, context.tenant())
                .set(AutomationTables.AUTOMATION, id)
                .set(AutomationTables.VERSION, version)
                .set(
                        Version.DEFINITION,
                        JSONB.valueOf(DefinitionChanges.stored(body).toString()))
                .set(Version.MADE_BY, context.user())
                .set(Version.MADE_AT, now())
                .execute();
    }

    private OffsetDateTime now() {
        return parts.clock().instant().atOffset(ZoneOffset.UTC);
    }

    private void audit(DSLContext sql, CallContext context, UUID id, AuditEntry.Action action, ArrayNode changes) {
        parts.trail()
                .write(
                        sql,
                        context,
                        List.of(new AuditEntry("automation", AuditEntry.AUTOMATIONS, id, 1, action, changes)));
    }

    private static Automation automation(Record row) {
        return new Automation(
                row.get(AutomationTables.ID),
                row.get(One.NAME),
                row.get(One.ENTITY),
                row.get(AutomationTables.VERSION),
                row.get(One.ACTIVE),
                row.get(One.PAUSED_BECAUSE),
                row.get(One.OWNER),
                StoredDocument.parse(row.get(DEFINITION)),
                Optional.ofNullable(row.get(One.DUE_AT))
                        .map(OffsetDateTime::toInstant)
                        .orElse(null),
                row.get(WAITING),
                row.get(One.DONE),
                row.get(One.FAILED),
                row.get(One.MILLIS),
                row.get(One.CREATED_AT).toInstant(),
                row.get(One.UPDATED_AT).toInstant());
    }
}
