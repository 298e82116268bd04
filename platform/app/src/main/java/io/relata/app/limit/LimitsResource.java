package io.relata.app.limit;

import io.relata.app.identity.CurrentCall;
import io.relata.core.BackgroundWork;
import io.relata.core.Relata;
import io.relata.core.export.ExportService;
import io.relata.core.file.FileService;
import io.relata.core.limit.Meters;
import io.relata.spi.CallContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What the caller may ask for, and, for administrators, what the tenant may, with what is used of it.
@Dependent
@Path("limits")
@Produces(MediaType.APPLICATION_JSON)
public class LimitsResource {

    private final CurrentCall call;
    private final Relata relata;
    private final BackgroundWork background;

    @Inject
    public LimitsResource(CurrentCall call, Relata relata, BackgroundWork background) {
        this.call = call;
        this.relata = relata;
        this.background = background;
    }

    @GET
    public Response get() {
        CallContext context = call.context();
        boolean all = context.hasRole(CallContext.ADMINISTRATOR);
        Map<String, Object> body = new LinkedHashMap<>();
        for (Meters.Standing standing : relata.meters().standings(context)) {
            if (all || standing.metered() == Meters.Metered.USER) {
                body.put(standing.metered().name().toLowerCase(Locale.ROOT), used(standing));
            }
        }
        if (all) {
            ExportService.Standing exports = background.exports().standing(context);
            body.put("exports", used(exports.limit(), exports.begun()));
            FileService.Standing files = relata.fileService().standing(context);
            body.put("files", used(files.limit(), files.used()));
        }
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static Map<String, Object> used(Meters.Standing standing) {
        Map<String, Object> body = used(standing.limit(), standing.limit() - standing.left());
        body.put("seconds", Meters.WINDOW.toSeconds());
        return body;
    }

    private static Map<String, Object> used(long limit, long used) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("limit", limit);
        body.put("used", used);
        return body;
    }
}
