package io.relata.app.openapi;

import io.relata.app.identity.CurrentCall;
import io.relata.core.Relata;
import io.relata.spi.CallContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

/// The description of the tenant's API, in the caller's language.
@Dependent
@Path("openapi.json")
@Produces(MediaType.APPLICATION_JSON)
public class OpenApiResource {

    private final CurrentCall call;
    private final Relata relata;
    private final OpenApiDocuments documents;

    @Inject
    public OpenApiResource(CurrentCall call, Relata relata, OpenApiDocuments documents) {
        this.call = call;
        this.relata = relata;
        this.documents = documents;
    }

    @GET
    public Response get(@Context Request request) {
        CallContext context = call.context();
        return documents.of(relata.seen(context), context.locale()).answer(request);
    }
}
