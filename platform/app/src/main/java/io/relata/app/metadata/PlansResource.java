package io.relata.app.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.app.PathId;
import io.relata.app.identity.CurrentCall;
import io.relata.app.json.JsonReader;
import io.relata.app.json.LimitedInput;
import io.relata.core.BackgroundWork;
import io.relata.core.metadata.Edit;
import io.relata.core.metadata.KeptValues;
import io.relata.core.metadata.SolutionFiles;
import io.relata.core.plan.Plan;
import io.relata.core.plan.PlanService;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.spi.CallContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Changes of the metadata as plans: made, looked at, applied, taken back.
@Dependent
@Path("metadata/plans")
public class PlansResource {

    private static final int PAGE = 50;
    private static final long MAX_ZIP = 32L << 20;
    private static final String ZIP = "application/zip";
    private static final Set<String> MEMBERS = Set.of("title", "changes", "files", "complete");

    private final CurrentCall call;
    private final PlanService plans;

    @Inject
    public PlansResource(CurrentCall call, BackgroundWork background) {
        this.call = call;
        this.plans = background.plans();
    }

    @GET
    public Response list(@QueryParam("before") @Nullable String before) {
        List<Plan> page = plans.newest(call.context(), before == null ? null : PathId.of(before), PAGE);
        PlanJson json = new PlanJson(call.locale());
        Map<UUID, List<KeptValues>> kept = plans.kept(call.context(), page);
        return answer(
                Response.Status.OK,
                Map.of(
                        "value",
                        page.stream()
                                .map(plan -> json.summary(plan, kept.getOrDefault(plan.id(), List.of())))
                                .toList()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response plan(InputStream body, @QueryParam("apply") @Nullable String apply) {
        ObjectNode asked = JsonReader.tree(body);
        List<Violation> violations = new ArrayList<>();
        asked.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                violations.add(Violation.of(name, "unknown-member"));
            }
        });
        if (asked.has("changes") == asked.has("files")) {
            violations.add(Violation.of("changes", "changes-or-files"));
        }
        if (asked.has("files") && !asked.path("files").isObject()) {
            violations.add(Violation.of("files", "expects-object"));
        }
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
        return plan(asked.path("title").asText(), edit(asked), "true".equals(apply));
    }

    private static Edit edit(ObjectNode asked) {
        if (asked.has("changes")) {
            return Edit.changes(asked.path("changes"));
        }
        SortedMap<String, JsonNode> files = new TreeMap<>();
        asked.path("files").properties().forEach(file -> files.put(file.getKey(), file.getValue()));
        return Edit.files(files, asked.path("complete").asBoolean());
    }

    @POST
    @Consumes(ZIP)
    public Response planFiles(
            InputStream body,
            @QueryParam("title") @Nullable String title,
            @QueryParam("complete") @Nullable String complete,
            @QueryParam("apply") @Nullable String apply) {
        List<Violation> violations = new ArrayList<>();
        SortedMap<String, JsonNode> files;
        try (InputStream limited = new LimitedInput(body, MAX_ZIP)) {
            files = SolutionFiles.unzip(limited, violations);
        } catch (IOException brokenOff) {
            throw ProblemException.of(ProblemCode.MALFORMED_JSON, "body-unreadable");
        }
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
        return plan(title == null ? "" : title, Edit.files(files, "true".equals(complete)), "true".equals(apply));
    }

    private Response plan(String title, Edit edit, boolean apply) {
        CallContext context = call.context();
        Plan plan = plans.plan(context, title, edit);
        Plan shown = apply ? plans.apply(context, plan.id()) : plan;
        return answer(Response.Status.CREATED, new PlanJson(call.locale()).whole(shown));
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        return answer(Response.Status.OK, new PlanJson(call.locale()).whole(plans.find(call.context(), PathId.of(id))));
    }

    @DELETE
    @Path("{id}")
    public Response discard(@PathParam("id") String id) {
        plans.discard(call.context(), plans.find(call.context(), PathId.of(id)).id());
        return Response.noContent().build();
    }

    @POST
    @Path("{id}/apply")
    public Response apply(@PathParam("id") String id) {
        return answer(
                Response.Status.OK, new PlanJson(call.locale()).whole(plans.apply(call.context(), PathId.of(id))));
    }

    @POST
    @Path("{id}/revert")
    public Response revert(@PathParam("id") String id) {
        return answer(
                Response.Status.CREATED,
                new PlanJson(call.locale()).whole(plans.revert(call.context(), PathId.of(id))));
    }

    @POST
    @Path("{id}/purge")
    public Response purge(@PathParam("id") String id, InputStream body) {
        List<UUID> jobs = plans.purge(call.context(), PathId.of(id), names(JsonReader.treeOrNone(body)));
        return answer(
                Response.Status.ACCEPTED,
                Map.of("jobs", jobs.stream().map(UUID::toString).toList()));
    }

    private static List<String> names(ObjectNode asked) {
        List<Violation> violations = new ArrayList<>();
        List<String> names = new ArrayList<>();
        asked.fieldNames().forEachRemaining(member -> {
            if (!member.equals("names")) {
                violations.add(Violation.of(member, "unknown-member"));
            }
        });
        for (JsonNode name : asked.path("names")) {
            names.add(name.asText());
        }
        if (asked.has("names") && !asked.path("names").isArray()) {
            violations.add(Violation.of("names", "expects-texts"));
        }
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
        return names;
    }

    private static Response answer(Response.Status status, Object body) {
        return Response.status(status)
                .entity(body)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
