package io.relata.core.session;

import java.time.Instant;
import java.util.UUID;

/// A sign-in, as it is shown to whoever signed in.
///
/// @param lastUsedAt known to the minute
public record SignedIn(UUID id, Instant createdAt, Instant lastUsedAt, Device device) {}
