package io.relata.app.signin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.relata.core.audit.AuditEntry;
import io.relata.core.audit.AuditTrail;
import io.relata.core.session.WebSession;
import io.relata.core.tenant.TenantDirectory;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import io.relata.spi.Origin;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes down who signed in and out, and from where.
public final class SignInTrail {

    private static final String TOPIC = "session";
    private static final int LONGEST = 200;

    private final TenantTransaction transactions;
    private final AuditTrail trail;
    private final TenantDirectory directory;

    public SignInTrail(TenantTransaction transactions, AuditTrail trail, TenantDirectory directory) {
        this.transactions = transactions;
        this.trail = trail;
        this.directory = directory;
    }

    /// Where a request comes from.
    ///
    /// @param address of the machine that sent it: of the proxy, unless the server is told to look behind it
    /// @param agent   what the browser says of itself
    record Client(
            String requestId, String address, @Nullable String agent) {}

    void signedIn(CallContext context, Client client) {
        write(context, AuditEntry.Action.SIGN_IN, client);
    }

    void signedOut(WebSession session, Client client) {
        directory
                .byId(session.tenant())
                .ifPresent(tenant -> write(
                        new CallContext(
                                tenant.id(),
                                session.user(),
                                Set.of(),
                                tenant.locale(),
                                tenant.zone(),
                                tenant.currency(),
                                client.requestId(),
                                Origin.SCREEN),
                        AuditEntry.Action.SIGN_OUT,
                        client));
    }

    private void write(CallContext context, AuditEntry.Action action, Client client) {
        ArrayNode known = JsonNodeFactory.instance.arrayNode();
        known.addObject().put("field", "address").put("new", client.address());
        String agent = client.agent();
        if (agent != null) {
            known.addObject().put("field", "agent").put("new", agent.substring(0, Math.min(agent.length(), LONGEST)));
        }
        AuditEntry entry = new AuditEntry(TOPIC, AuditEntry.SESSIONS, context.user(), 1, action, known);
        transactions.call(context, sql -> {
            trail.write(sql, context, List.of(entry));
            return entry;
        });
    }
}
