package io.relata.app.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a token says that we believe.
///
/// @param organization id of the one organization the token was issued for
/// @param sessionId    the identity provider's session
/// @param expiresAt    when it stops being believed; a logout token may not say
public record VerifiedToken(
        UUID subject,
        Optional<String> organization,
        @Nullable String sessionId,
        @Nullable String username,
        @Nullable Instant expiresAt) {}
