package io.relata.app.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.app.PathId;
import io.relata.app.identity.CurrentCall;
import io.relata.app.json.JsonReader;
import io.relata.app.wiring.Settings;
import io.relata.app.write.OwnTransaction;
import io.relata.core.BackgroundWork;
import io.relata.core.bulk.SetJobs;
import io.relata.core.bulk.SetKind.Operation;
import io.relata.core.bulk.UndoKind;
import io.relata.core.export.ExportForm;
import io.relata.core.export.ExportKind;
import io.relata.core.export.ExportService;
import io.relata.core.job.Job;
import io.relata.core.job.JobError;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.WriteTransaction;
import io.relata.core.rollup.RollUpKind;
import io.relata.core.rotation.RotationKind;
import io.relata.spi.CallContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Jobs: the same change to all records that match, their deletion or restoration, and exports. Imports are jobs too
/// and shown here, but asked for where the file is sent.
@Dependent
@Path("jobs")
public class JobsResource {

    private static final int PAGE = 100;
    private static final int MAX_PAGE = 1_000;
    private static final String CSV = "text/csv;charset=UTF-8";

    private final CurrentCall call;
    private final BackgroundWork background;
    private final OwnTransaction writes;
    private final Settings settings;

    @Inject
    public JobsResource(CurrentCall call, BackgroundWork background, OwnTransaction writes, Settings settings) {
        this.call = call;
        this.background = background;
        this.writes = writes;
        this.settings = settings;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response submit(InputStream body) {
        CallContext context = call.context();
        Function<WriteTransaction, Job> submission = submission(context, JsonReader.tree(body));
        Response answer = writes.write(tx -> {
            Job job = submission.apply(tx);
            return Response.accepted(body(job))
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .location(URI.create(settings.page("/api/v1/jobs/" + job.id())))
                    .build();
        });
        background.jobs().wake(context.tenant());
        return answer;
    }

    /// Checks what is asked for, as far as that can be done before it is written down.
    private Function<WriteTransaction, Job> submission(CallContext context, ObjectNode asked) {
        List<Violation> violations = new ArrayList<>();
        String kind = text(asked, "kind", violations);
        if (kind.equals(UndoKind.CODE)) {
            return undoing(asked, violations);
        }
        String set = text(asked, "set", violations);
        Optional<Operation> operation = Arrays.stream(Operation.values())
                .filter(one -> one.code().equals(kind))
                .findFirst();
        Optional<RollUpKind.Operation> rollUps = Arrays.stream(RollUpKind.Operation.values())
                .filter(one -> one.code().equals(kind))
                .findFirst();
        boolean export = kind.equals(ExportKind.CODE);
        boolean rotation = kind.equals(RotationKind.CODE);
        if (operation.isEmpty() && rollUps.isEmpty() && !export && !rotation && asked.has("kind")) {
            violations.add(Violation.of("kind", "job-kind"));
        }
        List<String> members = members(export, rollUps.isPresent() || rotation);
        asked.fieldNames().forEachRemaining(name -> {
            if (!members.contains(name)) {
                violations.add(Violation.of(name, "unknown-member"));
            }
        });
        String query = asked.path("query").asText("");
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
        if (rotation) {
            return tx -> background.rotation().submit(tx, set);
        }
        if (rollUps.isPresent()) {
            return tx -> background.rollUps().submit(tx, rollUps.get(), set);
        }
        if (export) {
            ExportForm form = ExportForm.named(asked.path("form").asText(ExportForm.RAW.code()))
                    .orElseThrow(() -> ProblemException.invalid(List.of(Violation.of("form", "export-form"))));
            ExportService.Checked checked = background.exports().check(context, set, query, form);
            return tx -> background.exports().submit(tx, checked);
        }
        SetJobs.Wish wish = new SetJobs.Wish(
                operation.orElseThrow(), set, asked.path("filter").asText(""), asked.path("values"));
        SetJobs.Checked checked = background.sets().check(context, wish);
        return tx -> background.sets().submit(tx, checked);
    }

    private Function<WriteTransaction, Job> undoing(ObjectNode asked, List<Violation> violations) {
        String change = text(asked, "change", violations);
        asked.fieldNames().forEachRemaining(name -> {
            if (!List.of("kind", "change").contains(name)) {
                violations.add(Violation.of(name, "unknown-member"));
            }
        });
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
        return tx -> background.undo().submit(tx, change);
    }

    private static List<String> members(boolean export, boolean ofSetAlone) {
        if (ofSetAlone) {
            return List.of("kind", "set");
        }
        return export ? List.of("kind", "set", "query", "form") : List.of("kind", "set", "filter", "values");
    }

    private static String text(ObjectNode asked, String member, List<Violation> violations) {
        if (!asked.path(member).isTextual()) {
            violations.add(Violation.of(member, asked.has(member) ? "expects-text" : "required"));
        }
        return asked.path(member).asText("");
    }

    @GET
    public Response list() {
        List<Map<String, Object>> jobs = background.jobs().newest(call.context(), null).stream()
                .map(this::body)
                .toList();
        return answer(Map.of("value", jobs));
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        return answer(body(background.jobs().find(call.context(), PathId.of(id), null)));
    }

    @POST
    @Path("{id}/cancel")
    public Response cancel(@PathParam("id") String id) {
        return answer(body(background.jobs().cancel(call.context(), PathId.of(id), null)));
    }

    @GET
    @Path("{id}/errors")
    public Response errors(
            @PathParam("id") String id,
            @QueryParam("after") @Nullable String after,
            @QueryParam("top") @Nullable String top) {
        int count = (int) Numbers.read("top", top, PAGE, 1, MAX_PAGE);
        long last = Numbers.read("after", after, 0, 0, Long.MAX_VALUE);
        UUID job = background.jobs().find(call.context(), PathId.of(id), null).id();
        List<JobError> page = background.jobs().errors(call.context(), job, last, count + 1);
        boolean more = page.size() > count;
        return answer(JobBodies.errors(more ? page.subList(0, count) : page, more, call.locale()));
    }

    @GET
    @Path("{id}/file")
    public Response file(@PathParam("id") String id) {
        java.nio.file.Path file = background.exports().file(call.context(), PathId.of(id));
        StreamingOutput body = out -> Files.copy(file, out);
        return Response.ok(body, MediaType.valueOf(CSV))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"export.csv\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private Map<String, Object> body(Job job) {
        return JobBodies.job(job, background.exports(), call.locale());
    }

    private static Response answer(Object body) {
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
