package io.relata.app.record;

import io.relata.app.PathId;
import io.relata.app.identity.CurrentCall;
import io.relata.app.json.JsonReader;
import io.relata.app.write.OwnTransaction;
import io.relata.app.write.Writes;
import io.relata.core.Relata;
import io.relata.core.audit.Cause;
import io.relata.core.bulk.BulkCall;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.type.Form;
import io.relata.core.odata.ODataFormat;
import io.relata.core.odata.ODataService;
import io.relata.core.record.DeepCreation;
import io.relata.core.record.Move;
import io.relata.core.record.RecordData;
import io.relata.core.record.RecordInput;
import io.relata.core.record.RecordInput.Rest;
import io.relata.core.record.RecordResult;
import io.relata.core.record.RecordTarget;
import io.relata.core.record.WriteTransaction;
import io.relata.spi.CallContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The tenant's records. The query part of an address goes to the engine as it came.
@Dependent
@Path("data")
@Produces(MediaType.APPLICATION_JSON)
public class RecordResource {

    private static final long BULK_BYTES = 64L * 1024 * 1024;

    /// What a bulk call is called in the history, and when it is undone.
    private static final String CHANGE = "Relata-Change";

    private static final String SET = "{set: [^/()$]+}";
    private static final String RECORD = SET + "({id: [^/()]*})";

    private final CurrentCall call;
    private final Relata relata;
    private final ODataService odata;
    private final Writes writes;

    @Inject
    public RecordResource(CurrentCall call, Relata relata, ODataService odata, OwnTransaction writes) {
        this(call, relata, odata, (Writes) writes);
    }

    private RecordResource(CurrentCall call, Relata relata, ODataService odata, Writes writes) {
        this.call = call;
        this.relata = relata;
        this.odata = odata;
        this.writes = writes;
    }

    /// Returns the routes for requests that are parts of another.
    ///
    /// @param writes where they write
    public static RecordResource within(CurrentCall call, Relata relata, ODataService odata, Writes writes) {
        return new RecordResource(call, relata, odata, writes);
    }

    @GET
    public Response service() {
        return ODataAnswer.ok(odata.serviceDocument(call.context()));
    }

    @GET
    @Path("$metadata")
    @Produces(MediaType.APPLICATION_XML)
    public Response metadata() {
        return ODataAnswer.xml(odata.metadataXml(call.context()));
    }

    @GET
    @Path(SET)
    public Response list(
            @PathParam("set") String set,
            @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept,
            @HeaderParam(Preferences.HEADER) @Nullable String prefer,
            @Context UriInfo uri) {
        String query = uri.getRequestUri().getRawQuery();
        Integer pageSize = Preferences.of(prefer).pageSize().orElse(null);
        ODataService.Answer answer = odata.list(call.context(), set, query, ODataFormat.accepted(accept), pageSize);
        return ODataAnswer.ok(answer, pageSize);
    }

    @GET
    @Path(SET + "/$count")
    @Produces(MediaType.TEXT_PLAIN)
    public Response count(@PathParam("set") String set, @Context UriInfo uri) {
        return ODataAnswer.text(
                odata.count(call.context(), set, uri.getRequestUri().getRawQuery()));
    }

    @GET
    @Path(RECORD)
    public Response get(
            @PathParam("set") String set,
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept,
            @Context UriInfo uri) {
        ODataFormat format = ODataFormat.accepted(accept);
        CallContext context = call.context();
        EntityDefinition entity = odata.entity(context, set);
        UUID record = relata.keys().find(context, entity, RecordKey.existing(entity, id, null));
        return ODataAnswer.of(
                        Response.Status.OK,
                        odata.get(context, set, record, uri.getRequestUri().getRawQuery(), format))
                .build();
    }

    @POST
    @Path(SET)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(
            @PathParam("set") String set, @HeaderParam(Preferences.HEADER) @Nullable String prefer, InputStream body) {
        Map<String, @Nullable Object> values = RecordBody.values(JsonReader.values(body));
        return write(tx -> {
            DeepCreation.Created created = DeepCreation.create(relata.writer(), tx, tx.entityOfSet(set), values);
            ODataService.Found found = odata.found(tx, created, ODataFormat.USUAL);
            return answer(tx, found, RecordResult.Outcome.CREATED, prefer);
        });
    }

    @PATCH
    @Path(RECORD)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response update(
            @PathParam("set") String set,
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            @HeaderParam(Preferences.HEADER) @Nullable String prefer,
            InputStream body) {
        return save(set, new Condition(id, ifMatch, ifNoneMatch), prefer, Rest.KEPT, body);
    }

