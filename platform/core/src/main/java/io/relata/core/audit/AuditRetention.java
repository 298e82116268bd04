package io.relata.core.audit;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// For how many months a tenant keeps its audit trail, and takes away what is older: whole seals, the oldest first. The
/// database decides what may go, by the tenant's policy; while anything of the tenant is on legal hold, nothing does.
public final class AuditRetention {

    public static final int LEAST_MONTHS = 6;
    public static final int MOST_MONTHS = 240;

    private static final int PORTION = 5_000;

    /// A tenant with more waits for the next time.
    private static final int MOST_PORTIONS = 200;

    /// Bound to no tenant: the query asks for ids of tenants only.
    private static final UUID NO_TENANT = new UUID(0, 0);

    private static final Logger LOG = LoggerFactory.getLogger(AuditRetention.class);

    private static final Table<Record> RETENTION = table(name("relata", "audit_retention"));
    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<Integer> MONTHS = field(name("months"), Integer.class);
    private static final Field<UUID> BY = field(name("changed_by"), UUID.class);
    private static final Field<OffsetDateTime> AT = field(name("changed_at"), OffsetDateTime.class);

    private final TenantTransaction transactions;
    private final AuditTrail trail;
    private final Clock clock;

    public AuditRetention(TenantTransaction transactions, AuditTrail trail, Clock clock) {
        this.transactions = transactions;
        this.trail = trail;
        this.clock = clock;
    }

    /// Returns for how many months the trail is kept; empty for ever.
    ///
    /// @throws ProblemException FORBIDDEN
    public Optional<Integer> months(CallContext context) {
        requireAdministrator(context);
        return transactions.read(context.tenant(), sql -> months(sql, context.tenant()));
    }

    private static Optional<Integer> months(DSLContext sql, UUID tenant) {
        return sql.select(MONTHS).from(RETENTION).where(TENANT.eq(tenant)).fetchOptional(MONTHS);
    }

    /// Says for how many months the trail is kept; `null` for ever.
    ///
    /// @throws ProblemException FORBIDDEN; VALIDATION when there are too few months, or too many
    public void keep(CallContext context, @Nullable Integer months) {
        requireAdministrator(context);
        if (months != null && (months < LEAST_MONTHS || months > MOST_MONTHS)) {
            throw ProblemException.invalid(
                    List.of(Violation.of("auditMonths", "not-between", LEAST_MONTHS, MOST_MONTHS)));
        }
        transactions.call(context, sql -> {
            Optional<Integer> before = months(sql, context.tenant());
            if (months == null) {
                sql.deleteFrom(RETENTION).where(TENANT.eq(context.tenant())).execute();
            } else {
                OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
                sql.insertInto(RETENTION, TENANT, MONTHS, BY, AT)
                        .values(context.tenant(), months, context.user(), now)
                        .onConflict(TENANT)
                        .doUpdate()
                        .set(MONTHS, months)
                        .set(BY, context.user())
                        .set(AT, now)
                        .execute();
            }
            ArrayNode changes = JsonNodeFactory.instance.arrayNode();
            changes.addObject()
                    .put("field", "auditMonths")
                    .put("old", before.orElse(null))
                    .put("new", months);
            trail.keep(
                    sql,
                    context,
                    List.of(new AuditEntry(
                            "trail", AuditEntry.TRAIL, context.tenant(), 1, AuditEntry.Action.UPDATE, changes)));
            return true;
        });
    }

    private static void requireAdministrator(CallContext context) {
        if (!context.hasRole(CallContext.ADMINISTRATOR)) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "access-administrators-only");
        }
    }

    /// Takes away what has been kept long enough, in all tenants, and looks after the parts of the table.
    public void expireAll() {
        transactions.call(NO_TENANT, sql -> sql.execute("select relata.make_audit_parts()"));
        List<UUID> tenants = transactions.call(
                NO_TENANT,
                sql -> sql.select(field("expiring.tenant", UUID.class))
                        .from("relata.tenants_that_expire() as expiring(tenant)")
                        .fetch(0, UUID.class));
        tenants.forEach(this::expire);
        transactions.call(NO_TENANT, sql -> sql.execute("select relata.drop_audit_parts()"));
    }

    private void expire(UUID tenant) {
        long all = 0;
        long gone = PORTION;
        for (int i = 0; gone == PORTION && i < MOST_PORTIONS; i++) {
            gone = transactions.call(
                    tenant,
                    sql -> sql.select(field("relata.expire_audit({0}, {1})", Long.class, val(tenant), val(PORTION)))
                            .fetchSingle()
                            .value1());
            all += gone;
        }
        if (all > 0) {
            LOG.info("Audit of tenant {}: {} entries were kept long enough and went", tenant, all);
        }
    }

    /// Returns since when the trail is whole: before, entries have gone; empty when none has.
    public static Optional<OffsetDateTime> since(DSLContext sql, UUID tenant) {
        return sql.select(AuditSeals.AT)
                .from(AuditSeals.SEAL)
                .where(TENANT.eq(tenant))
                .and(AuditSeals.ANCHOR)
                .orderBy(AuditSeals.NUMBER.desc())
                .limit(1)
                .fetchOptional(AuditSeals.AT);
    }
}
