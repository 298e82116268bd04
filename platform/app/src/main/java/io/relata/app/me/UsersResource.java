package io.relata.app.me;

import io.relata.app.identity.CurrentCall;
import io.relata.core.tenant.TenantDirectory;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;

/// The people of the tenant, to choose from and to show by name.
@Dependent
@Path("users")
@Produces(MediaType.APPLICATION_JSON)
public class UsersResource {

    private final CurrentCall call;
    private final TenantDirectory directory;

    @Inject
    public UsersResource(CurrentCall call, TenantDirectory directory) {
        this.call = call;
        this.directory = directory;
    }

    @GET
    public Response list() {
        List<Person> people = directory.people(call.context().tenant()).stream()
                .map(Person::of)
                .toList();
        return Response.ok(Map.of("value", people), MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
