package io.relata.tenantadmin.tenant;

import io.relata.tenantadmin.problem.ProblemCode;
import io.relata.tenantadmin.problem.ProblemException;
import io.relata.tenantadmin.problem.Violation;
import io.relata.tenantadmin.signin.Operator;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Tenants over HTTP.
@Dependent
@Path("tenants")
@Produces(MediaType.APPLICATION_JSON)
public class TenantsResource {
    private final Tenants tenants;
    private final Requests requests;

    @Inject
    public TenantsResource(Tenants tenants, Requests requests) {
        this.tenants = tenants;
        this.requests = requests;
    }

    @GET
    public JsonObject list(
            @QueryParam("search") @DefaultValue("") String search,
            @QueryParam("status") @Nullable String status,
            @QueryParam("after") @Nullable String after,
            @QueryParam("top") @DefaultValue("500") String top) {
        TenantQuery query = query(search, status, after, top);
        return Views.page(tenants.list(query), query);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(@Context SecurityContext caller, InputStream body) {
        NewTenant wanted = requests.tenant(JsonBody.read(body));
        Tenants.Provisioned provisioned = tenants.create(operator(caller), wanted);
        UUID id = provisioned.details().summary().tenant().id();
        return Response.created(URI.create("tenants/" + id))
                .entity(Views.provisioned(provisioned))
                .build();
    }

    @GET
    @Path("{tenant}")
    public JsonObject get(@PathParam("tenant") String tenant) {
        return Views.details(tenants.get(Ids.parse(tenant)));
    }

    @GET
    @Path("{tenant}/audit")
    public JsonObject trail(@PathParam("tenant") String tenant) {
        return Views.trail(tenants.trail(Ids.parse(tenant)));
    }

    @POST
    @Path("{tenant}/suspend")
    public JsonObject suspend(@Context SecurityContext caller, @PathParam("tenant") String tenant, InputStream body) {
        String reason = requests.reason(JsonBody.readOptional(body));
        return Views.details(tenants.suspend(operator(caller), Ids.parse(tenant), reason));
    }

    @POST
    @Path("{tenant}/resume")
    public JsonObject resume(@Context SecurityContext caller, @PathParam("tenant") String tenant, InputStream body) {
        requests.nothing(JsonBody.readOptional(body));
        return Views.details(tenants.resume(operator(caller), Ids.parse(tenant)));
    }

    static Operator operator(SecurityContext caller) {
        if (caller.getUserPrincipal() instanceof Operator operator) {
            return operator;
        }
        throw new ProblemException(ProblemCode.UNAUTHENTICATED);
    }

    private static TenantQuery query(String search, @Nullable String status, @Nullable String after, String top) {
        TenantStatus wanted = status == null
                ? null
                : Arrays.stream(TenantStatus.values())
                        .filter(value -> value.value().equals(status))
                        .findFirst()
                        .orElseThrow(() -> invalid("status"));
        int most = top.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(top) : 0;
        if (most < 1 || most > TenantQuery.MOST) {
            throw invalid("top");
        }
        return new TenantQuery(search, wanted, after == null ? null : Ids.parse(after), most);
    }

    private static ProblemException invalid(String parameter) {
        return new ProblemException(ProblemCode.VALIDATION, List.of(Violation.of(parameter, "page")));
    }
}
