package io.relata.app.shortcut;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.app.identity.CurrentCall;
import io.relata.app.json.JsonReader;
import io.relata.app.write.OwnTransaction;
import io.relata.core.Relata;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.shortcut.Shortcut;
import io.relata.core.shortcut.Shortcuts;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What the caller opened lately and keeps at hand.
@Dependent
@Path("shortcuts")
@Produces(MediaType.APPLICATION_JSON)
public class ShortcutsResource {

    private static final String VISITED = "visited";
    private static final String FAVOURITE = "favourite";
    private static final Pattern TARGET = Pattern.compile("[A-Za-z0-9_.-]{1,80}");

    private final CurrentCall call;
    private final Shortcuts shortcuts;
    private final OwnTransaction writes;

    @Inject
    public ShortcutsResource(CurrentCall call, Relata relata, OwnTransaction writes) {
        this.call = call;
        this.shortcuts = relata.shortcuts();
        this.writes = writes;
    }

    @GET
    public Response list() {
        List<Map<String, Object>> found = shortcuts.list(call.context()).stream()
                .map(ShortcutsResource::body)
                .toList();
        return Response.ok(Map.of("value", found), MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @PUT
    @Path("{set}/{kind}/{target}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(
            @PathParam("set") String set,
            @PathParam("kind") String kindCode,
            @PathParam("target") String target,
            InputStream body) {
        Shortcut.Kind kind = Shortcut.Kind.of(kindCode).orElseThrow(ProblemException::notFound);
        if (!TARGET.matcher(target).matches()) {
            throw ProblemException.notFound();
        }
        ObjectNode said = read(body);
        return writes.write(tx -> {
            EntityDefinition entity = tx.entityOfSet(set);
            if (said.path(VISITED).booleanValue()) {
                shortcuts.visit(tx, entity, kind, target);
            }
            if (said.path(FAVOURITE).booleanValue()) {
                shortcuts.keep(tx, entity, kind, target);
            } else if (said.has(FAVOURITE)) {
                shortcuts.drop(tx, entity, kind, target);
            }
            return Response.noContent().build();
        });
    }

    private static ObjectNode read(InputStream body) {
        ObjectNode said = JsonReader.tree(body);
        List<Violation> violations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : said.properties()) {
            if (!member.getKey().equals(VISITED) && !member.getKey().equals(FAVOURITE)) {
                violations.add(Violation.of(member.getKey(), "unknown-member"));
            } else if (!member.getValue().isBoolean()) {
                violations.add(Violation.of(member.getKey(), "expects-boolean"));
            }
        }
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
        return said;
    }

    private static Map<String, Object> body(Shortcut shortcut) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("entity", shortcut.entity());
        body.put("kind", shortcut.kind().code());
        body.put("target", shortcut.target());
        if (shortcut.visitedAt() != null) {
            body.put("visitedAt", shortcut.visitedAt().toString());
        }
        if (shortcut.favouriteSince() != null) {
            body.put("favouriteSince", shortcut.favouriteSince().toString());
        }
        return body;
    }
}
