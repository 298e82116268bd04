package io.relata.tenantadmin.signin;

import io.relata.tenantadmin.problem.ProblemCode;
import io.relata.tenantadmin.problem.ProblemException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lets only operators at the API, before anything of it is looked at: by bearer token, or by session and CSRF header.
@Provider
@PreMatching
@Dependent
public class OperatorFilter implements ContainerRequestFilter {
    static final String CSRF_HEADER = "X-Relata-CSRF";

    private static final String BEARER = "bearer ";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    @Inject
    private AccessTokens tokens;

    @Inject
    private Sessions sessions;

    /// For the container, which makes providers without arguments and injects the fields afterwards.
    @SuppressWarnings("NullAway.Init")
    public OperatorFilter() {}

    @Override
    public void filter(ContainerRequestContext request) {
        String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        try {
            Operator operator = authorization == null ? bySession(request) : byToken(authorization);
            request.setSecurityContext(
                    new OperatorContext(operator, request.getSecurityContext().isSecure()));
        } catch (SignInUnavailableException unavailable) {
            throw new ProblemException(ProblemCode.DIRECTORY_UNAVAILABLE, List.of(), unavailable);
        }
    }

    private Operator byToken(String authorization) {
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new ProblemException(ProblemCode.UNAUTHENTICATED);
        }
        return tokens.verifyAccess(authorization.substring(BEARER.length()).strip())
                .map(claims ->
                        AccessTokens.operator(claims).orElseThrow(() -> new ProblemException(ProblemCode.FORBIDDEN)))
                .orElseThrow(() -> new ProblemException(ProblemCode.UNAUTHENTICATED));
    }

    private Operator bySession(ContainerRequestContext request) {
        Cookie cookie = request.getCookies().get(Cookies.SESSION);
        Optional<OperatorSession> session = cookie == null ? Optional.empty() : sessions.find(cookie.getValue());
        if (session.isEmpty()) {
            throw new ProblemException(ProblemCode.UNAUTHENTICATED);
        }
        String csrf = request.getHeaderString(CSRF_HEADER);
        if (!READING.contains(request.getMethod())
                && (csrf == null || !Constant.equal(session.get().csrfToken(), csrf))) {
            throw new ProblemException(ProblemCode.CSRF);
        }
        return session.get().operator();
    }

    private record OperatorContext(Operator operator, boolean secure) implements SecurityContext {
        @Override
        public Operator getUserPrincipal() {
            return operator;
        }

        @Override
        public boolean isUserInRole(String role) {
            return role.equals("operator");
        }

        @Override
        public boolean isSecure() {
            return secure;
        }

        @Override
        public @Nullable String getAuthenticationScheme() {
            return null;
        }
    }
}
