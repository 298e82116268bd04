package io.relata.core.imports;

import static io.relata.core.imports.ImportTable.REJECT;
import static io.relata.core.imports.ImportTable.REJECT_JOB;
import static io.relata.core.imports.ImportTable.REJECT_LINE;
import static io.relata.core.imports.ImportTable.REJECT_ROW;
import static io.relata.core.imports.ImportTable.REJECT_TENANT;
import static io.relata.core.imports.ImportTable.REJECT_VALUES;
import static io.relata.core.imports.ImportTable.REJECT_VIOLATIONS;

import java.util.List;
import java.util.UUID;
import org.jooq.BatchBindStep;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// The rows that were refused.
final class ImportRejects {

    private ImportRejects() {}

    static void insert(DSLContext sql, ImportClaim claim, List<ImportReject> rejects) {
        if (rejects.isEmpty()) {
            return;
        }
        BatchBindStep batch = sql.batch(sql.insertInto(
                        REJECT, REJECT_TENANT, REJECT_JOB, REJECT_ROW, REJECT_LINE, REJECT_VALUES, REJECT_VIOLATIONS)
                .values(
                        DSL.val(claim.tenant()),
                        DSL.val(claim.id()),
                        DSL.val(0L),
                        DSL.val(0L),
                        DSL.val(StoredJson.texts(List.of())),
                        DSL.val(StoredJson.texts(List.of()))));
        for (ImportReject reject : rejects) {
            batch = batch.bind(
                    claim.tenant(),
                    claim.id(),
                    reject.rowNumber(),
                    reject.line(),
                    StoredJson.texts(reject.cells()),
                    StoredJson.faults(reject.faults()));
        }
        batch.execute();
    }

    /// Returns refused rows in the file's order, those after the row with this number.
    static List<ImportReject> page(DSLContext sql, UUID tenant, UUID job, long after, int count) {
        return sql.selectFrom(REJECT)
                .where(REJECT_TENANT.eq(tenant))
                .and(REJECT_JOB.eq(job))
                .and(REJECT_ROW.gt(after))
                .orderBy(REJECT_ROW)
                .limit(count)
                .fetch()
                .map(ImportRejects::read);
    }

    private static ImportReject read(Record row) {
        return new ImportReject(
                row.get(REJECT_ROW),
                row.get(REJECT_LINE),
                StoredJson.texts(row.get(REJECT_VALUES)),
                StoredJson.faults(row.get(REJECT_VIOLATIONS)));
    }
}
