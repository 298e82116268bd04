package io.relata.app.batch;

import io.relata.app.problem.ProblemForm;
import io.relata.app.record.Preferences;
import io.relata.app.record.Spool;
import io.relata.app.write.IncomingWrite;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Several requests in one. The body is read whole before the first of them is carried out; the answers are written
/// one by one as the requests are.
@Dependent
@Path("data/$batch")
public class BatchResource {

    private static final String MULTIPART = "multipart/mixed";

    private final BatchRunner runner;
    private final IncomingWrite incoming;

    @Inject
    public BatchResource(BatchRunner runner, IncomingWrite incoming) {
        this.runner = runner;
        this.incoming = incoming;
    }

    @POST
    @Consumes({MULTIPART, MediaType.APPLICATION_JSON})
    public Response batch(
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
            @HeaderParam(Preferences.HEADER) @Nullable String prefer,
            @Context HttpHeaders headers,
            InputStream body) {
        boolean multipart = contentType.startsWith(MULTIPART);
        List<Unit> units;
        try (Spool spool = Spool.of(body, Batches.MAX_BYTES)) {
            units = multipart ? MultipartBatch.read(spool.open(), contentType) : JsonBatch.read(spool.open());
        }
        BatchRunner.Batch batch = new BatchRunner.Batch(
                units,
                incoming.key(),
                Preferences.of(prefer).continuesOnError(),
                ProblemForm.ofODataRequest(headers::getHeaderString));
        Response.ResponseBuilder answer = Response.ok()
                .header("OData-Version", multipart ? "4.0" : "4.01")
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        if (multipart) {
            String boundary = MultipartAnswer.boundary();
            StreamingOutput parts = out -> {
                MultipartAnswer written = new MultipartAnswer(out, boundary);
                runner.run(batch, written::take);
                written.end();
            };
            return answer.type(MULTIPART + ";boundary=" + boundary)
                    .entity(parts)
                    .build();
        }
        StreamingOutput responses = out -> {
            JsonAnswer written = new JsonAnswer(out);
            runner.run(batch, written::take);
            written.end();
        };
        return answer.type("application/json;charset=utf-8").entity(responses).build();
    }
}
