package io.relata.app.automation;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.app.PathId;
import io.relata.app.identity.CurrentCall;
import io.relata.app.jobs.Numbers;
import io.relata.app.json.JsonReader;
import io.relata.app.write.OwnTransaction;
import io.relata.core.Relata;
import io.relata.core.automation.AutomationRun;
import io.relata.core.automation.Automations;
import io.relata.core.metadata.DefinitionInput;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The tenant's automations and what they have taken on, for its administrators; those that are begun by hand, for
/// everybody.
@Dependent
@Path("automations")
@Produces(MediaType.APPLICATION_JSON)
public class AutomationsResource {

    private static final int PAGE = 50;
    private static final int MAX_PAGE = 200;
    private static final String ONE = "{id}";

    private final CurrentCall call;
    private final Relata relata;
    private final Automations automations;
    private final OwnTransaction writes;

    @Inject
    public AutomationsResource(CurrentCall call, Relata relata, OwnTransaction writes) {
        this.call = call;
        this.relata = relata;
        this.automations = relata.automations();
        this.writes = writes;
    }

    @GET
    public Response list() {
        return answer(Map.of(
                "value",
                automations.list(call.context()).stream()
                        .map(AutomationBodies::automation)
                        .toList()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(InputStream body) {
        return writes.write(tx -> noStore(
                Response.status(Response.Status.CREATED),
                AutomationBodies.automation(automations.create(tx.sql(), tx.context(), JsonReader.tree(body)))));
    }

    @GET
    @Path(ONE)
    public Response get(@PathParam("id") String id) {
        return answer(AutomationBodies.automation(automations.find(call.context(), PathId.of(id))));
    }

    @PUT
    @Path(ONE)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response replace(@PathParam("id") String id, InputStream body) {
        return writes.write(tx -> answer(AutomationBodies.automation(
                automations.replace(tx.sql(), tx.context(), PathId.of(id), JsonReader.tree(body)))));
    }

    @DELETE
    @Path(ONE)
    public Response delete(@PathParam("id") String id) {
        return writes.write(tx -> {
            automations.delete(tx.sql(), tx.context(), PathId.of(id));
            return Response.noContent().build();
        });
    }

    /// Says what an automation would do to the newest records, and does nothing.
    @POST
    @Path("trial")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response trial(InputStream body) {
        return answer(AutomationBodies.outcome(automations.trial().run(call.context(), JsonReader.tree(body))));
    }

    @GET
    @Path("manual")
    public Response manual(@QueryParam("entity") @Nullable String entity) {
        String name = entity == null ? "" : entity;
        EntityDefinition definition = relata.seen(call.context())
                .entity(name)
                .orElseThrow(() -> ProblemException.of(ProblemCode.UNKNOWN_ENTITY, "unknown-entity", name));
        return answer(Map.of(
                "value",
                automations.runs().offered(call.context(), definition).stream()
                        .map(one -> Map.of("id", one.id().toString(), "name", one.name()))
                        .toList()));
    }

    @GET
    @Path(ONE + "/versions")
    public Response versions(@PathParam("id") String id) {
        return answer(Map.of(
                "value",
                automations.versions(call.context(), PathId.of(id)).stream()
                        .map(AutomationBodies::version)
                        .toList()));
    }

    @GET
    @Path(ONE + "/runs")
    public Response runs(
            @PathParam("id") String id,
            @QueryParam("state") @Nullable String state,
            @QueryParam("after") @Nullable String after,
            @QueryParam("top") @Nullable String top) {
        int count = (int) Numbers.read("top", top, PAGE, 1, MAX_PAGE);
        List<AutomationRun> found = automations
                .runs()
                .list(call.context(), PathId.of(id), state, after == null ? null : PathId.of(after), count + 1);
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put(
                "value",
                found.stream()
                        .limit(count)
                        .map(run -> AutomationBodies.run(run, call.context().locale()))
                        .toList());
        if (found.size() > count) {
            body.put("next", found.get(count - 1).id().toString());
        }
        return answer(body);
    }

    /// Has an automation take on records because somebody asks for it.
    @POST
    @Path(ONE + "/runs")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response begin(@PathParam("id") String id, InputStream body) {
        List<UUID> records = records(JsonReader.tree(body));
        return writes.write(tx -> answer(Map.of("started", automations.runs().begin(tx, PathId.of(id), records))));
    }

    private static List<UUID> records(JsonNode body) {
        List<Violation> violations = new ArrayList<>();
        DefinitionInput input = new DefinitionInput(body, "", violations);
        List<UUID> records = input.ids("records");
        input.done();
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
        return records;
    }

    @POST
    @Path(ONE + "/runs/{run}/retry")
    public Response retry(@PathParam("id") String id, @PathParam("run") String run) {
        return writes.write(
                tx -> changed(automations.runs().retry(tx.sql(), tx.context(), PathId.of(id), PathId.of(run))));
    }

    @POST
    @Path(ONE + "/runs/{run}/skip")
    public Response skip(@PathParam("id") String id, @PathParam("run") String run) {
        return writes.write(
                tx -> changed(automations.runs().skip(tx.sql(), tx.context(), PathId.of(id), PathId.of(run))));
    }

    /// Has all runs tried again that failed.
    @POST
    @Path(ONE + "/retry")
    public Response retryAll(@PathParam("id") String id) {
        return writes.write(tx -> changed(automations.runs().retry(tx.sql(), tx.context(), PathId.of(id), null)));
    }

    private static Response changed(int count) {
        return answer(Map.of("changed", count));
    }

    private static Response answer(Map<String, ?> body) {
        return noStore(Response.ok(), body);
    }

    private static Response noStore(Response.ResponseBuilder answer, Map<String, ?> body) {
        return answer.entity(body)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
