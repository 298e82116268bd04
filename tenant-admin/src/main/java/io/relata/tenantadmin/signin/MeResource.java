package io.relata.tenantadmin.signin;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Who is asking, and the token that a session's writing requests carry.
@Dependent
@Path("me")
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {
    /// Where tenants' people sign in.
    public record PlatformAddress(URI url) {}

    private final Sessions sessions;
    private final PlatformAddress platform;

    @Inject
    public MeResource(Sessions sessions, PlatformAddress platform) {
        this.sessions = sessions;
        this.platform = platform;
    }

    @GET
    public JsonObject me(
            @Context SecurityContext caller,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @CookieParam(Cookies.SESSION) @Nullable String session) {
        JsonObjectBuilder me =
                Json.createObjectBuilder().add("platformUrl", platform.url().toString());
        if (caller.getUserPrincipal() instanceof Operator operator) {
            me.add("id", operator.id()).add("username", operator.username()).add("displayName", operator.displayName());
        }
        if (authorization == null && session != null) {
            sessions.find(session).ifPresent(found -> me.add("csrfToken", found.csrfToken()));
        }
        return me.build();
    }
}
