package io.relata.app.limit;

import io.relata.app.identity.CurrentCall;
import io.relata.core.Relata;
import io.relata.core.limit.Meters;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/// Counts each request of an admitted caller, and says in the answer how many are left.
///
/// The header fields are those of the IETF's draft "RateLimit header fields for HTTP"
/// (draft-ietf-httpapi-ratelimit-headers).
@Dependent
@PreMatching
@Provider
@Priority(Priorities.AUTHENTICATION + 1)
public class LimitFilter implements ContainerRequestFilter, ContainerResponseFilter {

    private static final String POLICY = "RateLimit-Policy";
    private static final String STANDING = "RateLimit";
    private static final String WINDOW = ";w=" + Meters.WINDOW.toSeconds();

    // The server makes providers before it can inject through a constructor.
    @Inject
    CurrentCall call;

    @Inject
    Relata relata;

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(STANDING, relata.meters().count(call.context(), 1));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(STANDING) instanceof Meters.Standing standing) {
            response.getHeaders().putSingle(POLICY, "\"user\";q=" + standing.limit() + WINDOW);
            response.getHeaders()
                    .putSingle(STANDING, "\"user\";r=" + standing.left() + ";t=" + standing.fullAgainAfter());
        }
    }
}
