package io.relata.app.signin;

import io.relata.app.wiring.Settings;
import io.relata.core.problem.ProblemException;
import io.relata.core.session.Device;
import io.relata.core.session.Ended;
import io.relata.core.session.SignedIn;
import io.relata.core.session.WebSessions;
import io.relata.spi.CallContext;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A person's own sign-ins, to be looked at and to be ended from elsewhere: here and at Keycloak, which would
/// otherwise let the browser in again without a password.
final class OwnSessions {

    private static final Logger LOG = LoggerFactory.getLogger(OwnSessions.class);

    private final Keycloak keycloak;
    private final WebSessions sessions;
    private final SignInTrail trail;

    OwnSessions(Settings settings, WebSessions sessions, SignInTrail trail) {
        this.keycloak = new Keycloak(settings);
        this.sessions = sessions;
        this.trail = trail;
    }

    List<SignedIn> list(CallContext context) {
        return sessions.of(context.tenant(), context.user());
    }

    /// Ends one.
    ///
    /// @throws ProblemException NOT_FOUND
    void end(CallContext context, UUID id, Device from) {
        Ended ended = sessions.endOne(context.tenant(), context.user(), id).orElseThrow(ProblemException::notFound);
        finish(context, from, List.of(ended));
    }

    /// Ends all but the current one.
    void endOthers(CallContext context, @Nullable UUID current, Device from) {
        finish(context, from, sessions.endOthers(context.tenant(), context.user(), current));
    }

    private void finish(CallContext context, Device from, List<Ended> ended) {
        trail.signedOut(context, from, ended);
        try {
            for (Ended one : ended) {
                if (!one.shared()) {
                    keycloak.end(one.idToken());
                }
            }
        } catch (IOException away) {
            // Ours are over. What does not answer once is not asked again: nobody waits for that.
            LOG.warn("Keycloak's sessions go on, request {}: {}", context.requestId(), away.getMessage());
        }
    }
}
