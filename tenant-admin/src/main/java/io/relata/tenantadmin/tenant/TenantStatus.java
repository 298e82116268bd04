package io.relata.tenantadmin.tenant;

import jakarta.persistence.EnumeratedValue;

/// Whether a tenant's people may work.
public enum TenantStatus {
    ACTIVE("active"),
    SUSPENDED("suspended");

    @EnumeratedValue
    private final String value;

    TenantStatus(String value) {
        this.value = value;
    }

    public String value() {
        return value;
    }
}
