package io.relata.app.ui;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.app.health.Readiness;
import io.relata.app.identity.CurrentCall;
import io.relata.app.identity.Languages;
import io.relata.app.problem.Problem;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Meets every request first: gives it an id and a language, sets the headers that protect browsers, keeps the
/// door closed while the platform must not serve, and sends the rest to the API, to sign-in, or to the UI.
@WebFilter("/*")
public class Doorman extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(Doorman.class);
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String HEALTH = "/health";

    @Inject
    transient Readiness readiness;

    @Inject
    transient CurrentCall call;

    @Inject
    transient SecurityHeaders headers;

    @Inject
    transient WebUi ui;

    @Override
    public void init() {
        readiness.report();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        call.begin(
                UUID.randomUUID().toString(),
                Languages.accepted(request.getHeader("Accept-Language")).orElse(Languages.ENGLISH));
        response.setHeader("X-Request-Id", call.requestId());
        headers.set(response);
        try {
            pass(request, response, chain);
        } catch (RuntimeException fault) {
            if (response.isCommitted()) {
                throw fault;
            }
            LOG.error("Request {} failed", call.requestId(), fault);
            refuse(response, ProblemException.of(ProblemCode.INTERNAL, "internal"));
        }
    }

    private void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = WebUi.path(request);
        if (path.equals(HEALTH)) {
            chain.doFilter(request, response);
        } else if (!readiness.allowed()) {
            refuse(response, ProblemException.of(ProblemCode.UNAVAILABLE, "unavailable"));
        } else if (path.startsWith("/api/v1/") || path.startsWith("/auth/")) {
            chain.doFilter(request, response);
        } else if (ui.serves(request)) {
            ui.serve(request, response, chain);
        } else {
            refuse(response, ProblemException.of(ProblemCode.NOT_FOUND, "unknown-route"));
        }
    }

    private void refuse(HttpServletResponse response, ProblemException refusal) throws IOException {
        Problem problem = Problem.of(refusal, call.locale(), call.requestId());
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        MAPPER.writeValue(response.getOutputStream(), problem.body());
    }
}
