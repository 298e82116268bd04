package io.relata.core.automation;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that a tenant has done by itself.
///
/// @param version       counted from 1; each change of what it does is one
/// @param pausedBecause why it does nothing though it should: `owner` when the one on whose behalf it acts
///                      administers no longer, `outdated` when the tenant no longer has what it speaks of
/// @param owner         on whose behalf it acts
/// @param definition    what it does, as it was written
/// @param nextAt        when it looks at records next; `null` when it does so at no time
/// @param waiting       runs that are not over
/// @param done          runs that came to their end
/// @param failed        runs of which a step was refused, and that were not taken up again
/// @param millis        spent on all its runs
public record Automation(
        UUID id,
        String name,
        UUID entity,
        int version,
        boolean active,
        @Nullable String pausedBecause,
        UUID owner,
        JsonNode definition,
        @Nullable Instant nextAt,
        long waiting,
        long done,
        long failed,
        long millis,
        Instant createdAt,
        Instant updatedAt) {

    /// What it did before, or does now.
    public record Version(int version, UUID madeBy, Instant madeAt, JsonNode definition) {}
}
