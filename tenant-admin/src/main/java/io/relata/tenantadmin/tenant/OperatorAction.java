package io.relata.tenantadmin.tenant;

import io.relata.tenantadmin.signin.Operator;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One line of the trail: which operator did what to which tenant.
@Entity
@Table(schema = "control", name = "operator_audit")
public class OperatorAction {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private Instant at;

    @Column(name = "operator_id")
    private String operatorId;

    @Column(name = "operator_name")
    private String operatorName;

    private String action;

    @Column(name = "tenant_id")
    private UUID tenantId;

    private @Nullable String detail;

    /// For the persistence provider, which sets the fields afterwards.
    @SuppressWarnings("NullAway.Init")
    protected OperatorAction() {}

    OperatorAction(Operator operator, String action, UUID tenantId, @Nullable String detail, Instant at) {
        this.at = at;
        this.operatorId = operator.id();
        this.operatorName = operator.displayName();
        this.action = action;
        this.tenantId = tenantId;
        this.detail = detail;
    }

    public Instant at() {
        return at;
    }

    public String operatorName() {
        return operatorName;
    }

    public String action() {
        return action;
    }

    public @Nullable String detail() {
        return detail;
    }
}
