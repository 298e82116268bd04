package io.relata.app.privacy;

import io.relata.app.PathId;
import io.relata.app.identity.CurrentCall;
import io.relata.app.json.JsonReader;
import io.relata.app.write.OwnTransaction;
import io.relata.core.Relata;
import io.relata.core.consent.ConsentPurpose;
import io.relata.core.consent.ConsentPurposes;
import io.relata.core.consent.ConsentText;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What people are asked to agree to, and the texts that they are shown.
@Dependent
@Path("consent-purposes")
@Produces(MediaType.APPLICATION_JSON)
public class ConsentPurposesResource {

    private static final String ONE = "{id}";

    private final CurrentCall call;
    private final ConsentPurposes purposes;
    private final OwnTransaction writes;

    @Inject
    public ConsentPurposesResource(CurrentCall call, Relata relata, OwnTransaction writes) {
        this.call = call;
        this.purposes = relata.consentPurposes();
        this.writes = writes;
    }

    @GET
    public Response list() {
        return answer(Map.of(
                "value",
                purposes.list(call.context()).stream()
                        .map(ConsentPurposesResource::body)
                        .toList()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(InputStream body) {
        return writes.write(tx -> Response.status(Response.Status.CREATED)
                .entity(body(purposes.create(tx.sql(), tx.context(), JsonReader.tree(body))))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build());
    }

    @PUT
    @Path(ONE)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response replace(@PathParam("id") String id, InputStream body) {
        return writes.write(
                tx -> answer(body(purposes.replace(tx.sql(), tx.context(), PathId.of(id), JsonReader.tree(body)))));
    }

    @DELETE
    @Path(ONE)
    public Response delete(@PathParam("id") String id) {
        return writes.write(tx -> {
            purposes.delete(tx.sql(), tx.context(), PathId.of(id));
            return Response.noContent().build();
        });
    }

    @GET
    @Path(ONE + "/texts")
    public Response texts(@PathParam("id") String id) {
        return answer(Map.of(
                "value",
                purposes.texts(call.context(), PathId.of(id)).stream()
                        .map(ConsentPurposesResource::body)
                        .toList()));
    }

    @POST
    @Path(ONE + "/texts")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response write(@PathParam("id") String id, InputStream body) {
        return writes.write(tx -> Response.status(Response.Status.CREATED)
                .entity(body(purposes.write(tx.sql(), tx.context(), PathId.of(id), JsonReader.tree(body))))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build());
    }

    static Map<String, @Nullable Object> body(ConsentPurpose purpose) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("id", purpose.id().toString());
        body.put("code", purpose.code());
        body.put("label", purpose.label().texts());
        if (purpose.months() != null) {
            body.put("months", purpose.months());
        }
        body.put("active", purpose.active());
        body.put("text", body(purpose.text()));
        return body;
    }

    private static Map<String, Object> body(ConsentText text) {
        return Map.of(
                "version", text.version(),
                "text", text.texts().texts(),
                "writtenBy", text.by().toString(),
                "writtenAt", text.at().toString());
    }

    private static Response answer(Object body) {
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
