package io.relata.core.query;

import io.relata.core.record.RecordData;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The records of one page.
///
/// @param expanded the records that lookups point to, by the lookup's name and the record's id; one that was deleted
///                 is missing
/// @param count    of all that match, on all pages; `null` when not asked for
/// @param next     where the next page begins; `null` when this was the last
public record RecordPage(
        List<RecordData> records,
        Map<String, Map<UUID, RecordData>> expanded,
        @Nullable Long count,
        @Nullable Keyset next) {

    public RecordPage {
        records = List.copyOf(records);
        expanded = Map.copyOf(expanded);
    }
}
