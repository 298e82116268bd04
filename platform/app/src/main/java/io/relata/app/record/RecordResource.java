package io.relata.app.record;

import io.relata.app.identity.CurrentCall;
import io.relata.app.json.JsonReader;
import io.relata.core.Relata;
import io.relata.core.odata.ODataService;
import io.relata.core.record.RecordData;
import io.relata.spi.CallContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The tenant's records. The query part of an address goes to the engine as it came.
@Dependent
@Path("data")
@Produces(MediaType.APPLICATION_JSON)
public class RecordResource {

    private static final String SET = "{set: [^/()$]+}";
    private static final String RECORD = SET + "({id: [^/()]*})";

    private final CurrentCall call;
    private final Relata relata;
    private final ODataService odata;

    @Inject
    public RecordResource(CurrentCall call, Relata relata, ODataService odata) {
        this.call = call;
        this.relata = relata;
        this.odata = odata;
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
    public Response list(@PathParam("set") String set, @Context UriInfo uri) {
        return ODataAnswer.ok(
                odata.list(call.context(), set, uri.getRequestUri().getRawQuery()));
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
    public Response get(@PathParam("set") String set, @PathParam("id") String id, @Context UriInfo uri) {
        return ODataAnswer.of(
                        Response.Status.OK,
                        odata.get(
                                call.context(),
                                set,
                                RecordKey.of(id),
                                uri.getRequestUri().getRawQuery()))
                .build();
    }

    @POST
    @Path(SET)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(@PathParam("set") String set, InputStream body) {
        CallContext context = call.context();
        String entity = odata.entity(context, set).name();
        RecordData record = relata.writer().create(context, entity, RecordBody.values(JsonReader.values(body)));
        return ODataAnswer.of(Response.Status.CREATED, odata.found(context, record))
                .location(odata.address(context, record))
                .build();
    }

    @PATCH
    @Path(RECORD)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response update(
            @PathParam("set") String set,
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            InputStream body) {
        CallContext context = call.context();
        UUID key = RecordKey.of(id);
        Long version = RecordKey.version(ifMatch);
        String entity = odata.entity(context, set).name();
        return Conflict.shown(odata, context, () -> {
            RecordData record =
                    relata.writer().update(context, entity, key, version, RecordBody.values(JsonReader.values(body)));
            return ODataAnswer.of(Response.Status.OK, odata.found(context, record))
                    .build();
        });
    }

    @DELETE
    @Path(RECORD)
    public Response delete(
            @PathParam("set") String set,
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        CallContext context = call.context();
        UUID key = RecordKey.of(id);
        Long version = RecordKey.version(ifMatch);
        String entity = odata.entity(context, set).name();
        return Conflict.shown(odata, context, () -> {
            relata.writer().delete(context, entity, key, version);
            return Response.noContent().build();
        });
    }

    @POST
    @Path(RECORD + "/Relata.restore")
    public Response restore(@PathParam("set") String set, @PathParam("id") String id) {
        CallContext context = call.context();
        String entity = odata.entity(context, set).name();
        RecordData record = relata.writer().restore(context, entity, RecordKey.of(id));
        return ODataAnswer.of(Response.Status.OK, odata.found(context, record)).build();
    }
}
