package io.relata.core.query;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What was fetched with records.
///
/// @param pages of a lookup, the record by its own id; of a collection, the members by the id of the record they point
///              to. One that was deleted or does not match is missing
public record Expanded(Map<UUID, RecordPage> pages) {

    private static final RecordPage NONE = new RecordPage(List.of(), Map.of(), null, null);

    public Expanded {
        pages = Map.copyOf(pages);
    }

    /// Returns the members that point to the record.
    public RecordPage members(UUID record) {
        return pages.getOrDefault(record, NONE);
    }
}
