package io.relata.app.signin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.relata.core.audit.AuditEntry;
import io.relata.core.audit.AuditTrail;
import io.relata.core.session.Device;
import io.relata.core.session.Ended;
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

    private final TenantTransaction transactions;
    private final AuditTrail trail;
    private final TenantDirectory directory;

    public SignInTrail(TenantTransaction transactions, AuditTrail trail, TenantDirectory directory) {
        this.transactions = transactions;
        this.trail = trail;
        this.directory = directory;
    }

    /// Where a request comes from.
    record Client(String requestId, Device device) {}

    void signedIn(CallContext context, Client client) {
        write(context, AuditEntry.Action.SIGN_IN, List.of(facts(client.device())));
    }

    /// Writes down that somebody ended sign-ins of their own from elsewhere: from where, and which.
    void signedOut(CallContext context, Device from, List<Ended> ended) {
        write(
                context,
                AuditEntry.Action.SIGN_OUT,
                ended.stream().map(one -> facts(from, one.device())).toList());
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
                        List.of(facts(client.device()))));
    }

    private void write(CallContext context, AuditEntry.Action action, List<ArrayNode> facts) {
        List<AuditEntry> entries = facts.stream()
                .map(known -> new AuditEntry(TOPIC, AuditEntry.SESSIONS, context.user(), 1, action, known))
                .toList();
        transactions.call(context, sql -> {
            trail.write(sql, context, entries);
            return entries;
        });
    }

    private static ArrayNode facts(Device from, Device ended) {
        ArrayNode facts = facts(from);
        add(facts, "endedAddress", ended.address());
        add(facts, "endedAgent", ended.agent());
        return facts;
    }

    private static ArrayNode facts(Device from) {
        ArrayNode facts = JsonNodeFactory.instance.arrayNode();
        add(facts, "address", from.address());
        add(facts, "agent", from.agent());
        return facts;
    }

    private static void add(ArrayNode facts, String name, @Nullable String fact) {
        if (fact != null) {
            facts.addObject().put("field", name).put("new", fact);
        }
    }
}
