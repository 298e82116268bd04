package io.relata.app.privacy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.app.PathId;
import io.relata.app.json.JsonReader;
import io.relata.app.write.OwnTransaction;
import io.relata.core.Relata;
import io.relata.core.consent.ConsentEntry;
import io.relata.core.consent.RecordConsents;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.record.WriteTransaction;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the person whom a record is has agreed to.
@Dependent
@Path("records/{set}/{id}/consents")
@Produces(MediaType.APPLICATION_JSON)
public class ConsentsResource {

    private final RecordConsents consents;
    private final OwnTransaction writes;

    @Inject
    public ConsentsResource(Relata relata, OwnTransaction writes) {
        this.consents = relata.consents();
        this.writes = writes;
    }

    @GET
    public Response get(@PathParam("set") String set, @PathParam("id") String id) {
        UUID record = PathId.of(id);
        return writes.write(null, tx -> answer(tx, tx.entityOfSet(set), record, Response.Status.OK));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response say(@PathParam("set") String set, @PathParam("id") String id, InputStream body) {
        UUID record = PathId.of(id);
        ObjectNode sent = JsonReader.tree(body);
        return writes.write(tx -> {
            EntityDefinition entity = tx.entityOfSet(set);
            consents.say(tx, entity, record, sent);
            return answer(tx, entity, record, Response.Status.CREATED);
        });
    }

    private Response answer(WriteTransaction tx, EntityDefinition entity, UUID record, Response.Status status) {
        RecordConsents.Standing standing = consents.of(tx, entity, record);
        Map<String, Object> body = Map.of(
                "purposes",
                standing.purposes().stream()
                        .map(purpose -> {
                            Map<String, @Nullable Object> shown = ConsentPurposesResource.body(purpose);
                            shown.put("agreed", standing.counting().contains(purpose.code()));
                            return shown;
                        })
                        .toList(),
                "entries",
                standing.entries().stream().map(ConsentsResource::body).toList());
        return Response.status(status)
                .entity(body)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static Map<String, @Nullable Object> body(ConsentEntry entry) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("id", entry.id().toString());
        body.put("purpose", entry.purpose());
        body.put("state", entry.state().code());
        body.put("saidAt", entry.saidAt().toString());
        body.put("current", entry.current());
        body.put("recordedAt", entry.recordedAt().toString());
        body.put("recordedBy", entry.recordedBy().toString());
        body.put("way", entry.way().code());
        body.put("textVersion", entry.textVersion());
        body.put("language", entry.language());
        body.put("shown", entry.shown());
        body.put("source", entry.source());
        body.put("address", entry.address());
        body.values().removeIf(Objects::isNull);
        return body;
    }
}
