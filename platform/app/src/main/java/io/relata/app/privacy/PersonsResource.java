package io.relata.app.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.app.PathId;
import io.relata.app.identity.CurrentCall;
import io.relata.app.jobs.Numbers;
import io.relata.app.json.JsonReader;
import io.relata.app.wiring.Settings;
import io.relata.app.write.OwnTransaction;
import io.relata.core.BackgroundWork;
import io.relata.core.job.Job;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.privacy.ErasureWish;
import io.relata.core.privacy.PersonFinding;
import io.relata.core.privacy.PersonFinding.Kind;
import io.relata.core.privacy.PersonRequests;
import io.relata.core.privacy.PersonWish;
import io.relata.core.problem.Messages;
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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Looks for persons in everything that the tenant has, and hands out what was found.
@Dependent
@Path("persons")
@Produces(MediaType.APPLICATION_JSON)
public class PersonsResource {

    private static final int PAGE = 100;
    private static final int MOST = 1_000;

    private final CurrentCall call;
    private final BackgroundWork background;
    private final OwnTransaction writes;
    private final Settings settings;

    @Inject
    public PersonsResource(CurrentCall call, BackgroundWork background, OwnTransaction writes, Settings settings) {
        this.call = call;
        this.background = background;
        this.writes = writes;
        this.settings = settings;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response find(InputStream body) {
        PersonWish wish = PersonWish.read(JsonReader.tree(body));
        Response answer = writes.write(tx -> {
            UUID id = persons().submit(tx, wish);
            return Response.accepted(Map.of("id", id.toString()))
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .location(URI.create(settings.page("/api/v1/persons/" + id)))
                    .build();
        });
        background.jobs().wake(call.context().tenant());
        return answer;
    }

    @GET
    public Response list() {
        return answer(Map.of(
                "value",
                persons().newest(call.context()).stream()
                        .map(PersonsResource::body)
                        .toList()));
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        CallContext context = call.context();
        PersonRequests.Standing standing = persons().find(context, PathId.of(id));
        Map<String, Object> body = body(standing.request());
        body.put(
                "counts", standing.counts().stream().map(PersonsResource::count).toList());
        if (persons().proof(context, standing.request().id()).isPresent()) {
            body.put("proof", "/api/v1/persons/" + standing.request().id() + "/proof");
        }
        persons().expires(context, standing.request().id()).ifPresent(expires -> {
            body.put("package", "/api/v1/persons/" + standing.request().id() + "/package");
            body.put("packageExpiresAt", expires.toString());
        });
        return answer(body);
    }

    @DELETE
    @Path("{id}")
    public Response delete(@PathParam("id") String id) {
        return writes.write(tx -> {
            persons().delete(tx, PathId.of(id));
            return Response.noContent().build();
        });
    }

    @GET
    @Path("{id}/findings")
    public Response findings(
            @PathParam("id") String id,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("after") @Nullable String after,
            @QueryParam("top") @Nullable String top) {
        int count = (int) Numbers.read("top", top, PAGE, 1, MOST);
        Kind wanted = kind == null ? null : Kind.of(kind).orElseThrow(PersonsResource::noKind);
        List<PersonRequests.Shown> found = persons()
                .findings(call.context(), PathId.of(id), wanted, after == null ? null : place(after), count + 1);
        List<PersonRequests.Shown> shown = found.size() > count ? found.subList(0, count) : found;
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("value", shown.stream().map(PersonsResource::finding).toList());
        if (found.size() > count) {
            body.put("next", token(shown.getLast().finding()));
        }
        return answer(body);
    }

    @POST
    @Path("{id}/package")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response pack(@PathParam("id") String id, InputStream body) {
        ObjectNode sent = JsonReader.tree(body);
        UUID request = PathId.of(id);
        String language = sent.path("language").asText("");
        Response answer = writes.write(tx -> {
            Job job = persons().pack(tx, request, language);
            return Response.accepted(Map.of("job", job.id().toString()))
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .location(URI.create(settings.page("/api/v1/jobs/" + job.id())))
                    .build();
        });
        background.jobs().wake(call.context().tenant());
        return answer;
    }

    @GET
    @Path("{id}/package")
    @Produces({"application/zip", MediaType.APPLICATION_JSON})
    public Response packed(@PathParam("id") String id) {
        java.nio.file.Path file = persons().packed(call.context(), PathId.of(id));
        StreamingOutput body = out -> Files.copy(file, out);
        return Response.ok(body, MediaType.valueOf("application/zip"))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"person.zip\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /// Says what an erasure would do; nothing is changed.
    @GET
    @Path("{id}/erasure")
    public Response plan(@PathParam("id") String id) {
        List<Map<String, Object>> plan = persons().plan(call.context(), PathId.of(id)).stream()
                .map(this::planned)
                .toList();
        return answer(Map.of("value", plan));
    }

    private Map<String, Object> planned(PersonRequests.Planned planned) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("entity", planned.entity().name());
        body.put("persons", planned.persons());
        body.put("mentions", planned.mentions());
        body.put("goes", planned.goes().stream().map(FieldDefinition::name).toList());
        List<Map<String, Object>> stays = new ArrayList<>();
        planned.stays()
                .forEach((field, why) ->
                        stays.add(Map.of("field", field.name(), "why", Messages.text(call.locale(), why, List.of()))));
        body.put("stays", stays);
        return body;
    }

    @POST
    @Path("{id}/erasure")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response erase(@PathParam("id") String id, InputStream body) {
        ObjectNode sent = JsonReader.tree(body);
        UUID request = PathId.of(id);
        Response answer = writes.write(tx -> {
            Job job = persons().erase(tx, request, ErasureWish.read(sent, tx.snapshot()));
            return Response.accepted(Map.of("job", job.id().toString()))
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .location(URI.create(settings.page("/api/v1/jobs/" + job.id())))
                    .build();
        });
        background.jobs().wake(call.context().tenant());
        return answer;
    }

    /// The proof of the newest erasure, to be kept.
    @GET
    @Path("{id}/proof")
    public Response proof(@PathParam("id") String id) {
        JsonNode proof = persons().proof(call.context(), PathId.of(id)).orElseThrow(ProblemException::notFound);
        return Response.ok(proof, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"erasure.json\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private PersonRequests persons() {
        return background.persons();
    }

    private static ProblemException noKind() {
        return ProblemException.invalid(List.of(Violation.of("kind", "privacy-kind")));
    }

    private static Map<String, Object> body(PersonRequests.PersonRequest request) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", request.id().toString());
        body.put("createdAt", request.at().toString());
        body.put("requestedBy", request.by().toString());
        body.put("lookedFor", request.wish().json());
        body.put("state", request.job().state().code());
        body.put("processed", request.job().counts().processed());
        return body;
    }

    private static Map<String, Object> count(PersonRequests.Counted counted) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("kind", counted.kind().code());
        body.put("entity", counted.entity());
        body.put("records", counted.records());
        if (counted.kind() == Kind.AUDIT) {
            body.put("entries", counted.entries());
        }
        return body;
    }

