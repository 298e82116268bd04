package io.relata.core.job;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// The columns of the job tables.
final class JobTable {

    private static final Name JOB_NAME = DSL.name("relata", "job");
    private static final Name ERROR_NAME = DSL.name("relata", "job_error");

    static final Table<Record> JOB = DSL.table(JOB_NAME);
    static final Field<UUID> TENANT = job("tenant_id", UUID.class);
    static final Field<UUID> ID = job("id", UUID.class);
    static final Field<String> KIND = job("kind", String.class);
    static final Field<String> ENTITY = job("entity", String.class);
    static final Field<JSONB> DEFINITION = job("definition", JSONB.class);
    static final Field<JSONB> CHECKPOINT = job("checkpoint", JSONB.class);
    static final Field<String> STATE = job("state", String.class);
    static final Field<Boolean> CANCEL_ASKED = job("cancel_asked", Boolean.class);
    static final Field<Long> TOTAL = job("total", Long.class);
    static final Field<Long> PROCESSED = job("processed", Long.class);
    static final Field<Long> CREATED = job("created", Long.class);
    static final Field<Long> UPDATED = job("updated", Long.class);
    static final Field<Long> UNCHANGED = job("unchanged", Long.class);
    static final Field<Long> DELETED = job("deleted", Long.class);
    static final Field<Long> RESTORED = job("restored", Long.class);
    static final Field<Long> REJECTED = job("rejected", Long.class);
    static final Field<JSONB> PROBLEM = job("problem", JSONB.class);
    static final Field<JSONB> REQUESTED_BY = job("requested_by", JSONB.class);
    static final Field<OffsetDateTime> CREATED_AT = job("created_at", OffsetDateTime.class);
    static final Field<OffsetDateTime> STARTED_AT = job("started_at", OffsetDateTime.class);
    static final Field<OffsetDateTime> FINISHED_AT = job("finished_at", OffsetDateTime.class);
    static final Field<UUID> RUNNER = job("runner", UUID.class);
    static final Field<OffsetDateTime> LEASE_UNTIL = job("lease_until", OffsetDateTime.class);
    static final Field<Short> ATTEMPTS = job("attempts", Short.class);

    static final Table<Record> ERROR = DSL.table(ERROR_NAME);
    static final Field<UUID> ERROR_TENANT = error("tenant_id", UUID.class);
    static final Field<UUID> ERROR_JOB = error("job_id", UUID.class);
    static final Field<Long> ERROR_NUMBER = error("number", Long.class);
    static final Field<Long> ERROR_LINE = error("line", Long.class);
    static final Field<UUID> ERROR_RECORD = error("record_id", UUID.class);
    static final Field<JSONB> ERROR_VALUES = error("row_values", JSONB.class);
    static final Field<JSONB> ERROR_FAULTS = error("faults", JSONB.class);

    private JobTable() {}

    /// Returns the condition for one job of the tenant.
    static Condition job(UUID tenant, UUID id) {
        return TENANT.eq(tenant).and(ID.eq(id));
    }

    private static <T> Field<T> job(String column, Class<T> type) {
        return DSL.field(JOB_NAME.append(column), type);
    }

    private static <T> Field<T> error(String column, Class<T> type) {
        return DSL.field(ERROR_NAME.append(column), type);
    }
}
