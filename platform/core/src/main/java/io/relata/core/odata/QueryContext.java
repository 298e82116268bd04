package io.relata.core.odata;

import io.relata.core.metadata.MetadataSnapshot;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;

/// What a query is read against.
///
/// @param now       what `now()` means
/// @param zone      in which days begin
/// @param weekStart the day on which weeks begin
/// @param aliases   what names that begin with `@` stand for
record QueryContext(
        MetadataSnapshot snapshot,
        Instant now,
        ZoneId zone,
        DayOfWeek weekStart,
        QueryLimits limits,
        Map<String, String> aliases) {

    QueryContext {
        aliases = Map.copyOf(aliases);
    }

    /// Returns the same with these aliases.
    QueryContext with(Map<String, String> newAliases) {
        return new QueryContext(snapshot, now, zone, weekStart, limits, newAliases);
    }
}
