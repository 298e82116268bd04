package io.relata.core.access;

import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;

/// What records must say to be shared by a rule.
public final class SharedFor {

    private SharedFor() {}

    /// A rule: its records, and the condition they meet.
    public record Rule(String name, UUID entity, String filter) {}

    /// Returns the tenant's rules.
    public static List<Rule> rules(DSLContext sql, UUID tenant) {
        return sql.select(Columns.NAME, Rules.ENTITY, Rules.FILTER)
                .from(Rules.TABLE)
                .where(Columns.TENANT.eq(tenant))
                .orderBy(Columns.NAME, Columns.ID)
                .fetch(row -> new Rule(row.get(Columns.NAME), row.get(Rules.ENTITY), row.get(Rules.FILTER)));
    }
}
