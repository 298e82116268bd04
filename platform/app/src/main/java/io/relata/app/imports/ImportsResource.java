package io.relata.app.imports;

import io.relata.app.PathId;
import io.relata.app.identity.CurrentCall;
import io.relata.app.jobs.Numbers;
import io.relata.app.wiring.Settings;
import io.relata.app.write.IncomingWrite;
import io.relata.app.write.OwnTransaction;
import io.relata.core.imports.ImportJob;
import io.relata.core.imports.ImportReject;
import io.relata.core.imports.ImportService;
import io.relata.core.imports.RejectsCsv;
import io.relata.spi.CallContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Imports: a file and a mapping go in, records come out, and what was refused can be asked for.
@Dependent
@Path("imports")
@Produces(MediaType.APPLICATION_JSON)
public class ImportsResource {

    private static final int PAGE = 100;
    private static final int MAX_PAGE = 1_000;
    private static final String CSV = "text/csv;charset=UTF-8";

    private final CurrentCall call;
    private final ImportService imports;
    private final OwnTransaction writes;
    private final IncomingWrite incoming;
    private final Settings settings;

    @Inject
    public ImportsResource(
            CurrentCall call, ImportService imports, OwnTransaction writes, IncomingWrite incoming, Settings settings) {
        this.call = call;
        this.imports = imports;
        this.writes = writes;
        this.incoming = incoming;
        this.settings = settings;
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response submit(InputStream body, @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType)
            throws IOException {
        CallContext context = call.context();
        try (ImportForm form = ImportForm.read(imports, context, body, contentType)) {
            ImportService.Checked checked = imports.check(context, form.file(), form.fileName(), form.mapping());
            Response answer =
                    writes.write(incoming.key(form.fingerprint()), tx -> accepted(imports.submit(tx, checked)));
            imports.wake(context);
            return answer;
        }
    }

    private Response accepted(ImportJob job) {
        return Response.accepted(ImportBodies.job(job, call.locale()))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .location(URI.create(settings.page("/api/v1/imports/" + job.id())))
                .build();
    }

    @POST
    @Path("preview")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response preview(InputStream body, @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType)
            throws IOException {
        CallContext context = call.context();
        try (ImportForm form = ImportForm.read(imports, context, body, contentType)) {
            return answer(ImportBodies.preview(imports.preview(context, form.file(), form.wish())));
        }
    }

    @GET
    public Response list() {
        List<Map<String, Object>> jobs = imports.newest(call.context()).stream()
                .map(job -> ImportBodies.job(job, call.locale()))
                .toList();
        return answer(Map.of("value", jobs));
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        return answer(ImportBodies.job(imports.find(call.context(), PathId.of(id)), call.locale()));
    }

    @POST
    @Path("{id}/cancel")
    public Response cancel(@PathParam("id") String id) {
        return answer(ImportBodies.job(imports.cancel(call.context(), PathId.of(id)), call.locale()));
    }

    @GET
    @Path("{id}/rejects")
    public Response rejects(
            @PathParam("id") String id,
            @QueryParam("after") @Nullable String after,
            @QueryParam("top") @Nullable String top) {
        int count = (int) Numbers.read("top", top, PAGE, 1, MAX_PAGE);
        long last = Numbers.read("after", after, 0, 0, Long.MAX_VALUE);
        List<ImportReject> page = imports.rejects(call.context(), PathId.of(id), last, count + 1);
        boolean more = page.size() > count;
        return answer(ImportBodies.rejects(more ? page.subList(0, count) : page, more, call.locale()));
    }

    @GET
    @Path("{id}/rejects.csv")
    @Produces(CSV)
    public Response rejectsCsv(@PathParam("id") String id) {
        RejectsCsv csv = imports.rejectsCsv(call.context(), PathId.of(id));
        StreamingOutput body = csv::writeTo;
        return Response.ok(body, MediaType.valueOf(CSV))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"rejects.csv\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static Response answer(Object body) {
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
