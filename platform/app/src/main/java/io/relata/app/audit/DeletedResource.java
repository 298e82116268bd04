package io.relata.app.audit;

import io.relata.app.identity.CurrentCall;
import io.relata.app.jobs.Numbers;
import io.relata.app.json.JsonReader;
import io.relata.core.Relata;
import io.relata.core.access.Input;
import io.relata.core.odata.ODataService;
import io.relata.core.record.Purge;
import io.relata.core.record.RecycleBin;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The recycle bin: what was deleted by whom, and for how long it is kept. What is in it comes back by
/// `Relata.restore`.
@Dependent
@Path("deleted")
@Produces(MediaType.APPLICATION_JSON)
public class DeletedResource {

    private static final int PAGE = 50;
    private static final int MOST = 500;
    private static final String DAYS = "deletedDays";

    private final CurrentCall call;
    private final ODataService odata;
    private final RecycleBin bin;
    private final Purge purge;

    @Inject
    public DeletedResource(CurrentCall call, Relata relata, ODataService odata) {
        this.call = call;
        this.odata = odata;
        this.bin = new RecycleBin(relata.transactions());
        this.purge = relata.purge();
    }

    @GET
    public Response kept() {
        return days(purge.days(call.context()).orElse(null));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Response keep(InputStream body) {
        Input input = new Input(JsonReader.tree(body));
        Integer days = input.optionalNumber(DAYS);
        input.done();
        purge.keep(call.context(), days);
        return days(days);
    }

    private static Response days(@Nullable Integer days) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put(DAYS, days);
        return AuditResource.answer(body);
    }

    @GET
    @Path("{set}")
    public Response list(
            @PathParam("set") String set,
            @QueryParam("after") @Nullable String after,
            @QueryParam("top") @Nullable String top) {
        int count = (int) Numbers.read("top", top, PAGE, 1, MOST);
        RecycleBin.Page page = bin.list(call.context(), odata.entity(call.context(), set), after, count);
        List<Map<String, Object>> shown =
                page.records().stream().map(DeletedResource::body).toList();
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("value", shown);
        if (page.next() != null) {
            body.put("next", page.next());
        }
        return AuditResource.answer(body);
    }

    private static Map<String, Object> body(RecycleBin.Deleted record) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", record.id().toString());
        body.put("name", record.name());
        body.put("deletedAt", record.at().toString());
        body.put("deletedBy", record.by().toString());
        body.put("alongside", record.alongside());
        return body;
    }
}
