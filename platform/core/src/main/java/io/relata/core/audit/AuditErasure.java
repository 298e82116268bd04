package io.relata.core.audit;

import static org.jooq.impl.DSL.val;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.id.Ids;
import io.relata.core.sql.Rows;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;

/// Takes values out of entries of the audit trail. The seals over them still hold, and an entry of its own says of each
/// what is left: who verifies the trail asks for it.
public final class AuditErasure {

    private static final int AT_ONCE = 500;

    private final Ids ids;
    private final Clock clock;

    public AuditErasure(Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /// Leaves of each entry what is given: the same changes, some without their values.
    ///
    /// @param place   stands in the place of an entity in the entry that says so
    /// @param subject stands in the place of a record
    public void erase(DSLContext sql, CallContext context, UUID place, UUID subject, Map<UUID, JsonNode> remaining) {
        List<Map.Entry<UUID, JsonNode>> all = List.copyOf(remaining.entrySet());
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            erase(sql, context, place, subject, all.subList(from, Math.min(all.size(), from + AT_ONCE)));
        }
    }

    private void erase(
            DSLContext sql, CallContext context, UUID place, UUID subject, List<Map.Entry<UUID, JsonNode>> remaining) {
        UUID[] entries = remaining.stream().map(Map.Entry::getKey).toArray(UUID[]::new);
        JSONB[] left = remaining.stream()
                .map(entry -> JSONB.valueOf(entry.getValue().toString()))
                .toArray(JSONB[]::new);
        UUID erasure = ids.next();
        Rows rows = new Rows(List.of(AuditRows.ENTITY, AuditRows.RECORD, AuditRows.ACTION, AuditRows.CHANGES));
        rows.add(List.of(place, subject, AuditEntry.Action.ERASE.code(), told(sql, entries, left)));
        sql.execute(AuditRows.insert(sql, context, val(erasure), AuditRows.now(clock), rows.table("v")));
        sql.execute(
                "select relata.erase_audit({0}, {1}, {2}, {3})",
                val(context.tenant()), val(erasure), val(entries), val(left));
    }

    /// The database's own text of what is left is what counts.
    private static JSONB told(DSLContext sql, UUID[] entries, JSONB[] left) {
        List<? extends Record> hashes = sql.fetch(
                "select one.id, encode(sha256(convert_to(one.rest::text, 'UTF8')), 'hex') as hash"
                        + " from unnest({0}, {1}) as one (id, rest)",
                val(entries), val(left));
        ObjectNode told = JsonNodeFactory.instance.objectNode().put("field", "entries");
        ObjectNode map = told.putObject("entries");
        hashes.forEach(row -> map.put(row.get("id", UUID.class).toString(), row.get("hash", String.class)));
        return JSONB.valueOf(JsonNodeFactory.instance.arrayNode().add(told).toString());
    }
}
