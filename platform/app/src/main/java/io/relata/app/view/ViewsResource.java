package io.relata.app.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.app.PathId;
import io.relata.app.identity.CurrentCall;
import io.relata.app.json.JsonReader;
import io.relata.app.wiring.Settings;
import io.relata.app.write.OwnTransaction;
import io.relata.core.Relata;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.odata.ODataService;
import io.relata.core.view.Kept;
import io.relata.core.view.KeptInput;
import io.relata.core.view.SavedViews;
import io.relata.core.view.ViewInput;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// The caller's views of an entity's records, and those that colleagues share.
@Dependent
@Path("views/{set: [^/()$]+}")
@Produces(MediaType.APPLICATION_JSON)
public class ViewsResource {

    private final CurrentCall call;
    private final SavedViews views;
    private final ODataService odata;
    private final OwnTransaction writes;
    private final Settings settings;

    @Inject
    public ViewsResource(
            CurrentCall call, Relata relata, ODataService odata, OwnTransaction writes, Settings settings) {
        this.call = call;
        this.views = relata.views();
        this.odata = odata;
        this.writes = writes;
        this.settings = settings;
    }

    @GET
    public Response list(@PathParam("set") String set) {
        List<Map<String, Object>> found = views.list(call.context(), odata.entity(call.context(), set)).stream()
                .map(view -> KeptBody.of(view, call.context()))
                .toList();
        return KeptBody.answer(Response.ok(), Map.of("value", found));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(@PathParam("set") String set, InputStream body) {
        KeptInput input = read(set, body, true);
        return writes.write(tx -> {
            Kept view = views.create(tx, tx.entityOfSet(set), input);
            URI address = URI.create(settings.page("/api/v1/views/" + set + "/" + view.id()));
            return KeptBody.answer(Response.created(address), KeptBody.of(view, call.context()));
        });
    }

    @PATCH
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response update(@PathParam("set") String set, @PathParam("id") String id, InputStream body) {
        KeptInput input = read(set, body, false);
        return writes.write(tx -> KeptBody.answer(
                Response.ok(),
                KeptBody.of(views.update(tx, tx.entityOfSet(set), PathId.of(id), input), call.context())));
    }

    @DELETE
    @Path("{id}")
    public Response delete(@PathParam("set") String set, @PathParam("id") String id) {
        return writes.write(tx -> {
            views.delete(tx, tx.entityOfSet(set), PathId.of(id));
            return Response.noContent().build();
        });
    }

    /// A filter that cannot be understood is refused here rather than each time that somebody opens the view.
    private KeptInput read(String set, InputStream body, boolean creates) {
        EntityDefinition entity = odata.entity(call.context(), set);
        ObjectNode sent = JsonReader.tree(body);
        KeptInput input = ViewInput.read(sent, entity, creates);
        if (!input.filter().isBlank()) {
            odata.selection(call.context(), set, input.filter());
        }
        return input;
    }
}
