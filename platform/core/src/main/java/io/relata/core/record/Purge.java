package io.relata.core.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.MetadataService;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Takes deleted records away for good, after as many days as the tenant's administrators have said; nothing is taken
/// away where they have said nothing. What happened to the records stays in the audit trail.
public final class Purge {

    /// So long a deletion can be undone in any case.
    public static final int LEAST_DAYS = 30;

    public static final int MOST_DAYS = 3_650;

    private static final int PORTION = 1_000;
    private static final int MOST_PORTIONS = 200;

    /// Bound to no tenant: the query asks for ids of tenants only.
    private static final UUID NO_TENANT = new UUID(0, 0);

    private static final Table<Record> RETENTION = table(name("relata", "retention"));
    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<Integer> DAYS = field(name("deleted_days"), Integer.class);
    private static final Field<UUID> BY = field(name("changed_by"), UUID.class);
    private static final Field<OffsetDateTime> AT = field(name("changed_at"), OffsetDateTime.class);
    private static final Field<UUID> ENTITY = field(name("entity_id"), UUID.class);
    private static final Field<UUID> RECORD = field(name("record_id"), UUID.class);

    private final TenantTransaction transactions;
    private final MetadataService metadata;
    private final Clock clock;

    public Purge(TenantTransaction transactions, MetadataService metadata, Clock clock) {
        this.transactions = transactions;
        this.metadata = metadata;
        this.clock = clock;
    }

    /// Returns for how many days deleted records are kept; empty for ever.
    public Optional<Integer> days(CallContext context) {
        requireAdministrator(context);
        return transactions.call(context, sql -> days(sql, context.tenant()));
    }

    private static Optional<Integer> days(DSLContext sql, UUID tenant) {
        return sql.select(DAYS).from(RETENTION).where(TENANT.eq(tenant)).fetchOptional(DAYS);
    }

    /// Says for how many days deleted records are kept; `null` for ever.
    ///
    /// @throws ProblemException FORBIDDEN; VALIDATION when there are too few days, or too many
    public void keep(CallContext context, @Nullable Integer days) {
        requireAdministrator(context);
        if (days != null && (days < LEAST_DAYS || days > MOST_DAYS)) {
            throw ProblemException.invalid(List.of(Violation.of("deletedDays", "not-between", LEAST_DAYS, MOST_DAYS)));
        }
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        transactions.call(
                context,
                sql -> days == null
                        ? sql.deleteFrom(RETENTION)
                                .where(TENANT.eq(context.tenant()))
                                .execute()
                        : sql.insertInto(RETENTION, TENANT, DAYS, BY, AT)
                                .values(context.tenant(), days, context.user(), now)
                                .onConflict(TENANT)
                                .doUpdate()
                                .set(DAYS, days)
                                .set(BY, context.user())
                                .set(AT, now)
                                .execute());
    }

    private static void requireAdministrator(CallContext context) {
        if (!context.hasRole(CallContext.ADMINISTRATOR)) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "access-administrators-only");
        }
    }

    /// Takes away what has been kept long enough, in all tenants.
    public void purgeAll() {
        List<UUID> tenants = transactions.call(
                NO_TENANT,
                sql -> sql.select(field("purging.tenant", UUID.class))
                        .from("relata.tenants_that_purge() as purging(tenant)")
                        .fetch(0, UUID.class));
        tenants.forEach(this::purge);
    }

    private void purge(UUID tenant) {
        for (EntityDefinition entity : metadata.snapshot(tenant).entities()) {
            boolean more = true;
            for (int i = 0; more && i < MOST_PORTIONS; i++) {
                more = transactions.call(tenant, sql -> purge(sql, tenant, entity));
            }
        }
    }

    private boolean purge(DSLContext sql, UUID tenant, EntityDefinition entity) {
        Optional<Integer> days = days(sql, tenant);
        if (days.isEmpty()) {
            return false;
        }
        RecordColumns columns = RecordColumns.of(entity, "r");
        List<UUID> gone = sql.select(columns.id())
                .from(columns.table())
                .where(columns.belongsTo(tenant))
                .and(columns.state().eq(DSL.inline(RecordColumns.DELETED)))
                .and(columns.updatedAt()
                        .lt(clock.instant().minus(Duration.ofDays(days.get())).atOffset(ZoneOffset.UTC)))
                .and(LegalHolds.holds(metadata.snapshot(tenant), tenant, columns)
                        .not())
                .orderBy(columns.updatedAt())
                .limit(PORTION)
                .forUpdate()
                .skipLocked()
                .fetch(columns.id());
        if (!gone.isEmpty()) {
            remove(
                    sql,
                    tenant,
                    entity,
                    gone.toArray(UUID[]::new),
                    clock.instant().atOffset(ZoneOffset.UTC));
        }
        return gone.size() == PORTION;
    }

    /// Takes deleted records away for good.
    public static void remove(DSLContext sql, UUID tenant, EntityDefinition entity, UUID[] ids, OffsetDateTime now) {
        RecordColumns columns = RecordColumns.of(entity);
        Condition theirs =
                TENANT.eq(tenant).and(ENTITY.eq(columns.entity().id())).and(RECORD.eq(DSL.any(ids)));
        sql.execute(
                "update relata.file file set released_at = {3} from relata.file_use used"
                        + " where file.tenant_id = {0} and used.tenant_id = {0} and used.entity_id = {1}"
                        + " and used.record_id = any({2}) and file.id = used.file_id",
                DSL.val(tenant), DSL.val(columns.entity().id()), DSL.val(ids), DSL.val(now));
        for (String table :
                List.of("file_use", "access_share", "consent", "deletion_effect", "list_item", "unique_value")) {
            sql.deleteFrom(table(name("relata", table))).where(theirs).execute();
        }
        sql.deleteFrom(table(name("relata", "deletion_effect")))
                .where(TENANT.eq(tenant))
                .and(field(name("cause_entity"), UUID.class).eq(columns.entity().id()))
                .and(field(name("cause_id"), UUID.class).eq(DSL.any(ids)))
                .execute();
        sql.deleteFrom(columns.table())
                .where(columns.belongsTo(tenant))
                .and(columns.id().eq(DSL.any(ids)))
                .execute();
    }
}
