package io.relata.core.plan;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;

import io.relata.core.plan.Plan.State;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/// The table of plans.
final class PlanStore {

    private static final Table<?> PLAN = table(name("relata", "metadata_plan"));
    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> ID = field(name("id"), UUID.class);
    private static final Field<String> TITLE = field(name("title"), String.class);
    private static final Field<String> STATE = field(name("state"), String.class);
    private static final Field<Long> BASE = field(name("base_version"), Long.class);
    private static final Field<Long> VERSION = field(name("version"), Long.class);
    private static final Field<JSONB> CHANGES = field(name("changes"), JSONB.class);
    private static final Field<JSONB> IMPACTS = field(name("impacts"), JSONB.class);
    private static final Field<UUID[]> JOBS = field(name("jobs"), UUID[].class);
    private static final Field<UUID> REVERTS = field(name("reverts"), UUID.class);
    private static final Field<OffsetDateTime> CREATED_AT = field(name("created_at"), OffsetDateTime.class);
    private static final Field<UUID> CREATED_BY = field(name("created_by"), UUID.class);
    private static final Field<OffsetDateTime> APPLIED_AT = field(name("applied_at"), OffsetDateTime.class);
    private static final Field<UUID> APPLIED_BY = field(name("applied_by"), UUID.class);

    private PlanStore() {}

    static void insert(DSLContext sql, UUID tenant, Plan plan) {
        sql.insertInto(PLAN)
                .columns(
                        TENANT,
                        ID,
                        TITLE,
                        STATE,
                        BASE,
                        VERSION,
                        CHANGES,
                        IMPACTS,
                        JOBS,
                        REVERTS,
                        CREATED_AT,
                        CREATED_BY,
                        APPLIED_AT,
                        APPLIED_BY)
                .values(
                        tenant,
                        plan.id(),
                        plan.title(),
                        plan.state().code(),
                        plan.baseVersion(),
                        plan.version(),
                        StoredDiff.changes(plan.diff()),
                        StoredDiff.impacts(plan.impacts()),
                        plan.jobs().toArray(UUID[]::new),
                        plan.reverts(),
                        time(plan.createdAt()),
                        plan.createdBy(),
                        time(plan.appliedAt()),
                        plan.appliedBy())
                .execute();
    }

    static void applied(DSLContext sql, UUID tenant, Plan plan) {
        sql.update(PLAN)
                .set(STATE, plan.state().code())
                .set(VERSION, plan.version())
                .set(CHANGES, StoredDiff.changes(plan.diff()))
                .set(JOBS, plan.jobs().toArray(UUID[]::new))
                .set(APPLIED_AT, time(plan.appliedAt()))
                .set(APPLIED_BY, plan.appliedBy())
                .where(TENANT.eq(tenant))
                .and(ID.eq(plan.id()))
                .execute();
    }

    static void delete(DSLContext sql, UUID tenant, UUID id) {
        sql.deleteFrom(PLAN)
                .where(TENANT.eq(tenant))
                .and(ID.eq(id))
                .and(STATE.eq(State.OPEN.code()))
                .execute();
    }

    /// Returns the plan, and sees to it that nobody else changes it until the transaction ends.
    static Optional<Plan> lock(DSLContext sql, UUID tenant, UUID id) {
        return Optional.ofNullable(query(sql, tenant)
                        .and(field(name("p", "id"), UUID.class).eq(id))
                        .forUpdate()
                        .fetchOne())
                .map(PlanStore::read);
    }

    static Optional<Plan> find(DSLContext sql, UUID tenant, UUID id) {
        return query(sql, tenant)
                .and(field(name("p", "id"), UUID.class).eq(id))
                .fetchOptional()
                .map(PlanStore::read);
    }

    /// Returns the newest plans, the newest first; ids grow with time.
    static List<Plan> newest(DSLContext sql, UUID tenant, @Nullable UUID before, int count) {
        Field<UUID> id = field(name("p", "id"), UUID.class);
        SelectConditionStep<Record> query = query(sql, tenant);
        return (before == null ? query : query.and(id.lt(before)))
                .orderBy(id.desc())
                .limit(count)
                .fetch(PlanStore::read);
    }

    private static SelectConditionStep<Record> query(DSLContext sql, UUID tenant) {
        Field<UUID> revertedBy = field(select(ID)
                        .from(PLAN)
                        .where(TENANT.eq(tenant))
                        .and(REVERTS.eq(field(name("p", "id"), UUID.class)))
                        .and(STATE.eq(State.APPLIED.code()))
                        .orderBy(ID.desc())
                        .limit(1))
                .as("reverted_by");
        return sql.select(PLAN.as("p").asterisk(), revertedBy)
                .from(PLAN.as("p"))
                .where(field(name("p", "tenant_id"), UUID.class).eq(tenant));
    }

    private static Plan read(Record row) {
        return new Plan(
                row.get(ID),
                row.get(TITLE),
                State.valueOf(row.get(STATE).toUpperCase(Locale.ROOT)),
                row.get(BASE),
                row.get(VERSION),
                StoredDiff.changes(row.get(CHANGES)),
                StoredDiff.impacts(row.get(IMPACTS)),
                List.of(row.get(JOBS)),
                row.get(REVERTS),
                row.get("reverted_by", UUID.class),
                row.get(CREATED_AT).toInstant(),
                row.get(CREATED_BY),
                instant(row.get(APPLIED_AT)),
                row.get(APPLIED_BY));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
