package io.relata.core.notification;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that a person is told, as that person may read it now.
///
/// @param entity the name of the record's entity; `null` when the person does not see the record (any more)
/// @param record `null` likewise
/// @param readAt `null` while it is unread
public record Notification(
        UUID id,
        String text,
        @Nullable String entity,
        @Nullable UUID record,
        Instant createdAt,
        @Nullable Instant readAt) {}
