package io.relata.app.privacy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.app.PathId;
import io.relata.app.json.JsonReader;
import io.relata.app.write.OwnTransaction;
import io.relata.core.Relata;
import io.relata.core.record.LegalHolds;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// The legal hold on a record.
@Dependent
@Path("records/{set}/{id}/hold")
@Produces(MediaType.APPLICATION_JSON)
public class HoldResource {

    private final LegalHolds holds;
    private final OwnTransaction writes;

    @Inject
    public HoldResource(Relata relata, OwnTransaction writes) {
        this.holds = relata.holds();
        this.writes = writes;
    }

    @GET
    public Response get(@PathParam("set") String set, @PathParam("id") String id) {
        UUID record = PathId.of(id);
        return writes.write(null, tx -> {
            Map<String, Object> body = new LinkedHashMap<>();
            holds.find(tx, tx.entityOfSet(set), record).ifPresent(hold -> {
                body.put("reason", hold.reason());
                body.put("placedBy", hold.by().toString());
                body.put("placedAt", hold.at().toString());
            });
            return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .build();
        });
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Response place(@PathParam("set") String set, @PathParam("id") String id, InputStream body) {
        UUID record = PathId.of(id);
        ObjectNode sent = JsonReader.tree(body);
        return writes.write(tx -> {
            holds.place(tx, tx.entityOfSet(set), record, sent.path("reason").asText(""));
            return Response.noContent().build();
        });
    }

    @DELETE
    public Response lift(@PathParam("set") String set, @PathParam("id") String id) {
        UUID record = PathId.of(id);
        return writes.write(tx -> {
            holds.lift(tx, tx.entityOfSet(set), record);
            return Response.noContent().build();
        });
    }
}
