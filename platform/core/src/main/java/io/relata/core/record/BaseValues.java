package io.relata.core.record;

import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.sql.StoredDocument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;

/// What records were in the versions that callers saw, out of the audit trail: each version has one entry there.
final class BaseValues {

    /// Of entries looked at; whoever saw a version older than that is told no base values.
    private static final int MOST_ENTRIES = 2_000;

    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> ENTITY = field(name("entity_id"), UUID.class);
    private static final Field<UUID> RECORD = field(name("record_id"), UUID.class);
    private static final Field<UUID> ID = field(name("id"), UUID.class);
    private static final Field<String> ACTION = field(name("action"), String.class);
    private static final Field<JSONB> CHANGES = field(name("changes"), JSONB.class);

    private BaseValues() {}

    /// Tells each draft whose caller saw an older version what has changed since.
    static void explain(DSLContext sql, UUID tenant, EntityDefinition entity, List<RecordDraft> drafts) {
        Map<UUID, Long> steps = new HashMap<>();
        drafts.stream()
                .filter(draft -> draft.versionsBehind() > 0)
                .forEach(draft -> steps.put(draft.id(), draft.versionsBehind()));
        if (steps.isEmpty()) {
            return;
        }
        Map<UUID, Map<String, JsonNode>> bases = new HashMap<>();
        sql.select(RECORD, CHANGES)
                .from(table(name("relata", "audit")))
                .where(TENANT.eq(tenant))
                .and(ENTITY.eq(entity.id()))
                .and(RECORD.eq(any(steps.keySet().toArray(UUID[]::new))))
                // Others leave the record at the version at which it is.
                .and(ACTION.in("create", "update", "delete", "restore"))
                .orderBy(ID.desc())
                .limit(MOST_ENTRIES)
                .forEach(row -> {
                    long left = steps.merge(row.value1(), -1L, Long::sum);
                    if (left >= 0) {
                        Map<String, JsonNode> base = bases.computeIfAbsent(row.value1(), id -> new HashMap<>());
                        StoredDocument.parse(row.value2())
                                .forEach(change -> base.put(change.path("field").asText(), change.path("old")));
                    }
                });
        for (RecordDraft draft : drafts) {
            if (draft.versionsBehind() > 0 && steps.getOrDefault(draft.id(), 1L) <= 0) {
                draft.explainConflict(bases.getOrDefault(draft.id(), Map.of()));
            }
        }
    }
}
