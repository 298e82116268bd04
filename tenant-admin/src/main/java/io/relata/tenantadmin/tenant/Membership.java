package io.relata.tenantadmin.tenant;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumeratedValue;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A person or machine of a tenant; kept when removed, because the tenant's history names it.
@Entity
@Table(schema = "control", name = "membership")
public class Membership {
    /// What signs in.
    public enum Kind {
        PERSON("person"),
        SERVICE("service");

        @EnumeratedValue
        private final String value;

        Kind(String value) {
            this.value = value;
        }

        public String value() {
            return value;
        }
    }

    /// What the member may do in its tenant.
    public enum Role {
        ADMINISTRATOR("administrator"),
        USER("user");

        @EnumeratedValue
        private final String value;

        Role(String value) {
            this.value = value;
        }

        public String value() {
            return value;
        }
    }

    /// Whether the member may still come in.
    public enum Status {
        ACTIVE("active"),
        REMOVED("removed");

        @EnumeratedValue
        private final String value;

        Status(String value) {
            this.value = value;
        }

        public String value() {
            return value;
        }
    }

    @EmbeddedId
    private MembershipKey key;

    private Kind kind;
    private Role role;
    private Status status;
    private String username;
    private @Nullable String email;

    @Column(name = "display_name")
    private String displayName;

    @Column(name = "created_at")
    private Instant createdAt;

    /// For the persistence provider, which sets the fields afterwards.
    @SuppressWarnings("NullAway.Init")
    protected Membership() {}

    private Membership(
            MembershipKey key,
            Kind kind,
            Role role,
            String username,
            @Nullable String email,
            String displayName,
            Instant createdAt) {
        this.key = key;
        this.kind = kind;
        this.role = role;
        this.status = Status.ACTIVE;
        this.username = username;
        this.email = email;
        this.displayName = displayName;
        this.createdAt = createdAt;
    }

    static Membership ofPerson(MembershipKey key, NewPerson person, Instant now) {
        return new Membership(
                key, Kind.PERSON, person.role(), person.username(), person.email(), person.displayName(), now);
    }

    static Membership ofService(MembershipKey key, String clientId, NewServiceAccount account, Instant now) {
        return new Membership(key, Kind.SERVICE, account.role(), clientId, null, account.name(), now);
    }

    void remove() {
        status = Status.REMOVED;
    }

    void restore(NewPerson person) {
        status = Status.ACTIVE;
        role = person.role();
        email = person.email();
        displayName = person.displayName();
    }

    public UUID userId() {
        return key.userId();
    }

    public Kind kind() {
        return kind;
    }

    public Role role() {
        return role;
    }

    public Status status() {
        return status;
    }

    public String username() {
        return username;
    }

    public @Nullable String email() {
        return email;
    }

    public String displayName() {
        return displayName;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
