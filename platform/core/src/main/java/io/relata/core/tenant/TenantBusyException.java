package io.relata.core.tenant;

/// So much of the tenant's own work is under way that more cannot begin now; this was not begun.
public final class TenantBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TenantBusyException() {
        super("Too many of the tenant's transactions wait");
    }
}
