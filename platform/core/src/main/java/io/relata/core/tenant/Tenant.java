package io.relata.core.tenant;

import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import java.util.UUID;

/// A customer of the service, as the control schema describes it.
///
/// @param organizationId the id of its Keycloak organization; with the issuer it names the tenant in a token
public record Tenant(
        UUID id,
        String slug,
        String name,
        String organizationId,
        boolean active,
        Locale locale,
        ZoneId zone,
        Currency currency) {}
