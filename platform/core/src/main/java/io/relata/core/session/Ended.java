package io.relata.core.session;

import java.util.UUID;

/// A sign-in that was ended from afar.
///
/// @param idToken with it the identity provider ends its own session
/// @param shared  whether that session has another sign-in of this user, which goes on
public record Ended(UUID id, Device device, String idToken, boolean shared) {}
