package io.relata.core.job;

import static io.relata.core.job.JobTable.ERROR;
import static io.relata.core.job.JobTable.ERROR_FAULTS;
import static io.relata.core.job.JobTable.ERROR_JOB;
import static io.relata.core.job.JobTable.ERROR_LINE;
import static io.relata.core.job.JobTable.ERROR_NUMBER;
import static io.relata.core.job.JobTable.ERROR_RECORD;
import static io.relata.core.job.JobTable.ERROR_TENANT;
import static io.relata.core.job.JobTable.ERROR_VALUES;

import io.relata.core.sql.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// What jobs refused.
final class JobErrors {

    private static final List<Field<?>> COLUMNS = List.of(
            bare(ERROR_TENANT),
            bare(ERROR_JOB),
            bare(ERROR_NUMBER),
            bare(ERROR_LINE),
            bare(ERROR_RECORD),
            bare(ERROR_VALUES),
            bare(ERROR_FAULTS));

    private JobErrors() {}

    static void insert(DSLContext sql, JobClaim claim, List<JobError> errors) {
        Rows rows = new Rows(COLUMNS);
        for (JobError error : errors) {
            rows.add(Arrays.asList(
                    claim.tenant(),
                    claim.id(),
                    error.number(),
                    error.line(),
                    error.recordId(),
                    StoredJson.texts(error.cells()),
                    StoredJson.faults(error.faults())));
        }
        rows.insertInto(sql, ERROR);
    }

    /// Returns errors in their order, those after the one with this number.
    static List<JobError> page(DSLContext sql, UUID tenant, UUID job, long after, int count) {
        return sql.selectFrom(ERROR)
                .where(ERROR_TENANT.eq(tenant))
                .and(ERROR_JOB.eq(job))
                .and(ERROR_NUMBER.gt(after))
                .orderBy(ERROR_NUMBER)
                .limit(count)
                .fetch()
                .map(JobErrors::read);
    }

    private static JobError read(Record row) {
        return new JobError(
                row.get(ERROR_NUMBER),
                row.get(ERROR_LINE),
                row.get(ERROR_RECORD),
                StoredJson.texts(row.get(ERROR_VALUES)),
                StoredJson.faults(row.get(ERROR_FAULTS)));
    }

    /// A column to insert into bears no table name.
    private static <T> Field<T> bare(Field<T> column) {
        return DSL.field(DSL.name(column.getName()), column.getDataType());
    }
}
