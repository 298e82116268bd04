package io.relata.app.webhook;

import io.relata.app.PathId;
import io.relata.app.identity.CurrentCall;
import io.relata.app.jobs.Numbers;
import io.relata.app.json.JsonReader;
import io.relata.app.write.OwnTransaction;
import io.relata.core.BackgroundWork;
import io.relata.core.Relata;
import io.relata.core.webhook.Delivery;
import io.relata.core.webhook.Webhook;
import io.relata.core.webhook.WebhookDispatcher;
import io.relata.core.webhook.Webhooks;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The tenant's webhooks and what they were told of, for its administrators.
@Dependent
@Path("webhooks")
@Produces(MediaType.APPLICATION_JSON)
public class WebhooksResource {

    private static final int PAGE = 50;
    private static final int MAX_PAGE = 200;
    private static final String ONE = "{id}";

    private final CurrentCall call;
    private final Webhooks webhooks;
    private final WebhookDispatcher dispatcher;
    private final OwnTransaction writes;

    @Inject
    public WebhooksResource(CurrentCall call, Relata relata, BackgroundWork background, OwnTransaction writes) {
        this.call = call;
        this.webhooks = relata.webhooks();
        this.dispatcher = background.webhooks();
        this.writes = writes;
    }

    @GET
    public Response list() {
        return answer(Map.of(
                "value",
                webhooks.list(call.context()).stream()
                        .map(WebhooksResource::body)
                        .toList()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(InputStream body) {
        return writes.write(tx -> made(
                webhooks.create(tx.sql(), tx.context(), JsonReader.tree(body)),
                Response.status(Response.Status.CREATED)));
    }

    @GET
    @Path(ONE)
    public Response get(@PathParam("id") String id) {
        return answer(body(webhooks.find(call.context(), PathId.of(id))));
    }

    @PUT
    @Path(ONE)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response replace(@PathParam("id") String id, InputStream body) {
        return writes.write(
                tx -> answer(body(webhooks.replace(tx.sql(), tx.context(), PathId.of(id), JsonReader.tree(body)))));
    }

    @DELETE
    @Path(ONE)
    public Response delete(@PathParam("id") String id) {
        return writes.write(tx -> {
            webhooks.delete(tx.sql(), tx.context(), PathId.of(id));
            return Response.noContent().build();
        });
    }

    @POST
    @Path(ONE + "/secret")
    public Response renewSecret(@PathParam("id") String id) {
        return writes.write(
                null, tx -> made(webhooks.renewSecret(tx.sql(), tx.context(), PathId.of(id)), Response.ok()));
    }

    @POST
    @Path(ONE + "/test")
    public Response test(@PathParam("id") String id) {
        WebhookDispatcher.Trial trial = dispatcher.trial(call.context(), PathId.of(id));
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("arrived", trial.arrived());
        body.put("status", trial.status());
        body.put("reason", trial.reason());
        body.put("millis", trial.millis());
        return answer(body);
    }

    @GET
    @Path(ONE + "/deliveries")
    public Response deliveries(
            @PathParam("id") String id,
            @QueryParam("state") @Nullable String state,
            @QueryParam("after") @Nullable String after,
            @QueryParam("top") @Nullable String top) {
        int count = (int) Numbers.read("top", top, PAGE, 1, MAX_PAGE);
        UUID webhook = webhooks.find(call.context(), PathId.of(id)).id();
        List<Delivery> found = webhooks.deliveries()
                .list(call.context(), webhook, state, after == null ? null : PathId.of(after), count + 1);
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put(
                "value", found.stream().limit(count).map(WebhooksResource::body).toList());
        if (found.size() > count) {
            body.put("next", found.get(count - 1).id().toString());
        }
        return answer(body);
    }

    /// Sends one delivery again, whatever became of it.
    @POST
    @Path(ONE + "/deliveries/{delivery}/resend")
    public Response resend(@PathParam("id") String id, @PathParam("delivery") String delivery) {
        return again(id, PathId.of(delivery));
    }

    /// Sends again all that were given up.
    @POST
    @Path(ONE + "/resend")
    public Response resendFailed(@PathParam("id") String id) {
        return again(id, null);
    }

    private Response again(String id, @Nullable UUID delivery) {
        return writes.write(tx -> {
            Webhooks.require(tx.context());
            UUID webhook = webhooks.find(tx.context(), PathId.of(id)).id();
            return answer(Map.of("sent", webhooks.deliveries().again(tx.sql(), tx.context(), webhook, delivery)));
        });
    }

    private static Response made(Webhooks.Made made, Response.ResponseBuilder answer) {
        Map<String, @Nullable Object> body = body(made.webhook());
        body.put("secret", made.secret());
        return noStore(answer, body);
    }

    private static Map<String, @Nullable Object> body(Webhook webhook) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("id", webhook.id().toString());
        body.put("name", webhook.name());
        body.put("url", webhook.url());
        body.put("events", webhook.events());
        body.put("skipOwn", webhook.skipOwn());
        body.put("active", webhook.active());
        body.put("owner", webhook.owner().toString());
        body.put("pausedBecause", webhook.pausedBecause());
        body.put("failures", webhook.failures());
        body.put(
                "failingSince",
                webhook.failingSince() == null ? null : webhook.failingSince().toString());
        body.put("createdAt", webhook.createdAt().toString());
        body.put("updatedAt", webhook.updatedAt().toString());
        return body;
    }

    private static Map<String, @Nullable Object> body(Delivery delivery) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("id", delivery.id().toString());
        body.put("type", delivery.type());
        body.put("record", delivery.record().toString());
        body.put("state", delivery.state().code());
        body.put("attempts", delivery.attempts());
        body.put("next", delivery.next() == null ? null : delivery.next().toString());
        body.put("status", delivery.status());
        body.put("reason", delivery.reason());
        body.put("millis", delivery.millis());
        body.put(
                "attemptedAt",
                delivery.attemptedAt() == null ? null : delivery.attemptedAt().toString());
        body.put("createdAt", delivery.createdAt().toString());
        return body;
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
