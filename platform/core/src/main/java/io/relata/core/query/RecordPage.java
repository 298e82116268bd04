package io.relata.core.query;

import io.relata.core.record.RecordData;
import io.relata.core.record.Secrets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The records of one page.
///
/// @param expanded what was fetched with them, by the name under which it is shown
/// @param count    of all that match, on all pages; `null` when not asked for
/// @param next     where the next page begins; `null` when this was the last
public record RecordPage(
        List<RecordData> records,
        Map<String, Expanded> expanded,
        @Nullable Long count,
        @Nullable Keyset next) {

    public RecordPage {
        records = List.copyOf(records);
        expanded = Map.copyOf(expanded);
    }

    /// Returns the page with what its encrypted fields say.
    public RecordPage opened(Secrets secrets) {
        Map<String, Expanded> inside = new HashMap<>();
        expanded.forEach((name, fetched) -> {
            Map<UUID, RecordPage> pages = new HashMap<>();
            fetched.pages().forEach((id, page) -> pages.put(id, page.opened(secrets)));
            inside.put(name, new Expanded(pages));
        });
        return new RecordPage(records.stream().map(secrets::opened).toList(), inside, count, next);
    }

    /// Returns the record that the record's lookup points to, with what was fetched with it, if it was fetched.
    public Optional<RecordPage> target(RecordData record, String expand) {
        Expanded fetched = expanded.get(expand);
        int slash = expand.indexOf('/');
        String lookup = slash < 0 ? expand : expand.substring(0, slash);
        return fetched != null && record.value(lookup) instanceof UUID id
                ? Optional.ofNullable(fetched.pages().get(id))
                : Optional.empty();
    }
}
