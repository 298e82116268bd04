package io.relata.tenantadmin.tenant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a change in progress may have made in the directory, so that a crash leaves nothing unknown behind.
@Entity
@Table(schema = "control", name = "unfinished_change")
public class UnfinishedChange {
    @Id
    private UUID id;

    private @Nullable String organization;
    private @Nullable String username;
    private @Nullable String client;

    @Column(name = "started_at")
    private Instant startedAt;

    /// For the persistence provider, which sets the fields afterwards.
    @SuppressWarnings("NullAway.Init")
    protected UnfinishedChange() {}

    UnfinishedChange(
            UUID id,
            @Nullable String organization,
            @Nullable String username,
            @Nullable String client,
            Instant startedAt) {
        this.id = id;
        this.organization = organization;
        this.username = username;
        this.client = client;
        this.startedAt = startedAt;
    }

    public UUID id() {
        return id;
    }

    public @Nullable String organization() {
        return organization;
    }

    public @Nullable String username() {
        return username;
    }

    public @Nullable String client() {
        return client;
    }

    public Instant startedAt() {
        return startedAt;
    }
}
