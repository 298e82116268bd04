package io.relata.core.tenant;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A login that belongs, or belonged, to a tenant.
///
/// @param id     the subject of the login's tokens
/// @param person whether it is a person; otherwise a service account
/// @param role   `administrator` or `user`
public record Member(
        UUID id,
        boolean person,
        String role,
        boolean active,
        String username,
        @Nullable String email,
        String displayName) {}
