package io.relata.app.identity;

import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.session.WebSession;
import io.relata.core.tenant.Member;
import io.relata.core.tenant.Tenant;
import io.relata.core.tenant.TenantDirectory;
import io.relata.core.tenant.UserPreferences;
import io.relata.spi.CallContext;
import io.relata.spi.Origin;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Lets in who is an active member of an active tenant, and says why when not. Asked on every request.
///
/// Roles come from the membership alone: neither a token nor a header can raise them.
public final class Admission {

    private final TenantDirectory directory;
    private final UserPreferences preferences;

    /// What the request itself tells.
    ///
    /// @param accepted the language the client asks for
    public record Request(String id, Optional<Locale> accepted) {}

    public Admission(TenantDirectory directory, UserPreferences preferences) {
        this.directory = directory;
        this.preferences = preferences;
    }

    /// Admits the bearer of a token.
    ///
    /// @param refusedIn is told the language for a refusal as soon as it is known
    public Caller token(VerifiedToken token, Request request, Consumer<Locale> refusedIn) {
        Tenant tenant = token.organization()
                .flatMap(directory::byOrganization)
                .orElseThrow(() -> ProblemException.of(ProblemCode.NO_TENANT, "no-tenant"));
        return admit(tenant, token.subject(), Origin.API, null, request, refusedIn);
    }

    /// Admits the browser that holds a session.
    public Caller session(WebSession session, Request request, Consumer<Locale> refusedIn) {
        Tenant tenant = directory
                .byId(session.tenant())
                .orElseThrow(() -> ProblemException.of(ProblemCode.NO_TENANT, "no-tenant"));
        return admit(tenant, session.user(), Origin.SCREEN, session, request, refusedIn);
    }

    private Caller admit(
            Tenant tenant,
            UUID user,
            Origin origin,
            @Nullable WebSession session,
            Request request,
            Consumer<Locale> refusedIn) {
        Locale unchosen = request.accepted().orElseGet(() -> Languages.nearest(tenant.locale()));
        refusedIn.accept(unchosen);
        Member member = directory
                .member(tenant.id(), user)
                .orElseThrow(() -> ProblemException.of(ProblemCode.NO_TENANT, "no-tenant"));
        if (!member.active()) {
            throw ProblemException.of(ProblemCode.MEMBERSHIP_REMOVED, "membership-removed", tenant.name());
        }
        if (!tenant.active()) {
            throw ProblemException.of(ProblemCode.TENANT_SUSPENDED, "tenant-suspended", tenant.name());
        }
        Locale locale = preferences.locale(tenant.id(), user).orElse(unchosen);
        CallContext context = new CallContext(
                tenant.id(),
                user,
                Set.of(member.role()),
                locale,
                tenant.zone(),
                tenant.currency(),
                request.id(),
                origin);
        return new Caller(context, tenant, member, session);
    }
}