    private static Map<String, Object> finding(PersonRequests.Shown shown) {
        PersonFinding finding = shown.finding();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("kind", finding.kind().code());
        body.put("entity", shown.entity());
        put(body, "set", shown.set());
        body.put("record", finding.record().toString());
        put(body, "name", shown.name());
        if (shown.deleted()) {
            body.put("deleted", true);
        }
        put(body, "field", finding.field().isEmpty() ? null : finding.field());
        put(body, "file", finding.file() == null ? null : finding.file().toString());
        if (finding.kind() == Kind.AUDIT) {
            body.put("entries", finding.entries());
        }
        return body;
    }

    private static void put(Map<String, Object> body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    private static String token(PersonFinding last) {
        return String.join(
                "~", last.kind().code(), last.entity().toString(), last.record().toString(), last.field());
    }

    private static PersonFinding place(String token) {
        String[] parts = token.split("~", 4);
        if (parts.length < 4 || Kind.of(parts[0]).isEmpty() || !PathId.matches(parts[1]) || !PathId.matches(parts[2])) {
            throw ProblemException.of(ProblemCode.INVALID_QUERY, "privacy-after");
        }
        return new PersonFinding(
                Kind.of(parts[0]).orElseThrow(),
                UUID.fromString(parts[1]),
                UUID.fromString(parts[2]),
                parts[3],
                null,
                1);
    }

    private static Response answer(Object body) {
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
