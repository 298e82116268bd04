package io.relata.core.feed;

import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/// How far a reader has come. Its text is for the reader to give back, not to look into; it is no secret and no right.
///
/// @param tx the transaction of the last event seen
/// @param id of the last event seen
/// @param at when that event was, or when the reader had seen everything
record FeedCursor(long tx, UUID id, Instant at) {

    String text() {
        String plain = tx + ":" + id + ":" + at.toEpochMilli();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    }

    static FeedCursor read(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split(":", -1);
            return new FeedCursor(
                    Long.parseLong(parts[0]),
                    UUID.fromString(parts[1]),
                    Instant.ofEpochMilli(Long.parseLong(parts[2])));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException | DateTimeException exception) {
            throw ProblemException.of(ProblemCode.INVALID_QUERY, "feed-cursor");
        }
    }
}
