package io.relata.app.notification;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.app.PathId;
import io.relata.app.identity.CurrentCall;
import io.relata.app.jobs.Numbers;
import io.relata.app.json.JsonReader;
import io.relata.app.write.OwnTransaction;
import io.relata.core.Relata;
import io.relata.core.metadata.DefinitionInput;
import io.relata.core.notification.Notification;
import io.relata.core.notification.Notifications;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
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

/// What the caller is told.
@Dependent
@Path("notifications")
@Produces(MediaType.APPLICATION_JSON)
public class NotificationsResource {

    private static final int PAGE = 20;
    private static final int MAX_PAGE = 100;

    private final CurrentCall call;
    private final Notifications notifications;
    private final OwnTransaction writes;

    @Inject
    public NotificationsResource(CurrentCall call, Relata relata, OwnTransaction writes) {
        this.call = call;
        this.notifications = relata.notifications();
        this.writes = writes;
    }

    @GET
    public Response list(@QueryParam("after") @Nullable String after, @QueryParam("top") @Nullable String top) {
        int count = (int) Numbers.read("top", top, PAGE, 0, MAX_PAGE);
        List<Notification> found = count == 0
                ? List.of()
                : notifications.list(call.context(), after == null ? null : PathId.of(after), count + 1);
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put(
                "value",
                found.stream().limit(count).map(NotificationsResource::body).toList());
        body.put("unread", notifications.unread(call.context()));
        if (found.size() > count) {
            body.put("next", found.get(count - 1).id().toString());
        }
        return answer(body);
    }

    @POST
    @Path("read")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response read(InputStream input) {
        List<UUID> ids = ids(JsonReader.tree(input));
        return writes.write(tx -> answer(Map.of("unread", notifications.read(tx.sql(), tx.context(), ids))));
    }

    /// Returns those that were read; `null` for all.
    private static @Nullable List<UUID> ids(JsonNode body) {
        List<Violation> violations = new ArrayList<>();
        DefinitionInput input = new DefinitionInput(body, "", violations);
        boolean all = input.flag("all", false);
        List<UUID> ids = input.ids("ids");
        input.done();
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
        return all ? null : ids;
    }

    private static Map<String, @Nullable Object> body(Notification notification) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("id", notification.id().toString());
        body.put("text", notification.text());
        body.put("entity", notification.entity());
        body.put(
                "record",
                notification.record() == null ? null : notification.record().toString());
        body.put("createdAt", notification.createdAt().toString());
        body.put(
                "readAt",
                notification.readAt() == null ? null : notification.readAt().toString());
        return body;
    }

    private static Response answer(Map<String, ?> body) {
        return Response.ok(body)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
