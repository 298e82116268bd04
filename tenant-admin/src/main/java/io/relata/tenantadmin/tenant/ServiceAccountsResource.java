package io.relata.tenantadmin.tenant;

import io.relata.tenantadmin.directory.Directory.ServiceAccount;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
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

/// A tenant's service accounts over HTTP; they are listed and removed as members.
@Dependent
@Path("tenants/{tenant}/service-accounts")
@Produces(MediaType.APPLICATION_JSON)
public class ServiceAccountsResource {
    /// Where service accounts get their tokens.
    public record TokenEndpoint(String url) {}

    private final Members members;
    private final Requests requests;
    private final TokenEndpoint tokens;

    @Inject
    public ServiceAccountsResource(Members members, Requests requests, TokenEndpoint tokens) {
        this.members = members;
        this.requests = requests;
        this.tokens = tokens;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response add(@Context SecurityContext caller, @PathParam("tenant") String tenant, InputStream body) {
        UUID tenantId = Ids.parse(tenant);
        ServiceAccount account = members.addServiceAccount(
                TenantsResource.operator(caller), tenantId, requests.serviceAccount(JsonBody.read(body)));
        return Response.created(URI.create("tenants/" + tenantId + "/users/" + account.userId()))
                .entity(Views.serviceAccount(account, tokens.url()))
                .build();
    }
}
