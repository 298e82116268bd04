package io.relata.app.rate;

import io.relata.app.PathId;
import io.relata.app.identity.CurrentCall;
import io.relata.app.jobs.Numbers;
import io.relata.app.json.JsonReader;
import io.relata.app.json.LimitedInput;
import io.relata.app.write.OwnTransaction;
import io.relata.core.BackgroundWork;
import io.relata.core.Relata;
import io.relata.core.job.Job;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.rate.Rate;
import io.relata.core.rate.RateInput;
import io.relata.core.rate.Rates;
import io.relata.core.record.ExchangeUses;
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
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The tenant's rates, and what they did to a record's roll-ups.
@Dependent
@Path("rates")
@Produces(MediaType.APPLICATION_JSON)
public class RatesResource {

    private static final String CSV = "text/csv";
    private static final long MOST_BYTES = 4L * 1024 * 1024;
    private static final int PAGE = 100;
    private static final int MAX_PAGE = 10_000;

    private final CurrentCall call;
    private final BackgroundWork background;
    private final OwnTransaction writes;
    private final Relata relata;
    private final Rates rates;

    @Inject
    public RatesResource(CurrentCall call, Relata relata, BackgroundWork background, OwnTransaction writes) {
        this.call = call;
        this.background = background;
        this.writes = writes;
        this.relata = relata;
        this.rates = new Rates(relata.trail());
    }

    @GET
    public Response list(
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("before") @Nullable String before,
            @QueryParam("top") @Nullable String top) {
        int count = (int) Numbers.read("top", top, PAGE, 1, MAX_PAGE);
        Rates.Wish wish = new Rates.Wish(from, to, before == null ? null : day(before, ProblemCode.INVALID_QUERY));
        List<Rate> found =
                relata.transactions().call(call.context(), sql -> rates.list(sql, call.context(), wish, count));
        return answer(Map.of("value", found.stream().map(RatesResource::body).toList()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(InputStream body) {
        return put(RateInput.read(JsonReader.tree(body)));
    }

    @POST
    @Consumes(CSV)
    public Response load(InputStream body) {
        return put(RateInput.read(new InputStreamReader(new LimitedInput(body, MOST_BYTES), StandardCharsets.UTF_8)));
    }

    private Response put(List<Rate> sent) {
        Response answer = writes.write(tx -> {
            Rates.Outcome outcome = rates.put(tx.sql(), tx.context(), sent);
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("created", outcome.created());
            body.put("updated", outcome.updated());
            body.put("unchanged", outcome.unchanged());
            body.put("jobs", ids(background.rollUps().convertAnew(tx, outcome.to())));
            return answer(body);
        });
        background.jobs().wake(call.context().tenant());
        return answer;
    }

    @DELETE
    @Path("{from}/{to}/{day}")
    public Response remove(@PathParam("from") String from, @PathParam("to") String to, @PathParam("day") String day) {
        LocalDate on = day(day, ProblemCode.NOT_FOUND);
        Response answer = writes.write(tx -> {
            rates.remove(tx.sql(), tx.context(), from, to, on);
            return answer(Map.of("jobs", ids(background.rollUps().convertAnew(tx, Set.of(to)))));
        });
        background.jobs().wake(call.context().tenant());
        return answer;
    }

    @GET
    @Path("used/{set}/{id}")
    public Response used(@PathParam("set") String set, @PathParam("id") String id) {
        return writes.write(
                null,
                tx -> answer(Map.of(
                        "value",
                        ExchangeUses.of(tx, tx.entityOfSet(set), PathId.of(id)).stream()
                                .map(RatesResource::body)
                                .toList())));
    }

    private static List<String> ids(List<Job> jobs) {
        return jobs.stream().map(job -> job.id().toString()).toList();
    }

    private static Map<String, Object> body(Rate rate) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("from", rate.from());
        body.put("to", rate.to());
        body.put("day", rate.day().toString());
        body.put("rate", rate.rate());
        return body;
    }

    private static Map<String, Object> body(ExchangeUses.Result result) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("field", result.field());
        body.put("currency", result.currency());
        body.put(
                "rates",
                result.uses().stream()
                        .filter(use -> use.rate() != null)
                        .map(RatesResource::body)
                        .toList());
        body.put(
                "missing",
                result.uses().stream()
                        .filter(use -> use.rate() == null)
                        .map(use -> Map.of("from", use.from(), "records", use.records()))
                        .toList());
        return body;
    }

    private static Map<String, @Nullable Object> body(ExchangeUses.Use use) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("from", use.from());
        body.put("day", use.day() == null ? null : use.day().toString());
        body.put("rate", use.rate());
        body.put("records", use.records());
        return body;
    }

    private static LocalDate day(String text, ProblemCode otherwise) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException noDay) {
            throw otherwise == ProblemCode.NOT_FOUND
                    ? ProblemException.notFound()
                    : ProblemException.of(otherwise, "expects-date");
        }
    }

    private static Response answer(Object body) {
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
