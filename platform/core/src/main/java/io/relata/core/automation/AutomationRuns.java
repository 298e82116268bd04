package io.relata.core.automation;

import io.relata.core.automation.AutomationRun.State;
import io.relata.core.automation.AutomationTables.One;
import io.relata.core.automation.AutomationTables.Run;
import io.relata.core.automation.AutomationTables.Version;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.RecordSharing;
import io.relata.core.record.WriteTransaction;
import io.relata.core.sql.StoredDocument;
import io.relata.spi.CallContext;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// What automations have taken on: to look at, to take up again, and to begin by hand.
public final class AutomationRuns {

    /// Of records that somebody may ask an automation for at once.
    public static final int MOST = 1_000;

    private static final Duration KEPT = Duration.ofDays(30);

    private final Automations.Parts parts;
    private final NewRuns fresh;

    AutomationRuns(Automations.Parts parts, NewRuns fresh) {
        this.parts = parts;
        this.fresh = fresh;
    }

    /// An automation that people can begin by hand.
    public record Offered(UUID id, String name) {}

    /// Returns an automation's, the newest first.
    ///
    /// @param state only those; `null` for all
    /// @param after those older than this one; `null` for the newest
    /// @throws ProblemException NOT_FOUND, INVALID_QUERY
    public List<AutomationRun> list(
            CallContext context, UUID automation, @Nullable String state, @Nullable UUID after, int top) {
        Automations.require(context);
        Condition wanted = Run.of(context.tenant(), automation);
        if (state != null) {
            if (Arrays.stream(State.values()).noneMatch(one -> one.code().equals(state))) {
                throw ProblemException.of(ProblemCode.INVALID_QUERY, "automation-run-state", state);
            }
            wanted = wanted.and(Run.STATE.eq(state));
        }
        Condition shown = after == null ? wanted : wanted.and(AutomationTables.ID.lt(after));
        return parts.transactions().call(context, sql -> {
            UUID found = Automations.find(sql, context.tenant(), automation).id();
            return List.copyOf(sql.selectFrom(Run.TABLE)
                    .where(shown)
                    .and(AutomationTables.AUTOMATION.eq(found))
                    .orderBy(AutomationTables.ID.desc())
                    .limit(top)
                    .fetch(AutomationRuns::run));
        });
    }

    /// Has a run that failed tried again at the step that was refused, or all that failed.
    ///
    /// @param run `null` for all
    /// @return how many
    /// @throws ProblemException NOT_FOUND
    public int retry(DSLContext sql, CallContext context, UUID automation, @Nullable UUID run) {
        return again(sql, context, automation, run, false);
    }

    /// Has a run that failed go on behind the step that was refused.
    ///
    /// @throws ProblemException NOT_FOUND
    public int skip(DSLContext sql, CallContext context, UUID automation, UUID run) {
        return again(sql, context, automation, run, true);
    }

    private int again(DSLContext sql, CallContext context, UUID automation, @Nullable UUID run, boolean leaveOut) {
        Automations.require(context);
        UUID tenant = context.tenant();
        UUID found = Automations.find(sql, tenant, automation).id();
        OffsetDateTime now = parts.clock().instant().atOffset(ZoneOffset.UTC);
        String skipped = "[" + RunDocuments.entry(now.toInstant(), "", "skipped", null) + "]";
        var update = sql.update(Run.TABLE)
                .set(Run.STATE, State.WAITING.code())
                .set(Run.ATTEMPTS, (short) 0)
                .set(Run.NEXT_AT, now)
                .setNull(Run.REASON)
                .setNull(Run.ENDED_AT);
        if (leaveOut) {
            update = update.set(Run.STEP, Run.STEP.plus(1))
                    .set(Run.LOG, DSL.field("{0} || {1}", JSONB.class, Run.LOG, DSL.val(JSONB.valueOf(skipped))));
        }
        int changed = update.where(Run.of(tenant, found))
                .and(Run.STATE.eq(State.FAILED.code()))
                .and(run == null ? DSL.noCondition() : AutomationTables.ID.eq(run))
                .execute();
        if (run != null && changed == 0) {
            throw ProblemException.notFound();
        }
        sql.update(One.TABLE)
                .set(One.FAILED, DSL.greatest(One.FAILED.minus(changed), DSL.val(0L)))
                .where(One.is(tenant, found))
                .execute();
        return changed;
    }

