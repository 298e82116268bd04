package io.relata.tenantadmin.tenant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A customer of the service; born active, suspended and resumed by operators.
@Entity
@Table(schema = "control", name = "tenant")
public class Tenant {
    @Id
    private UUID id;

    private String slug;
    private String name;

    @Column(name = "organization_id")
    private String organizationId;

    private TenantStatus status;

    @Column(name = "suspended_reason")
    private @Nullable String suspendedReason;

    private String locale;

    @Column(name = "time_zone")
    private String timeZone;

    private String currency;

    @Column(name = "created_at")
    private Instant createdAt;

    /// For the persistence provider, which sets the fields afterwards.
    @SuppressWarnings("NullAway.Init")
    protected Tenant() {}

    Tenant(UUID id, String slug, NewTenant wanted, String organizationId, Instant createdAt) {
        this.id = id;
        this.slug = slug;
        this.name = wanted.name();
        this.organizationId = organizationId;
        this.status = TenantStatus.ACTIVE;
        this.locale = wanted.locale();
        this.timeZone = wanted.timeZone();
        this.currency = wanted.currency();
        this.createdAt = createdAt;
    }

    void suspend(@Nullable String reason) {
        status = TenantStatus.SUSPENDED;
        suspendedReason = reason;
    }

    void resume() {
        status = TenantStatus.ACTIVE;
        suspendedReason = null;
    }

    public UUID id() {
        return id;
    }

    public String slug() {
        return slug;
    }

    public String name() {
        return name;
    }

    public String organizationId() {
        return organizationId;
    }

    public TenantStatus status() {
        return status;
    }

    public @Nullable String suspendedReason() {
        return suspendedReason;
    }

    public String locale() {
        return locale;
    }

    public String timeZone() {
        return timeZone;
    }

    public String currency() {
        return currency;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
