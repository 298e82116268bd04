package io.relata.app.file;

import io.relata.app.PathId;
import io.relata.app.identity.CurrentCall;
import io.relata.app.wiring.Settings;
import io.relata.app.write.IncomingWrite;
import io.relata.app.write.OwnTransaction;
import io.relata.core.Relata;
import io.relata.core.file.FileService;
import io.relata.core.file.FileTable;
import io.relata.core.file.StoredFile;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.odata.ODataService;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
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
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Files: sent first, named by a record then, and given back to who may see the record.
@Dependent
@Path("files")
public class FilesResource {

    private static final String RANGE = "Range";
    private static final String IF_RANGE = "If-Range";

    private final CurrentCall call;
    private final Relata relata;
    private final ODataService odata;
    private final OwnTransaction writes;
    private final IncomingWrite incoming;
    private final Settings settings;

    @Inject
    public FilesResource(
            CurrentCall call,
            Relata relata,
            ODataService odata,
            OwnTransaction writes,
            IncomingWrite incoming,
            Settings settings) {
        this.call = call;
        this.relata = relata;
        this.odata = odata;
        this.writes = writes;
        this.incoming = incoming;
        this.settings = settings;
    }

    /// A file that is sent again with its key is taken in once.
    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public Response send(InputStream body, @QueryParam("name") @Nullable String name) throws IOException {
        if (name == null || name.isBlank()) {
            throw ProblemException.of(ProblemCode.INVALID_QUERY, "file-name-missing");
        }
        CallContext context = call.context();
        StoredFile file = files().receive(context, name, body);
        boolean[] added = {false};
        try {
            return writes.write(incoming.key(), tx -> {
                files().add(tx.sql(), tx.context(), file);
                added[0] = true;
                return Response.created(URI.create(settings.page("/api/v1/files/" + file.id())))
                        .entity(file.value())
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .build();
            });
        } finally {
            if (!added[0]) {
                files().drop(context, file);
            }
        }
    }

    @GET
    @Path("{id}")
    @Produces(MediaType.WILDCARD)
    public Response get(
            @PathParam("id") String id,
            @QueryParam("inline") @Nullable String inline,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String known,
            @HeaderParam(RANGE) @Nullable String range,
            @HeaderParam(IF_RANGE) @Nullable String ifRange) {
        StoredFile file = visible(id);
        return new FileAnswer(files(), call.context(), file).content("true".equals(inline), known, range, ifRange);
    }

    @GET
    @Path("{id}/thumbnail")
    @Produces(MediaType.WILDCARD)
    public Response thumbnail(
            @PathParam("id") String id, @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String known)
            throws IOException {
        return new FileAnswer(files(), call.context(), visible(id)).thumbnail(known);
    }

    /// Returns the file if one of the records that have it is shown to the caller, or if he sent it himself and no
    /// record has it.
    private StoredFile visible(String text) {
        CallContext context = call.context();
        Optional<FileService.Found> found = files().find(context, PathId.of(text));
        boolean visible = found.isPresent()
                && (found.get().holders().isEmpty()
                        ? found.get().file().createdBy().equals(context.user())
                        : found.get().holders().stream().anyMatch(holder -> isShown(context, holder)));
        if (!visible) {
            throw ProblemException.notFound();
        }
        return found.orElseThrow().file();
    }

    /// Whoever sees the record sees the file only if its field is shown too.
    private boolean isShown(CallContext context, FileTable.Holder holder) {
        Optional<EntityDefinition> definition = relata.seen(context).entities().stream()
                .filter(one -> one.id().equals(holder.entity()))
                .findFirst();
        Optional<FieldDefinition> field = definition.flatMap(one -> one.field(holder.field()));
        if (field.isEmpty()) {
            return false;
        }
        try {
            String selected = "$select=" + field.get().property();
            odata.get(context, definition.orElseThrow().setName(), holder.record(), selected);
            return true;
        } catch (ProblemException notThere) {
            return false;
        }
    }

    private FileService files() {
        return relata.fileService();
    }
}
