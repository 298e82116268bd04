package io.relata.core.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.spi.CallContext;
import java.time.Instant;
import java.util.UUID;

/// A job whose turn this process has.
///
/// @param runner      this process
/// @param context     who asked for the job
/// @param progress    what earlier turns have done
/// @param attempts    turns taken since the last batch that was done, this one included
public record JobClaim(
        UUID id,
        UUID runner,
        String kind,
        String entity,
        CallContext context,
        JsonNode definition,
        JobProgress progress,
        int attempts,
        Instant createdAt) {

    public UUID tenant() {
        return context.tenant();
    }
}
