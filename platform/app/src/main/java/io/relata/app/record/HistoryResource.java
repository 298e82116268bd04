package io.relata.app.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.relata.app.PathId;
import io.relata.app.identity.CurrentCall;
import io.relata.core.Relata;
import io.relata.core.odata.ODataService;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.PastRecord;
import io.relata.core.record.RecordHistory;
import io.relata.core.tenant.Member;
import io.relata.core.tenant.TenantDirectory;
import io.relata.spi.CallContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What happened to a record, and by whom.
@Dependent
@Path("history")
@Produces(MediaType.APPLICATION_JSON)
public class HistoryResource {

    private final CurrentCall call;
    private final Relata relata;
    private final ODataService odata;
    private final TenantDirectory directory;
    private final PastRecord past;

    /// Who did it; without a name when the tenant does not know the login any more.
    record Actor(UUID id, @Nullable String displayName) {}

    /// One act.
    record Act(
            String at, Actor actor, String origin, @Nullable String cause, String action, List<Change> changes) {}

    /// One field's change.
    record Change(
            String field, JsonNode old, @JsonProperty("new") JsonNode now) {}

    @Inject
    public HistoryResource(CurrentCall call, Relata relata, ODataService odata, TenantDirectory directory) {
        this.call = call;
        this.relata = relata;
        this.odata = odata;
        this.directory = directory;
        this.past = new PastRecord(relata.transactions());
    }

    @GET
    @Path("{set}/{id}")
    public Response list(@PathParam("set") String set, @PathParam("id") String id) {
        CallContext context = call.context();
        String entity = odata.entity(context, set).name();
        List<Act> acts = relata.history().of(context, entity, PathId.of(id)).stream()
                .map(entry -> act(context, entry))
                .toList();
        return Response.ok(Map.of("value", acts), MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /// What the record was at a time.
    @GET
    @Path("{set}/{id}/at")
    public Response at(
            @PathParam("set") String set, @PathParam("id") String id, @QueryParam("time") @Nullable String time) {
        CallContext context = call.context();
        PastRecord.Seen seen = past.at(context, odata.entity(context, set), PathId.of(id), moment(time));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("version", seen.version());
        body.put("deleted", seen.deleted());
        body.put("values", seen.values());
        body.put("unknown", seen.unknown());
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static Instant moment(@Nullable String time) {
        try {
            return Instant.parse(time == null ? "" : time);
        } catch (DateTimeParseException noMoment) {
            throw ProblemException.of(ProblemCode.INVALID_QUERY, "expects-datetime");
        }
    }

    private Act act(CallContext context, RecordHistory.Entry entry) {
        String name = directory
                .member(context.tenant(), entry.actor())
                .map(Member::displayName)
                .orElse(null);
        List<Change> changes = entry.changes().stream()
                .map(change -> new Change(change.field(), change.before(), change.after()))
                .toList();
        return new Act(
                entry.at().toString(),
                new Actor(entry.actor(), name),
                entry.origin(),
                entry.cause(),
                entry.action(),
                changes);
    }
}