    /// Returns the active automations that can be begun by hand for records of an entity, by name.
    public List<Offered> offered(CallContext context, EntityDefinition entity) {
        return parts.transactions()
                .call(
                        context,
                        sql -> List.copyOf(sql.select(AutomationTables.ID, One.NAME)
                                .from(One.TABLE)
                                .where(AutomationTables.TENANT.eq(context.tenant()))
                                .and(One.ENTITY.eq(entity.id()))
                                .and(One.ACTIVE)
                                .and(manual(context.tenant()))
                                .orderBy(One.NAME, AutomationTables.ID)
                                .fetch(row -> new Offered(row.value1(), row.value2()))));
    }

    private static Condition manual(UUID tenant) {
        return DSL.exists(DSL.selectOne()
                .from(Version.TABLE)
                .where(DSL.field("automation_version.tenant_id", UUID.class).eq(tenant))
                .and("automation_version.automation_id = automation.id")
                .and("automation_version.version = automation.version")
                .and("automation_version.definition -> 'trigger' ->> 'on' = 'manual'"));
    }

    /// Has an automation take on records because somebody asks for it, who may change each of them.
    ///
    /// @return how many meet its condition
    /// @throws ProblemException NOT_FOUND when there is no such automation, it cannot be begun by hand, or one of the
    ///     records is out of the caller's sight; FORBIDDEN when the caller may not change one
    public int begin(WriteTransaction tx, UUID automation, List<UUID> records) {
        DSLContext sql = tx.sql();
        if (records.isEmpty() || records.size() > MOST) {
            throw ProblemException.invalid(List.of(Violation.of("records", "automation-records", MOST)));
        }
        Working working = Working.of(sql, tx.tenant(), automation, tx.snapshot())
                .filter(one -> one.definition(sql).trigger() instanceof Trigger.Manual)
                .orElseThrow(ProblemException::notFound);
        RecordSharing.requireUpdatable(tx, working.entity(), records);
        return fresh.asked(sql, working, records);
    }

    /// Removes a bounded number of the tenant's oldest that are over.
    ///
    /// @return whether there may be more
    public boolean purge(DSLContext sql, UUID tenant, int most) {
        OffsetDateTime before = parts.clock().instant().minus(KEPT).atOffset(ZoneOffset.UTC);
        var old = DSL.select(AutomationTables.ID)
                .from(Run.TABLE)
                .where(AutomationTables.TENANT.eq(tenant))
                .and(Run.ENDED_AT.lt(before))
                .orderBy(Run.ENDED_AT)
                .limit(most);
        return sql.deleteFrom(Run.TABLE)
                        .where(AutomationTables.TENANT.eq(tenant))
                        .and(AutomationTables.ID.in(old))
                        .execute()
                == most;
    }

    private static AutomationRun run(Record row) {
        State state = State.valueOf(row.get(Run.STATE).toUpperCase(Locale.ROOT));
        JSONB reason = row.get(Run.REASON);
        return new AutomationRun(
                row.get(AutomationTables.ID),
                row.get(AutomationTables.VERSION),
                row.get(Run.RECORD),
                state,
                state == State.WAITING ? row.get(Run.NEXT_AT).toInstant() : null,
                reason == null ? List.of() : RunDocuments.reason(StoredDocument.parse(reason)),
                RunDocuments.log(StoredDocument.parse(row.get(Run.LOG))),
                row.get(Run.CREATED_AT).toInstant(),
                instant(row.get(Run.ENDED_AT)));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime moment) {
        return Optional.ofNullable(moment).map(OffsetDateTime::toInstant).orElse(null);
    }
}
