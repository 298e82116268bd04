package io.relata.core.metadata;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/// An index over several slots of one managed entity's live records, for questions that its solution expects often:
/// filters on some fields with an order or a sum of another are answered by a walk over the index alone.
///
/// @param table  the record table
/// @param entity whose records it holds
/// @param slots  in the order in which they are compared
public record RecordIndex(String table, UUID entity, List<String> slots) implements TableIndex {

    /// How many fields make an index.
    static final int LEAST_FIELDS = 2;

    static final int MOST_FIELDS = 5;

    public RecordIndex {
        slots = List.copyOf(slots);
    }

    @Override
    public String name() {
        String what = entity + " " + String.join(" ", slots);
        long mark =
                UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits() >>> 32;
        return "%s_x_%08x".formatted(table, mark);
    }

    @Override
    public String creation() {
        return "create index concurrently if not exists %s on relata.%s (tenant_id, %s, id) where entity_id = '%s' and state = 0"
                .formatted(name(), table, String.join(", ", slots), entity);
    }
}
