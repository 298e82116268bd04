package io.relata.app.signin;

import io.relata.app.PathId;
import io.relata.app.identity.CurrentCall;
import io.relata.core.session.Device;
import io.relata.core.session.SignedIn;
import io.relata.core.session.WebSession;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The caller's own sign-ins in this tenant.
@Dependent
@Path("me/sessions")
@Produces(MediaType.APPLICATION_JSON)
public class SessionsResource {

    private final CurrentCall call;
    private final SignInParts parts;

    @SuppressWarnings("NullAway.Init")
    @Context
    HttpServletRequest http;

    @Inject
    public SessionsResource(CurrentCall call, SignInParts parts) {
        this.call = call;
        this.parts = parts;
    }

    @GET
    public Response list() {
        List<Map<String, Object>> sessions = parts.ownSessions().list(call.context()).stream()
                .map(this::body)
                .toList();
        return Response.ok(Map.of("value", sessions), MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @DELETE
    public Response endOthers() {
        parts.ownSessions().endOthers(call.context(), current(), device());
        return Response.noContent().build();
    }

    @DELETE
    @Path("{id}")
    public Response end(@PathParam("id") String id) {
        parts.ownSessions().end(call.context(), PathId.of(id), device());
        return Response.noContent().build();
    }

    private Map<String, Object> body(SignedIn session) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", session.id());
        body.put("createdAt", session.createdAt().toString());
        body.put("lastUsedAt", session.lastUsedAt().toString());
        if (session.device().address() != null) {
            body.put("address", session.device().address());
        }
        if (session.device().agent() != null) {
            body.put("agent", session.device().agent());
        }
        body.put("current", session.id().equals(current()));
        return body;
    }

    private @Nullable UUID current() {
        WebSession session = call.caller().session();
        return session == null ? null : session.id();
    }

    private Device device() {
        return new Device(http.getRemoteAddr(), http.getHeader(HttpHeaders.USER_AGENT));
    }
}
