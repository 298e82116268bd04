package io.relata.tenantadmin.tenant;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.UUID;

/// A plugin that a tenant may use.
@Entity
@Table(schema = "control", name = "entitlement")
public class Entitlement {
    /// Which tenant, which plugin.
    @Embeddable
    public record Key(
            @Column(name = "tenant_id") UUID tenantId,
            @Column(name = "plugin") String plugin) {}

    @EmbeddedId
    private Key key;

    /// For the persistence provider, which sets the fields afterwards.
    @SuppressWarnings("NullAway.Init")
    protected Entitlement() {}

    Entitlement(UUID tenantId, String plugin) {
        this.key = new Key(tenantId, plugin);
    }

    public String plugin() {
        return key.plugin();
    }
}
