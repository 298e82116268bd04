package io.relata.app.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.app.PathId;
import io.relata.app.identity.CurrentCall;
import io.relata.app.jobs.Numbers;
import io.relata.app.json.JsonReader;
import io.relata.core.Relata;
import io.relata.core.access.Input;
import io.relata.core.audit.AuditRetention;
import io.relata.core.audit.AuditSeals;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.AuditLog;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// All that happened in the tenant, and whether somebody has changed what was written down of it. For administrators.
@Dependent
@Path("audit")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

    private static final int PAGE = 100;
    private static final int MOST = 1_000;
    private static final String MONTHS = "auditMonths";

    private final CurrentCall call;
    private final AuditLog log;
    private final AuditSeals seals;
    private final AuditRetention retention;

    /// One entry.
    record Act(
            UUID id,
            String at,
            UUID actor,
            String origin,
            @Nullable String cause,
            String requestId,
            String entity,
            UUID record,
            String action,
            JsonNode changes) {}

    @Inject
    public AuditResource(CurrentCall call, Relata relata) {
        this.call = call;
        this.log = new AuditLog(relata.transactions(), relata.metadata()::snapshot);
        this.seals = relata.seals();
        this.retention = relata.retention();
    }

    @GET
    public Response list(
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("actor") @Nullable String actor,
            @QueryParam("action") @Nullable String action,
            @QueryParam("cause") @Nullable String cause,
            @QueryParam("record") @Nullable String record,
            @QueryParam("after") @Nullable String after,
            @QueryParam("top") @Nullable String top) {
        AuditLog.Wish wish =
                new AuditLog.Wish(moment(from), moment(to), id(actor), action, cause, id(record), id(after));
        int count = (int) Numbers.read("top", top, PAGE, 1, MOST);
        List<AuditLog.Entry> found = log.entries(call.context(), wish, count + 1);
        List<Act> shown = found.stream().limit(count).map(AuditResource::act).toList();
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("value", shown);
        if (found.size() > count) {
            body.put("next", shown.getLast().id());
        }
        return answer(body);
    }

    /// Reckons all seals anew: this is the command that verifies.
    @GET
    @Path("seals")
    public Response seals() {
        if (!call.context().hasRole(io.relata.spi.CallContext.ADMINISTRATOR)) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "access-administrators-only");
        }
        AuditSeals.Verdict verdict = seals.verify(call.context());
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("whole", verdict.broken().isEmpty());
        body.put("seals", verdict.seals());
        body.put("entries", verdict.entries());
        AuditSeals.Seal newest = verdict.newest();
        if (newest != null) {
            body.put("newest", seal(newest));
        }
        body.put("broken", verdict.broken().stream().map(AuditResource::seal).toList());
        return answer(body);
    }

    private static Map<String, Object> seal(AuditSeals.Seal seal) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("number", seal.number());
        body.put("entries", seal.entries());
        body.put("hash", seal.hash());
        body.put("at", seal.at().toString());
        return body;
    }

    private static Act act(AuditLog.Entry entry) {
        return new Act(
                entry.id(),
                entry.at().toString(),
                entry.actor(),
                entry.origin(),
                entry.cause(),
                entry.request(),
                entry.entity(),
                entry.record(),
                entry.action(),
                entry.changes());
    }

    private static @Nullable UUID id(@Nullable String text) {
        return text == null ? null : PathId.of(text);
    }

    static @Nullable Instant moment(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException noMoment) {
            throw ProblemException.of(ProblemCode.INVALID_QUERY, "expects-datetime");
        }
    }

    @GET
    @Path("retention")
    public Response kept() {
        return months(retention.months(call.context()).orElse(null));
    }

    @PUT
    @Path("retention")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response keep(InputStream body) {
        Input input = new Input(JsonReader.tree(body));
        Integer months = input.optionalNumber(MONTHS);
        input.done();
        retention.keep(call.context(), months);
        return months(months);
    }

    private static Response months(@Nullable Integer months) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put(MONTHS, months);
        return answer(body);
    }

    static Response answer(Object body) {
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
