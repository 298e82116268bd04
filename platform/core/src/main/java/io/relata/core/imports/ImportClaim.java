package io.relata.core.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.spi.CallContext;
import java.util.UUID;

/// A job whose turn this process has.
///
/// @param runner      this process
/// @param context     who asked for the import
/// @param counts      what earlier turns have done
/// @param attempts    turns taken since the last batch that was done, this one included
/// @param cancelAsked whether to stop
record ImportClaim(
        UUID id,
        UUID runner,
        CallContext context,
        String fileKey,
        JsonNode mapping,
        ImportCounts counts,
        int attempts,
        boolean cancelAsked) {

    UUID tenant() {
        return context.tenant();
    }
}
