package io.relata.core.query;

import io.relata.core.metadata.RecordCollection;
import java.util.List;

/// The records that point to a record, or that others tie to it.
///
/// @param level   to whose: as in [Value.Path]; the members themselves are one level deeper than what encloses them
/// @param lookups the way to the record that is pointed to
public record Members(int level, List<Value.Path.Step> lookups, RecordCollection collection) {

    public Members {
        lookups = List.copyOf(lookups);
    }
}
