package io.relata.tenantadmin.tenant;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.net.URI;
import java.util.UUID;

/// A tenant's members over HTTP.
@Dependent
@Path("tenants/{tenant}/users")
@Produces(MediaType.APPLICATION_JSON)
public class MembersResource {
    private final Members members;
    private final Requests requests;

    @Inject
    public MembersResource(Members members, Requests requests) {
        this.members = members;
        this.requests = requests;
    }

    @GET
    public JsonObject list(@PathParam("tenant") String tenant) {
        return Views.members(members.list(Ids.parse(tenant)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response add(@Context SecurityContext caller, @PathParam("tenant") String tenant, InputStream body) {
        UUID tenantId = Ids.parse(tenant);
        Tenants.NewMember member =
                members.add(TenantsResource.operator(caller), tenantId, requests.person(JsonBody.read(body)));
        return Response.created(URI.create("tenants/" + tenantId + "/users/" + member.id()))
                .entity(Views.newMember(member))
                .build();
    }

    @DELETE
    @Path("{user}")
    public void remove(
            @Context SecurityContext caller, @PathParam("tenant") String tenant, @PathParam("user") String user) {
        members.remove(TenantsResource.operator(caller), Ids.parse(tenant), Ids.parse(user));
    }
}
