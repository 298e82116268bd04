package io.relata.core.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.access.CallerAccess;
import io.relata.core.access.Privilege;
import io.relata.core.job.Job;
import io.relata.core.job.JobClaim;
import io.relata.core.job.JobCounts;
import io.relata.core.job.JobFiles;
import io.relata.core.job.JobKind;
import io.relata.core.job.JobProgress;
import io.relata.core.job.JobStep;
import io.relata.core.job.JobTask;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.MetadataService;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.odata.ODataService;
import io.relata.core.odata.TableQuery;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.query.Keyset;
import io.relata.core.query.Query;
import io.relata.core.query.RecordPage;
import io.relata.core.query.RecordReader;
import io.relata.core.record.Secrets;
import io.relata.core.vault.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Exports as jobs: a page of records at a time goes to the end of the file. The checkpoint holds the file's length
/// and where the next page begins; what a dying process wrote behind it is cut off.
public final class ExportKind implements JobKind {

    /// The kind's name.
    public static final String CODE = "export";

    private final MetadataService metadata;
    private final ODataService odata;
    private final Vault vault;
    private final JobFiles files;

    /// @param folder where the files are kept until they expire
    public ExportKind(MetadataService metadata, ODataService odata, Path folder, Vault vault) {
        this.vault = vault;
        this.metadata = metadata;
        this.odata = odata;
        this.files = files(folder);
    }

    static JobFiles files(Path folder) {
        return new JobFiles(folder, "exports");
    }

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public JobTask open(JobClaim claim) throws IOException {
        MetadataSnapshot snapshot = metadata.snapshot(claim.tenant());
        EntityDefinition entity = snapshot.entity(claim.entity())
                .orElseThrow(() -> ProblemException.of(ProblemCode.UNKNOWN_ENTITY, "unknown-entity", claim.entity()));
        String query = claim.definition().path("query").asText();
        TableQuery table = odata.table(claim.context(), snapshot, entity, query, claim.createdAt());
        Path path = files.path(claim.tenant(), claim.id().toString());
        Files.createDirectories(path.getParent());
        FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        file.truncate(claim.progress().checkpoint().path("length").asLong(0));
        return new Task(claim, table, file, vault);
    }

    @Override
    public void ended(JobClaim claim, Job.State state) {
        if (state != Job.State.DONE) {
            files.delete(claim.tenant(), claim.id().toString());
        }
    }

    private record Task(JobClaim claim, TableQuery table, FileChannel file, Vault vault) implements JobTask {

        @Override
        public Optional<Batch> next(JobProgress before) {
            boolean finished = before.checkpoint().path("finished").asBoolean();
            return finished ? Optional.empty() : Optional.of(sql -> run(sql, before.checkpoint()));
        }

        private JobStep run(DSLContext sql, JsonNode checkpoint) {
            CallerAccess.of(sql, claim.context())
                    .require(table.query().selection().entity(), Privilege.EXPORT);
            Query whole = table.query();
            Query next = whole.after(
                    checkpoint.has("after") ? StoredKeyset.read(whole.sort(), checkpoint.path("after")) : null);
            RecordPage page =
                    RecordReader.page(sql, claim.context(), next).opened(new Secrets(sql, claim.tenant(), vault));
            try {
                long length = new CsvTable(file, table.columns())
                        .append(checkpoint.path("length").asLong(0), page);
                return new JobStep(
                        new JobCounts(page.records().size(), 0, 0, 0, 0, 0, 0),
                        List.of(),
                        checkpoint(length, page.next()));
            } catch (IOException exception) {
                throw new UncheckedIOException(exception);
            }
        }

        private static JsonNode checkpoint(long length, @Nullable Keyset next) {
            ObjectNode checkpoint = JsonNodeFactory.instance.objectNode().put("length", length);
            if (next == null) {
                return checkpoint.put("finished", true);
            }
            return checkpoint.set("after", StoredKeyset.write(next));
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