    @PUT
    @Path(RECORD)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response replace(
            @PathParam("set") String set,
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            @HeaderParam(Preferences.HEADER) @Nullable String prefer,
            InputStream body) {
        return save(set, new Condition(id, ifMatch, ifNoneMatch), prefer, Rest.RESET, body);
    }

    @DELETE
    @Path(RECORD)
    public Response delete(
            @PathParam("set") String set,
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return write(tx -> {
            EntityDefinition entity = tx.entityOfSet(set);
            relata.writer().move(tx, entity, RecordKey.existing(entity, id, ifMatch), Move.DELETE);
            return Response.noContent().build();
        });
    }

    @POST
    @Path(RECORD + "/Relata.restore")
    public Response restore(
            @PathParam("set") String set,
            @PathParam("id") String id,
            @HeaderParam(Preferences.HEADER) @Nullable String prefer) {
        return write(tx -> {
            EntityDefinition entity = tx.entityOfSet(set);
            RecordData record = relata.writer().move(tx, entity, RecordTarget.of(PathId.of(id), null), Move.RESTORE);
            return saved(tx, new RecordResult.Saved(record, RecordResult.Outcome.RESTORED), prefer);
        });
    }

    /// Does what a plugin offers for the entity's records: `{plugin}.{action}`.
    @POST
    @Path(RECORD + "/{action: [a-z][A-Za-z0-9-]*[.][a-z][A-Za-z0-9]*}")
    public Response act(
            @PathParam("set") String set,
            @PathParam("id") String id,
            @PathParam("action") String action,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @HeaderParam(Preferences.HEADER) @Nullable String prefer,
            InputStream body) {
        Map<String, @Nullable Object> parameters = RecordBody.values(JsonReader.optional(body));
        return write(tx -> {
            EntityDefinition entity = tx.entityOfSet(set);
            RecordTarget target = RecordKey.existing(entity, id, ifMatch);
            return saved(tx, relata.writer().act(tx, entity, target, action, parameters), prefer);
        });
    }

    /// Many records at once; see the guide for consultants.
    @POST
    @Path(SET + "/Relata.bulk")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response bulk(
            @PathParam("set") String set, @HeaderParam(Preferences.HEADER) @Nullable String prefer, InputStream body) {
        boolean whole = !Preferences.of(prefer).continuesOnError();
        try (Spool spool = Spool.of(body, BULK_BYTES)) {
            return write(tx -> {
                Cause change = Cause.of("bulk", relata.ids().next());
                change.of(tx.sql());
                BulkCall items = new BulkCall(relata.writer(), tx, tx.entityOfSet(set));
                JsonReader.items(spool.open(), BULK_BYTES, "items", items::add);
                return Response.ok(
                                BulkBody.text(items.finish(whole), call.locale(), call.requestId()),
                                MediaType.APPLICATION_JSON_TYPE)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .header(CHANGE, change.name())
                        .build();
            });
        }
    }

    private record Condition(
            String id, @Nullable String ifMatch, @Nullable String ifNoneMatch) {}

    private Response save(String set, Condition condition, @Nullable String prefer, Rest rest, InputStream body) {
        Map<String, @Nullable Object> values = RecordBody.values(JsonReader.values(body));
        return write(tx -> {
            EntityDefinition entity = tx.entityOfSet(set);
            RecordTarget target =
                    RecordKey.toWrite(entity, condition.id(), condition.ifMatch(), condition.ifNoneMatch());
            RecordInput input = new RecordInput(target, values, rest, Form.JSON);
            return saved(tx, relata.writer().save(tx, entity, input), prefer);
        });
    }

    private Response write(Function<WriteTransaction, Response> work) {
        return writes.write(tx -> Conflict.shown(odata, tx, work));
    }

    private Response saved(WriteTransaction tx, RecordResult.Saved saved, @Nullable String prefer) {
        return answer(tx, odata.found(tx, saved.data(), ODataFormat.USUAL), saved.outcome(), prefer);
    }

    private Response answer(
            WriteTransaction tx, ODataService.Found found, RecordResult.Outcome outcome, @Nullable String prefer) {
        boolean created = outcome == RecordResult.Outcome.CREATED;
        URI address = odata.address(tx, found.record());
        Response.ResponseBuilder answer = Preferences.of(prefer).minimal()
                ? ODataAnswer.minimal(address, found.record())
                : ODataAnswer.of(created ? Response.Status.CREATED : Response.Status.OK, found);
        return created ? answer.location(address).build() : answer.build();
    }
}
