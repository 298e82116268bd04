package io.relata.core.webhook;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Another system that is told of changes.
///
/// @param events        names of [WatchedEvent]s
/// @param owner         as whom it is told: an administrator; when that is none any more, it is paused
/// @param skipOwn       whether it is not told of what its owner did
/// @param pausedBecause why the platform stopped telling it: `gone`, `failing` or `owner`; `null` when it did not
/// @param failures      how many attempts failed since the last that did not
public record Webhook(
        UUID id,
        String name,
        String url,
        List<String> events,
        UUID owner,
        boolean skipOwn,
        boolean active,
        @Nullable String pausedBecause,
        int failures,
        @Nullable Instant failingSince,
        Instant createdAt,
        Instant updatedAt) {

    public Webhook {
        events = List.copyOf(events);
    }
}
