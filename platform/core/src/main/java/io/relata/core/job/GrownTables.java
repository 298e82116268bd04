package io.relata.core.job;

import org.jooq.DSLContext;

/// Has the database look at tables that a job makes grow: it plans by what it knows of them, and does not look at a
/// table as fast as a job fills it.
final class GrownTables {

    /// So many records are a reason to look.
    private static final long MANY = 10_000;

    private GrownTables() {}

    /// Returns whether it is time to look: after so many records, and whenever there are twice as many.
    static boolean due(long before, long now) {
        return doublings(now) > doublings(before);
    }

    /// Returns whether a job with so many records is worth a look when it ends.
    static boolean many(long records) {
        return records >= MANY;
    }

    private static int doublings(long records) {
        return Long.SIZE - Long.numberOfLeadingZeros(records / MANY);
    }

    /// Looks at the tables that have grown much; nothing happens while somebody else looks.
    static boolean analyze(DSLContext sql) {
        sql.execute("select relata.analyze_grown()");
        return true;
    }
}
