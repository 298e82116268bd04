package io.relata.core.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.job.Job;
import io.relata.core.job.JobFiles;
import io.relata.core.job.JobService;
import io.relata.core.job.JobService.NewJob;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.WriteTransaction;
import io.relata.spi.CallContext;
import io.relata.spi.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/// Imports: takes files in, checks them, and has them worked on in the background.
public final class ImportService {

    private static final int NAME_LENGTH = 200;
    private static final Duration UPLOAD_TIME = Duration.ofHours(1);

    private final JobService jobs;
    private final Function<CallContext, MetadataSnapshot> seen;
    private final JobFiles files;
    private final Clock clock;

    /// @param seen   gives the metadata as a caller sees it
    /// @param folder where uploaded files are kept until their job has ended
    public ImportService(JobService jobs, Function<CallContext, MetadataSnapshot> seen, Path folder, Clock clock) {
        this.jobs = jobs;
        this.seen = seen;
        this.files = ImportKind.files(folder);
        this.clock = clock;
    }

    /// Reads an upload to disk. Whoever asks closes it; what no job was made of is gone then.
    ///
    /// @throws ProblemException when it is too large
    public ImportUpload receive(CallContext context, InputStream content) throws IOException {
        sweep(context.tenant());
        return new ImportUpload(files, context.tenant(), files.store(context.tenant(), content));
    }

    /// An import that can be taken on.
    public record Checked(ImportUpload upload, String entity, JsonNode definition, long rows) {}

    /// Returns an upload as it can be taken on, if mapping and file fit each other and the tenant's metadata.
    ///
    /// @throws ProblemException with everything that is wrong with the mapping, or with the file
    public Checked check(CallContext context, ImportUpload upload, String fileName, JsonNode mapping)
            throws IOException {
        List<Violation> violations = new ArrayList<>();
        ImportMapping read = MappingReader.read(mapping, violations);
        refuseUnknownEncoding(read, violations);
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
        ImportInspection file = ImportInspection.of(upload.path(), read);
        ImportPlanner.plan(read, seen.apply(context), file.header(), violations);
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
        ObjectNode definition = JsonNodeFactory.instance
                .objectNode()
                .put("fileName", shown(fileName))
                .put("fileKey", upload.key());
        definition.set("mapping", settled(mapping, file.format()));
        ArrayNode header = definition.putArray("header");
        file.header().forEach(header::add);
        return new Checked(upload, read.entity(), definition, file.rows());
    }

    /// Takes the job on in the caller's transaction, and the file over. Should the transaction fail, the file goes
    /// with those that no job needs.
    public ImportJob submit(WriteTransaction tx, Checked checked) {
        NewJob job = new NewJob(jobs.newId(), ImportKind.CODE, checked.entity(), checked.definition(), checked.rows());
        Job accepted = jobs.submit(tx.sql(), tx.context().withOrigin(Origin.IMPORT), job);
        checked.upload().keep();
        return ImportJob.of(accepted);
    }

    /// Has the tenant's jobs looked at soon.
    public void wake(CallContext context) {
        jobs.wake(context.tenant());
    }

    private static void refuseUnknownEncoding(ImportMapping mapping, List<Violation> violations) {
        if (mapping.encoding() != null && CsvFormat.charset(mapping.encoding()).isEmpty()) {
            violations.add(Violation.of("encoding", "import.unknown-encoding", mapping.encoding()));
        }
    }

    /// The job reads the file as it was checked, whatever a later version would guess.
    private static JsonNode settled(JsonNode mapping, CsvFormat format) {
        ObjectNode settled = mapping.deepCopy();
        return settled.put("encoding", format.charset().name()).put("delimiter", String.valueOf(format.delimiter()));
    }

    /// The caller's name for the file is only ever shown.
    private static String shown(String fileName) {
        String last = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
        String plain = last.replaceAll("\\p{Cntrl}", "").strip();
        String name = plain.isEmpty() ? "import.csv" : plain;
        return name.length() > NAME_LENGTH ? name.substring(0, NAME_LENGTH) : name;
    }

    /// Returns the beginning of an upload and what its columns might mean.
    ///
    /// @param wish what the caller knows already: entity, encoding, delimiter
    public ImportPreview preview(CallContext context, ImportUpload upload, ImportPreview.Wish wish) throws IOException {
        return PreviewReader.read(upload.path(), seen.apply(context), wish);
    }

    /// Returns the tenant's newest imports, the newest first.
    public List<ImportJob> newest(CallContext context) {
        return jobs.newest(context, ImportKind.CODE).stream().map(ImportJob::of).toList();
    }

    public ImportJob find(CallContext context, UUID id) {
        return ImportJob.of(jobs.find(context, id, ImportKind.CODE));
    }

    /// Stops the job after the batch at hand; what has been done stays. Does nothing to a job that has ended.
    public ImportJob cancel(CallContext context, UUID id) {
        return ImportJob.of(jobs.cancel(context, id, ImportKind.CODE));
    }

    /// Returns refused rows in the file's order.
    ///
    /// @param after the number of the last row already seen; 0 to begin
    public List<ImportReject> rejects(CallContext context, UUID id, long after, int count) {
        find(context, id);
        return jobs.errors(context, id, after, count).stream()
                .map(ImportReject::of)
                .toList();
    }

    /// Returns a writer of the refused rows as CSV, ready to be corrected and imported again.
    public RejectsCsv rejectsCsv(CallContext context, UUID id) {
        List<String> header = find(context, id).header();
        return new RejectsCsv(header, after -> rejects(context, id, after, RejectsCsv.PAGE), context.locale());
    }

    private void sweep(UUID tenant) {
        Set<String> needed = new HashSet<>();
        jobs.open(tenant, ImportKind.CODE).forEach(job -> needed.add(ImportKind.fileKey(job.definition())));
        files.sweep(tenant, needed, clock.instant().minus(UPLOAD_TIME));
    }
}
