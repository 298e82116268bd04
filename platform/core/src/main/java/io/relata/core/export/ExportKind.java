package io.relata.core.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.access.CallerAccess;
import io.relata.core.access.Privilege;
import io.relata.core.audit.SensitiveReads.Way;
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

/// Exports as jobs: a page of records at a time goes to the end of the file. After some pages the checkpoint holds the
/// file's length and where the next page begins; what a dying process wrote behind it is cut off.
public final class ExportKind implements JobKind {

    /// The kind's name.
    public static final String CODE = "export";

    /// Records between two checkpoints, each of which waits for the disk: as many as there were before, up to here. And
    /// how long it may take to read them, so that somebody who cancels need not wait.
    private static final long AT_ONCE = 10_000;

    private static final long LONGEST_NANOS = 1_000_000_000L;

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
        boolean shown = claim.definition().path("form").asText().equals(ExportForm.SHOWN.code());
        TableQuery table = shown
                ? odata.tableForPeople(claim.context(), snapshot, entity, query, claim.createdAt())
                : odata.table(claim.context(), snapshot, entity, query, claim.createdAt());
        TableRows rows = shown
                ? new ShownRows(claim.context(), odata.seen(claim.context(), snapshot), table)
                : new RawRows(table.columns());
        Path path = files.path(claim.tenant(), claim.id().toString());
        Files.createDirectories(path.getParent());
        FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        file.truncate(claim.progress().checkpoint().path("length").asLong(0));
        return new Task(claim, table, rows, file, vault);
    }

    @Override
    public void ended(JobClaim claim, Job.State state) {
        if (state != Job.State.DONE) {
            files.delete(claim.tenant(), claim.id().toString());
        }
    }

    private record Task(JobClaim claim, TableQuery table, TableRows rows, FileChannel file, Vault vault)
            implements JobTask {

        @Override
        public Optional<Batch> next(JobProgress before) {
            boolean finished = before.checkpoint().path("finished").asBoolean();
            return finished ? Optional.empty() : Optional.of(sql -> run(sql, before));
        }

        private JobStep run(DSLContext sql, JobProgress before) {
            JsonNode checkpoint = before.checkpoint();
            long wanted = Math.min(AT_ONCE, before.counts().processed());
            CallerAccess.of(sql, claim.context())
                    .require(table.query().selection().entity(), Privilege.EXPORT);
            Query whole = table.query();
            Keyset next = checkpoint.has("after") ? StoredKeyset.read(whole.sort(), checkpoint.path("after")) : null;
            long length = checkpoint.path("length").asLong(0);
            int records = 0;
            try {
                CsvTable csv = new CsvTable(file, rows);
                long begin = System.nanoTime();
                do {
                    RecordPage page = RecordReader.page(sql, claim.context(), whole.after(next), Way.EXPORT)
                            .opened(new Secrets(sql, claim.tenant(), vault));
                    length = csv.append(sql, length, page);
                    records += page.records().size();
                    next = page.next();
                } while (next != null && records < wanted && System.nanoTime() - begin < LONGEST_NANOS);
                csv.keep();
                return new JobStep(new JobCounts(records, 0, 0, 0, 0, 0, 0), List.of(), checkpoint(length, next));
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
