package io.relata.tenantadmin.tenant;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.UUID;

/// Who belongs to which tenant; the tenant comes first in every key.
@Embeddable
public record MembershipKey(
        @Column(name = "tenant_id") UUID tenantId,
        @Column(name = "user_id") UUID userId) {}
