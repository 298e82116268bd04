package io.relata.core.webhook;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One change that a webhook is told of. Its id is that of the message, the same for each attempt.
///
/// @param type     such as `account.updated`
/// @param next     when it is sent, or sent again; `null` when it is not any more
/// @param status   of the last answer, as HTTP has it; `null` when there was none
/// @param reason   why there was no answer, a code of [io.relata.core.outgoing.OutgoingException.Reason] or
///                 `event-gone`; `null` when there was one, or nothing was sent yet
/// @param millis   how long the last answer took
public record Delivery(
        UUID id,
        String type,
        UUID record,
        State state,
        int attempts,
        @Nullable Instant next,
        @Nullable Integer status,
        @Nullable String reason,
        @Nullable Integer millis,
        @Nullable Instant attemptedAt,
        Instant createdAt) {

    /// How far it has come.
    public enum State {
        WAITING,
        DELIVERED,
        /// Given up; it can be sent again by hand.
        FAILED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
