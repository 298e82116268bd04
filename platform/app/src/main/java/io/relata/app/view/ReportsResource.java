package io.relata.app.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.app.PathId;
import io.relata.app.identity.CurrentCall;
import io.relata.app.json.JsonReader;
import io.relata.app.wiring.Settings;
import io.relata.app.write.OwnTransaction;
import io.relata.core.Relata;
import io.relata.core.odata.ODataService;
import io.relata.core.view.Kept;
import io.relata.core.view.KeptInput;
import io.relata.core.view.ReportInput;
import io.relata.core.view.SavedReports;
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

/// The caller's reports and dashboards, and those that colleagues share.
@Dependent
@Path("analysis/{kind: reports|dashboards}")
@Produces(MediaType.APPLICATION_JSON)
public class ReportsResource {

    private final CurrentCall call;
    private final SavedReports reports;
    private final ODataService odata;
    private final OwnTransaction writes;
    private final Settings settings;

    @Inject
    public ReportsResource(
            CurrentCall call, Relata relata, ODataService odata, OwnTransaction writes, Settings settings) {
        this.call = call;
        this.reports = relata.reports();
        this.odata = odata;
        this.writes = writes;
        this.settings = settings;
    }

    @GET
    public Response list(@PathParam("kind") String kind) {
        List<Map<String, Object>> found = reports.list(call.context(), kind(kind)).stream()
                .map(report -> KeptBody.of(report, call.context()))
                .toList();
        return KeptBody.answer(Response.ok(), Map.of("value", found));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(@PathParam("kind") String kind, InputStream body) {
        KeptInput input = read(kind, body, true);
        return writes.write(tx -> {
            Kept report = reports.create(tx, kind(kind), input);
            URI address = URI.create(settings.page("/api/v1/analysis/" + kind + "/" + report.id()));
            return KeptBody.answer(Response.created(address), KeptBody.of(report, call.context()));
        });
    }

    @PATCH
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response update(@PathParam("kind") String kind, @PathParam("id") String id, InputStream body) {
        KeptInput input = read(kind, body, false);
        return writes.write(tx -> KeptBody.answer(
                Response.ok(), KeptBody.of(reports.update(tx, kind(kind), PathId.of(id), input), call.context())));
    }

    @DELETE
    @Path("{id}")
    public Response delete(@PathParam("kind") String kind, @PathParam("id") String id) {
        return writes.write(tx -> {
            reports.delete(tx, kind(kind), PathId.of(id));
            return Response.noContent().build();
        });
    }

    private KeptInput read(String kind, InputStream body, boolean creates) {
        ObjectNode sent = JsonReader.tree(body);
        return switch (kind(kind)) {
            case REPORT -> ReportInput.report(sent, creates, this::check);
            case DASHBOARD -> ReportInput.dashboard(sent, creates, this::check);
        };
    }

    /// What cannot be asked is refused here rather than each time that somebody opens the report.
    private void check(String set, String filter) {
        odata.entity(call.context(), set);
        if (!filter.isEmpty()) {
            odata.selection(call.context(), set, filter);
        }
    }

    private static SavedReports.Kind kind(String kind) {
        return kind.equals("reports") ? SavedReports.Kind.REPORT : SavedReports.Kind.DASHBOARD;
    }
}
