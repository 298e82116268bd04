package io.relata.spi;

import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/// Who calls, for which tenant, and how to speak to them. The first argument of every operation.
///
/// Immutable and safe to share between threads. Only the platform makes one, from a verified token or
/// session; a plugin passes on what it was given and never builds its own.
///
/// @param tenant    the tenant whose data the call may touch; the isolation boundary
/// @param user      the caller: a person or a service account of the tenant
/// @param roles     the caller's roles in this tenant, for example [#ADMINISTRATOR]
/// @param locale    the language for texts and errors shown to the caller
/// @param zone      the time zone in which the tenant's dates are meant
/// @param currency  the currency of the tenant's money fields
/// @param requestId identifies the request in logs, errors and the audit trail
/// @param origin    by what way the call came
public record CallContext(
        UUID tenant,
        UUID user,
        Set<String> roles,
        Locale locale,
        ZoneId zone,
        Currency currency,
        String requestId,
        Origin origin) {

    /// The role that may change the tenant's metadata.
    public static final String ADMINISTRATOR = "administrator";

    public CallContext {
        roles = Set.copyOf(roles);
    }

    /// Returns whether the caller holds the role.
    public boolean hasRole(String role) {
        return roles.contains(role);
    }

    /// Returns this context with another origin, for work done on the caller's behalf.
    public CallContext withOrigin(Origin other) {
        return new CallContext(tenant, user, roles, locale, zone, currency, requestId, other);
    }
}
