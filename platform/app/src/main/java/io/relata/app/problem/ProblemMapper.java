package io.relata.app.problem;

import io.relata.app.identity.CurrentCall;
import io.relata.core.limit.Meters;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers every refusal and every fault alike. Of an internal error the caller learns the request's id only;
/// the log holds the rest under that id.
@Dependent
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);

    private static final String ODATA_SERVICE = "/api/v1/data";

    // The server makes providers before it can inject through a constructor.
    @Inject
    CurrentCall call;

    @SuppressWarnings("NullAway.Init")
    @Context
    UriInfo uri;

    @SuppressWarnings("NullAway.Init")
    @Context
    HttpHeaders headers;

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof WebApplicationException web && web.getResponse().getStatus() < 400) {
            return web.getResponse();
        }
        return answer(call, thrown, form());
    }

    /// Returns the answer to a request that failed: also to one that came inside another.
    public static Response answer(CurrentCall call, Throwable thrown, ProblemForm form) {
        ProblemException refusal = Refusals.of(thrown);
        if (refusal.code() == ProblemCode.INTERNAL) {
            LOG.error("Request {} failed", call.requestId(), thrown);
        } else if (refusal.code() == ProblemCode.UNAVAILABLE) {
            // One line: in an outage there are many.
            LOG.warn("Request {} could not be served: {}", call.requestId(), thrown.toString());
        }
        Problem problem = Problem.of(refusal, call.locale(), call.requestId());
        Response.ResponseBuilder answer = Response.status(problem.status())
                .type(form.mediaType())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(form.body(problem));
        if (form == ProblemForm.ODATA) {
            answer.header("OData-Version", "4.0");
        }
        if (refusal.code() == ProblemCode.UNAUTHENTICATED) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        Object wait = refusal.extras().get(Meters.RETRY_AFTER);
        if (wait != null) {
            answer.header(HttpHeaders.RETRY_AFTER, wait);
        }
        if (thrown instanceof WebApplicationException web) {
            String allowed = web.getResponse().getHeaderString(HttpHeaders.ALLOW);
            answer.header(HttpHeaders.ALLOW, allowed);
        }
        return answer.build();
    }

    private ProblemForm form() {
        return uri.getRequestUri().getPath().startsWith(ODATA_SERVICE)
                ? ProblemForm.ofODataRequest(headers::getHeaderString)
                : ProblemForm.PROBLEM;
    }
}
