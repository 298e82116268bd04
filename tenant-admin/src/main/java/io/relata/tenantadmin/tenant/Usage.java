package io.relata.tenantadmin.tenant;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.UUID;

/// How much of something a tenant uses; the platform counts, this service only reads.
@Entity
@Table(schema = "control", name = "usage")
public class Usage {
    /// Which tenant, which metric.
    @Embeddable
    public record Key(
            @Column(name = "tenant_id") UUID tenantId,
            @Column(name = "metric") String metric) {}

    @EmbeddedId
    private Key key;

    @Column(name = "value", insertable = false, updatable = false)
    private long value;

    /// For the persistence provider, which sets the fields afterwards.
    @SuppressWarnings("NullAway.Init")
    protected Usage() {}

    public String metric() {
        return key.metric();
    }

    public long value() {
        return value;
    }
}
