package io.relata.core.consent;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One time that somebody agreed or took it back.
///
/// @param saidAt      when the person said so
/// @param current     whether it is what the person said last
/// @param textVersion of the text that was shown; `null` when nothing was
/// @param shown       the hash of that text
/// @param source      where it can be looked up that the person said so
/// @param address     from which address on the network, if that is known and the caller may see it
public record ConsentEntry(
        UUID id,
        String purpose,
        State state,
        Instant saidAt,
        boolean current,
        Instant recordedAt,
        UUID recordedBy,
        Way way,
        @Nullable Integer textVersion,
        @Nullable String language,
        @Nullable String shown,
        @Nullable String source,
        @Nullable String address) {

    /// What was said.
    public enum State {
        GIVEN,
        WITHDRAWN;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// By what it came here.
    public enum Way {
        SCREEN,
        API,
        FORM,
        IMPORT;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
