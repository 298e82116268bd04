package io.relata.app.metadata;

import io.relata.app.identity.CurrentCall;
import io.relata.app.json.JsonReader;
import io.relata.core.BackgroundWork;
import io.relata.core.Relata;
import io.relata.core.advice.IndexAdvice;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.SolutionFiles;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the tenant's data looks like, and how its administrators change that.
@Dependent
@Path("metadata")
@Produces(MediaType.APPLICATION_JSON)
public class MetadataResource {

    private final CurrentCall call;
    private final Relata relata;
    private final BackgroundWork background;
    private final RenderedMetadata rendered;

    @Inject
    public MetadataResource(CurrentCall call, Relata relata, BackgroundWork background, RenderedMetadata rendered) {
        this.call = call;
        this.relata = relata;
        this.background = background;
        this.rendered = rendered;
    }

    @GET
    public Response get(@Context Request request) {
        return rendered.of(relata.seen(call.context())).answer(request);
    }

    @GET
    @Path("solution.zip")
    @Produces("application/zip")
    public Response solution() {
        byte[] zip = SolutionFiles.zip(background.plans().files(call.context()));
        return Response.ok(zip, "application/zip")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"solution.zip\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @GET
    @Path("advice")
    public Response advice() {
        List<Map<String, Object>> advice = new IndexAdvice(relata.metadata())
                .of(call.context()).stream().map(MetadataResource::advice).toList();
        return Response.ok(Map.of("value", advice), MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static Map<String, Object> advice(IndexAdvice.Advice one) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("component", one.component().toString());
        body.put("way", one.way().code());
        body.put("uses", one.uses().stream().sorted().toList());
        body.put("times", one.times());
        body.put("records", one.records());
        body.put("millis", one.millis());
        body.put("slowest", one.slowest());
        body.put("first", one.first().toString());
        body.put("last", one.last().toString());
        if (one.way() == IndexAdvice.Way.INDEX) {
            body.put(
                    "change",
                    Map.of("op", "change", "component", one.component().toString(), "value", Map.of("indexed", true)));
        }
        return body;
    }

    @POST
    @Path("entities")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response createEntity(InputStream body) {
        EntityDefinition entity = background.plans().createEntity(call.context(), JsonReader.tree(body));
        return Response.status(Response.Status.CREATED)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(MetadataJson.entity(entity))
                .build();
    }

    @POST
    @Path("entities/{name}/fields")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response addField(@PathParam("name") String name, InputStream body) {
        FieldDefinition field = background.plans().addField(call.context(), name, JsonReader.tree(body));
        return Response.status(Response.Status.CREATED)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(MetadataJson.field(field))
                .build();
    }
}
