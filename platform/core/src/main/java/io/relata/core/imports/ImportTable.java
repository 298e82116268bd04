package io.relata.core.imports;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// The columns of the import tables.
final class ImportTable {

    private static final Name JOB_NAME = DSL.name("relata", "import_job");
    private static final Name REJECT_NAME = DSL.name("relata", "import_reject");

    static final Table<Record> JOB = DSL.table(JOB_NAME);
    static final Field<UUID> TENANT = job("tenant_id", UUID.class);
    static final Field<UUID> ID = job("id", UUID.class);
    static final Field<String> ENTITY = job("entity", String.class);
    static final Field<String> FILE_NAME = job("file_name", String.class);
    static final Field<String> FILE_KEY = job("file_key", String.class);
    static final Field<JSONB> MAPPING = job("mapping", JSONB.class);
    static final Field<JSONB> HEADER = job("header", JSONB.class);
    static final Field<String> STATE = job("state", String.class);
    static final Field<Boolean> CANCEL_ASKED = job("cancel_asked", Boolean.class);
    static final Field<Long> TOTAL = job("total", Long.class);
    static final Field<Long> PROCESSED = job("processed", Long.class);
    static final Field<Long> CREATED = job("created", Long.class);
    static final Field<Long> UPDATED = job("updated", Long.class);
    static final Field<Long> UNCHANGED = job("unchanged", Long.class);
    static final Field<Long> REJECTED = job("rejected", Long.class);
    static final Field<JSONB> PROBLEM = job("problem", JSONB.class);
    static final Field<JSONB> REQUESTED_BY = job("requested_by", JSONB.class);
    static final Field<OffsetDateTime> CREATED_AT = job("created_at", OffsetDateTime.class);
    static final Field<OffsetDateTime> STARTED_AT = job("started_at", OffsetDateTime.class);
    static final Field<OffsetDateTime> FINISHED_AT = job("finished_at", OffsetDateTime.class);
    static final Field<UUID> RUNNER = job("runner", UUID.class);
    static final Field<OffsetDateTime> LEASE_UNTIL = job("lease_until", OffsetDateTime.class);
    static final Field<Short> ATTEMPTS = job("attempts", Short.class);

    static final Table<Record> REJECT = DSL.table(REJECT_NAME);
    static final Field<UUID> REJECT_TENANT = reject("tenant_id", UUID.class);
    static final Field<UUID> REJECT_JOB = reject("job_id", UUID.class);
    static final Field<Long> REJECT_ROW = reject("row_number", Long.class);
    static final Field<Long> REJECT_LINE = reject("line", Long.class);
    static final Field<JSONB> REJECT_VALUES = reject("row_values", JSONB.class);
    static final Field<JSONB> REJECT_VIOLATIONS = reject("violations", JSONB.class);

    private ImportTable() {}

    /// Returns the condition for one job of the tenant.
    static Condition job(UUID tenant, UUID id) {
        return TENANT.eq(tenant).and(ID.eq(id));
    }

    private static <T> Field<T> job(String column, Class<T> type) {
        return DSL.field(JOB_NAME.append(column), type);
    }

    private static <T> Field<T> reject(String column, Class<T> type) {
        return DSL.field(REJECT_NAME.append(column), type);
    }
}
