package io.relata.tenantadmin.tenant;

/// A tenant in the list, with what the list counts.
public record TenantSummary(Tenant tenant, long users, long records) {}
