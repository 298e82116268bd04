package io.relata.app.identity;

import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.session.WebSession;
import io.relata.core.session.WebSessions;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/// Lets nobody reach the API unknown: a bearer token or a browser's session becomes the request's caller.
///
/// Runs before a route is looked for, so that strangers do not learn which routes there are.
@Dependent
@PreMatching
@Provider
@Priority(Priorities.AUTHENTICATION)
public class AuthenticationFilter implements ContainerRequestFilter {

    /// The cookie that holds a browser's session.
    public static final String SESSION_COOKIE = "relata_session";

    private static final String BEARER = "bearer ";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    // The server makes providers before it can inject through a constructor.
    @Inject
    BearerTokens tokens;

    @Inject
    WebSessions sessions;

    @Inject
    Admission admission;

    @Inject
    SameSite sameSite;

    @Inject
    CurrentCall call;

    @Override
    public void filter(ContainerRequestContext request) {
        String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        Cookie cookie = request.getCookies().get(SESSION_COOKIE);
        Admission.Request asked = new Admission.Request(
                call.requestId(), Languages.accepted(request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE)));
        if (authorization != null) {
            call.admit(admission.token(bearer(authorization), asked, call::speak));
        } else if (cookie != null) {
            WebSession session = sessions.find(cookie.getValue())
                    .orElseThrow(() -> ProblemException.of(ProblemCode.UNAUTHENTICATED, "session-over"));
            if (!SAFE.contains(request.getMethod())) {
                sameSite.check(session, request.getHeaderString(SameSite.HEADER), request.getHeaderString("Origin"));
            }
            call.admit(admission.session(session, asked, call::speak));
        } else {
            throw ProblemException.of(ProblemCode.UNAUTHENTICATED, "unauthenticated");
        }
    }

    private VerifiedToken bearer(String authorization) {
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw ProblemException.of(ProblemCode.UNAUTHENTICATED, "unauthenticated");
        }
        try {
            return tokens.verify(authorization.substring(BEARER.length()).strip());
        } catch (InvalidTokenException invalid) {
            throw ProblemException.of(ProblemCode.UNAUTHENTICATED, "token-invalid");
        }
    }
}
