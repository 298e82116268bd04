package io.relata.tenantadmin.tenant;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which tenants to list: those whose name or slug contains the text, after the given one, at most so many.
public record TenantQuery(
        String search,
        @Nullable TenantStatus status,
        @Nullable UUID after,
        int top) {
    public static final int MOST = 1000;

    public static TenantQuery all() {
        return new TenantQuery("", null, null, MOST);
    }
}
