package io.relata.core.audit;

import static org.jooq.impl.DSL.field;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.sql.Rows;
import io.relata.spi.CallContext;
import io.relata.spi.Origin;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;

/// Collects who is shown which values of sensitive fields by one answer, and writes it down with one statement before
/// the answer is given. Used by one thread.
///
/// Each record has an entry of its own, so that it can be told of a record who read it; an answer with very many has
/// one that says how many. Nothing goes to the outbox: reading is no change.
public final class SensitiveReads {

    /// What a record is called where an entry is about many.
    public static final UUID MANY = new UUID(0, 0);

    /// What an entry's action is.
    public static final String ACTION = "read";

    /// So many records of one answer are named one by one.
    private static final int NAMED = 200;

    private final Way way;
    private final Map<UUID, Map<UUID, Collection<String>>> shown = new LinkedHashMap<>();
    private final Map<UUID, Collection<String>> used = new LinkedHashMap<>();
    private long found;

    public SensitiveReads(Way way) {
        this.way = way;
    }

    /// How values came to be read.
    public enum Way {
        RECORD,
        LIST,
        REPORT,
        EXPORT,
        SEARCH,
        HISTORY,
        FEED,
        TRIAL;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A record's values are shown.
    public void shown(UUID entity, UUID record, String field) {
        shown.computeIfAbsent(entity, unknown -> new LinkedHashMap<>())
                .computeIfAbsent(record, unknown -> new TreeSet<>())
                .add(field);
    }

    /// Records were looked for, ordered or reckoned with by a field.
    ///
    /// @param records how many came out
    public void used(UUID entity, String field, long records) {
        used.computeIfAbsent(entity, unknown -> new TreeSet<>()).add(field);
        found = records;
    }

    /// Writes it down.
    public void write(DSLContext sql, CallContext context) {
        if ((shown.isEmpty() && used.isEmpty()) || context.origin() == Origin.SYSTEM) {
            return;
        }
        Rows rows = new Rows(List.of(AuditRows.ENTITY, AuditRows.RECORD, AuditRows.ACTION, AuditRows.CHANGES));
        used.forEach((entity, fields) -> rows.add(List.of(entity, MANY, ACTION, changes(fields, way, found, true))));
        shown.forEach((entity, records) -> {
            if (records.size() > NAMED) {
                Collection<String> fields = new TreeSet<>();
                records.values().forEach(fields::addAll);
                rows.add(List.of(entity, MANY, ACTION, changes(fields, way, records.size(), false)));
            } else {
                records.forEach(
                        (record, fields) -> rows.add(List.of(entity, record, ACTION, changes(fields, way, 1, false))));
            }
        });
        sql.execute(AuditRows.insert(
                sql,
                context,
                field("uuidv7()", UUID.class),
                field("clock_timestamp()", OffsetDateTime.class),
                rows.table("v")));
    }

    private static JSONB changes(Collection<String> fields, Way way, long records, boolean condition) {
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        for (String name : fields) {
            ObjectNode change = changes.addObject().put("field", name).put("way", way.code());
            if (condition) {
                change.put("condition", true);
            }
            change.put("records", records);
        }
        return JSONB.valueOf(changes.toString());
    }
}
