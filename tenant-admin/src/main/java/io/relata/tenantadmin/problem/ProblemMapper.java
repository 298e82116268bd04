package io.relata.tenantadmin.problem;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Turns whatever went wrong into a problem document; what we did not foresee shows only its request id.
@Provider
public final class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class.getName());

    @Context
    private @Nullable HttpHeaders headers;

    @Override
    public Response toResponse(Throwable failure) {
        UUID instance = UUID.randomUUID();
        if (failure instanceof ProblemException problem) {
            if (problem.code().status() >= 500) {
                LOG.log(Level.WARNING, "Request " + instance + " failed", problem);
            }
            return answer(problem.code(), problem.violations(), instance);
        }
        if (failure instanceof WebApplicationException web && web.getResponse().getStatus() < 500) {
            return answer(ProblemCode.ofStatus(web.getResponse().getStatus()), List.of(), instance);
        }
        if (DatabaseFaults.isUnreachable(failure)) {
            LOG.log(Level.WARNING, "Request " + instance + " failed: the database does not answer", failure);
            return answer(ProblemCode.DATABASE_UNAVAILABLE, List.of(), instance);
        }
        LOG.log(Level.SEVERE, "Request " + instance + " failed", failure);
        return answer(ProblemCode.INTERNAL, List.of(), instance);
    }

    private Response answer(ProblemCode code, List<Violation> violations, UUID instance) {
        Locale locale =
                Messages.negotiate(headers == null ? null : headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
        Response.ResponseBuilder answer = Response.status(code.status())
                .type(Problems.MEDIA_TYPE)
                .language(locale)
                .entity(Problems.render(code, violations, locale, instance).toString());
        if (code == ProblemCode.UNAUTHENTICATED) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return answer.build();
    }
}
