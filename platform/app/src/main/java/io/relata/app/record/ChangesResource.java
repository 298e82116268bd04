package io.relata.app.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.app.identity.CurrentCall;
import io.relata.app.jobs.Numbers;
import io.relata.core.Relata;
import io.relata.core.feed.ChangeFeed;
import io.relata.core.odata.ODataService;
import io.relata.spi.CallContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What changed, for programs that follow it.
@Dependent
@Path("changes")
public class ChangesResource {

    private static final int PAGE = 100;
    private static final int MAX_PAGE = 1_000;

    private final CurrentCall call;
    private final Relata relata;
    private final ODataService odata;

    /// One change of one record; its fields by the API's names.
    record Event(
            String id,
            String action,
            String at,
            String actor,
            String origin,
            long version,
            Map<String, Values> changes) {}

    /// A field's value before and after.
    record Values(JsonNode before, JsonNode after) {}

    @Inject
    public ChangesResource(CurrentCall call, Relata relata, ODataService odata) {
        this.call = call;
        this.relata = relata;
        this.odata = odata;
    }

    @GET
    @Path("{set}")
    public Response list(
            @PathParam("set") String set,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        CallContext context = call.context();
        int most = (int) Numbers.read("limit", limit, PAGE, 1, MAX_PAGE);
        ChangeFeed.Page page = relata.feed().read(context, odata.entity(context, set), cursor, most);
        List<Event> events = page.events().stream().map(ChangesResource::event).toList();
        return Response.ok(
                        Map.of("value", events, "cursor", page.cursor(), "more", page.more()),
                        MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static Event event(ChangeFeed.Event event) {
        Map<String, Values> changes = new LinkedHashMap<>();
        event.changes().forEach(change -> changes.put(change.property(), new Values(change.before(), change.after())));
        return new Event(
                event.record().toString(),
                event.action(),
                event.at().toString(),
                event.actor().toString(),
                event.origin(),
                event.version(),
                changes);
    }
}
