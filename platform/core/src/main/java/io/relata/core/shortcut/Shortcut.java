package io.relata.core.shortcut;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A way back to something that a person opened or keeps at hand.
///
/// @param entity         the entity's name
/// @param target         a record's id; a view's key, or the id of one that somebody keeps
/// @param visitedAt      when the person opened it last; `null` when that was too long ago to be kept
/// @param favouriteSince `null` when it is no favourite
public record Shortcut(
        String entity,
        Kind kind,
        String target,
        @Nullable Instant visitedAt,
        @Nullable Instant favouriteSince) {

    /// What a shortcut leads to.
    public enum Kind {
        RECORD,
        VIEW;

        /// The kind's name in the API.
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Kind> of(String code) {
            return Arrays.stream(values())
                    .filter(kind -> kind.code().equals(code))
                    .findAny();
        }
    }
}
