package io.relata.app.access;

import io.relata.app.PathId;
import io.relata.app.identity.CurrentCall;
import io.relata.app.json.JsonReader;
import io.relata.app.write.OwnTransaction;
import io.relata.core.Relata;
import io.relata.core.access.Input;
import io.relata.core.record.AccessExplanation;
import io.relata.core.record.RecordAssignment;
import io.relata.core.record.RecordSharing;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who owns a record, to whom it is shown besides, and why somebody sees it.
@Dependent
@Path("records/{set: [^/()$]+}/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class SharingResource {

    private final CurrentCall call;
    private final RecordSharing sharing;
    private final RecordAssignment assignment;
    private final OwnTransaction writes;

    @Inject
    public SharingResource(CurrentCall call, Relata relata, OwnTransaction writes) {
        this.call = call;
        this.sharing = relata.sharing();
        this.assignment = relata.assignment();
        this.writes = writes;
    }

    @GET
    @Path("owner")
    public Response owner(@PathParam("set") String set, @PathParam("id") String id) {
        return writes.write(null, tx -> {
            UUID owner = sharing.owner(tx, tx.entityOfSet(set), PathId.of(id));
            Map<String, @Nullable Object> body = new LinkedHashMap<>();
            body.put("owner", text(owner));
            return answer(body);
        });
    }

    @PATCH
    @Path("owner")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response assign(@PathParam("set") String set, @PathParam("id") String id, InputStream body) {
        Input input = new Input(JsonReader.tree(body));
        return writes.write(tx -> {
            List<RecordAssignment.Along> along = assignment.assign(tx, tx.entityOfSet(set), PathId.of(id), input);
            return along.isEmpty() ? Response.noContent().build() : answer(Map.of("with", along));
        });
    }

    @GET
    @Path("shares")
    public Response shares(@PathParam("set") String set, @PathParam("id") String id) {
        return writes.write(
                null,
                tx -> answer(Map.of(
                        "value",
                        sharing.shares(tx, tx.entityOfSet(set), PathId.of(id)).stream()
                                .map(SharingResource::body)
                                .toList())));
    }

    @PUT
    @Path("shares/{principal}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response share(
            @PathParam("set") String set,
            @PathParam("id") String id,
            @PathParam("principal") String principal,
            InputStream body) {
        Input input = new Input(JsonReader.tree(body));
        return writes.write(tx -> {
            sharing.share(tx, tx.entityOfSet(set), PathId.of(id), PathId.of(principal), input);
            return Response.noContent().build();
        });
    }

    @DELETE
    @Path("shares/{principal}")
    public Response unshare(
            @PathParam("set") String set, @PathParam("id") String id, @PathParam("principal") String principal) {
        return writes.write(tx -> {
            sharing.unshare(tx, tx.entityOfSet(set), PathId.of(id), PathId.of(principal));
            return Response.noContent().build();
        });
    }

    @GET
    @Path("access")
    public Response explain(
            @PathParam("set") String set, @PathParam("id") String id, @QueryParam("user") @Nullable String user) {
        UUID asked = user == null ? call.context().user() : PathId.of(user);
        return writes.write(null, tx -> {
            List<AccessExplanation.Way> ways = AccessExplanation.of(tx, tx.entityOfSet(set), PathId.of(id), asked);
            return answer(
                    Map.of("value", ways.stream().map(SharingResource::body).toList()));
        });
    }

    private static Map<String, @Nullable Object> body(RecordSharing.Shared shared) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("principal", shared.principal().toString());
        body.put("level", shared.level());
        body.put("until", text(shared.until()));
        body.put("changedBy", shared.by().toString());
        body.put("changedAt", shared.at().toInstant().toString());
        return body;
    }

    private static Map<String, @Nullable Object> body(AccessExplanation.Way way) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("kind", way.kind());
        body.put("name", way.name());
        body.put("through", text(way.through()));
        body.put("level", way.level());
        body.put("updatable", way.updatable());
        body.put("grantedBy", text(way.by()));
        body.put("grantedAt", way.at() == null ? null : way.at().toInstant().toString());
        body.put("until", text(way.until()));
        return body;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static Response answer(Object body) {
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
