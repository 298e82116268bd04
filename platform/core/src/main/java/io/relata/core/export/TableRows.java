package io.relata.core.export;

import io.relata.core.query.RecordPage;
import java.util.List;
import org.jooq.DSLContext;

/// What stands in the rows of a file.
interface TableRows {

    /// Returns what stands above the columns.
    List<String> heading();

    /// Returns the rows of the page's records.
    List<List<String>> of(DSLContext sql, RecordPage page);
}
