package io.relata.core.session;

import java.util.UUID;

/// One browser's sign-in.
///
/// @param id        its name; no secret
/// @param csrfToken what every unsafe request of this browser must repeat in a header
/// @param idToken   the identity provider's own word on who signed in; it wants it back to end its session
public record WebSession(UUID id, UUID tenant, UUID user, String csrfToken, String idToken) {}
