package io.relata.app.access;

import io.relata.app.identity.CurrentCall;
import io.relata.app.json.JsonReader;
import io.relata.core.Relata;
import io.relata.core.access.AccessSettings;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Map;

/// Roles, units, teams, users and rules. To store one again is to store it once, so that no request needs a key.
@Dependent
@Path("access")
@Produces(MediaType.APPLICATION_JSON)
public class AccessResource {

    private final CurrentCall call;
    private final AccessSettings settings;

    @Inject
    public AccessResource(CurrentCall call, Relata relata) {
        this.call = call;
        this.settings = relata.access();
    }

    @GET
    @Path("{kind}")
    public Response list(@PathParam("kind") String kind) {
        return Response.ok(Map.of("value", settings.list(call.context(), kind)), MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @PUT
    @Path("{kind}/{key}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(@PathParam("kind") String kind, @PathParam("key") String key, InputStream body) {
        settings.put(call.context(), kind, key, JsonReader.tree(body));
        return Response.noContent().build();
    }

    @DELETE
    @Path("{kind}/{key}")
    public Response delete(@PathParam("kind") String kind, @PathParam("key") String key) {
        settings.delete(call.context(), kind, key);
        return Response.noContent().build();
    }
}
