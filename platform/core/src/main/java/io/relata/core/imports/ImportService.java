package io.relata.core.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.id.Ids;
import io.relata.core.imports.ImportJobs.NewJob;
import io.relata.core.metadata.MetadataService;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.RecordWriter;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;

/// Imports: takes files in, checks them, and has them worked on in the background.
public final class ImportService implements AutoCloseable {

    private static final int NEWEST = 100;
    private static final int NAME_LENGTH = 200;
    private static final Duration UPLOAD_TIME = Duration.ofHours(1);

    private final TenantTransaction transaction;
    private final MetadataService metadata;
    private final ImportFiles files;
    private final Ids ids;
    private final Clock clock;
    private final ImportScheduler scheduler;

    /// @param folder   where uploaded files are kept until their job has ended
    /// @param executor where the work is done; takes a handful of long tasks
    public ImportService(
            TenantTransaction transaction,
            MetadataService metadata,
            RecordWriter writer,
            Path folder,
            Ids ids,
            Clock clock,
            Executor executor) {
        this.transaction = transaction;
        this.metadata = metadata;
        this.files = new ImportFiles(folder);
        this.ids = ids;
        this.clock = clock;
        ImportRunner runner = new ImportRunner(transaction, metadata, writer, files, clock);
        this.scheduler = new ImportScheduler(transaction, runner, executor);
    }

    /// Begins to work on jobs, those first that an earlier process left unfinished.
    public void start() {
        scheduler.start();
    }

    /// Reads an upload to disk. Whoever asks closes it; what no job was made of is gone then.
    ///
    /// @throws ProblemException when it is too large
    public ImportUpload receive(CallContext context, InputStream content) throws IOException {
        sweep(context.tenant());
        return new ImportUpload(files, context.tenant(), files.store(context.tenant(), content));
    }

    /// Accepts an upload as a job, if mapping and file fit each other and the tenant's metadata.
    ///
    /// @throws ProblemException with everything that is wrong with the mapping, or with the file
    public ImportJob submit(CallContext context, ImportUpload upload, String fileName, JsonNode mapping)
            throws IOException {
        List<Violation> violations = new ArrayList<>();
        ImportMapping read = MappingReader.read(mapping, violations);
        refuseUnknownEncoding(read, violations);
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
        ImportInspection file = ImportInspection.of(upload.path(), read);
        ImportPlanner.plan(read, metadata.snapshot(context.tenant()), file.header(), violations);
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
        NewJob job = new NewJob(
                ids.next(),
                read.entity(),
                shown(fileName),
                upload.key(),
                settled(mapping, file.format()),
                file.header(),
                file.rows());
        ImportJob accepted = transaction.call(context, sql -> {
            ImportJobs.insert(sql, context, job, clock.instant());
            return ImportJobs.find(sql, context.tenant(), job.id()).orElseThrow();
        });
        upload.keep();
        scheduler.wake(context.tenant());
        return accepted;
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
        return PreviewReader.read(upload.path(), metadata.snapshot(context.tenant()), wish);
    }

    public List<ImportJob> newest(CallContext context) {
        return transaction.call(context, sql -> ImportJobs.newest(sql, context.tenant(), NEWEST));
    }

    public ImportJob find(CallContext context, UUID id) {
        return transaction
                .call(context, sql -> ImportJobs.find(sql, context.tenant(), id))
                .orElseThrow(ProblemException::notFound);
    }

    /// Stops the job after the batch at hand; what has been done stays. Does nothing to a job that has ended.
    public ImportJob cancel(CallContext context, UUID id) {
        return transaction.call(context, sql -> {
            ImportJobs.cancel(sql, context.tenant(), id, clock.instant());
            return ImportJobs.find(sql, context.tenant(), id).orElseThrow(ProblemException::notFound);
        });
    }

    /// Returns refused rows in the file's order.
    ///
    /// @param after the number of the last row already seen; 0 to begin
    public List<ImportReject> rejects(CallContext context, UUID id, long after, int count) {
        find(context, id);
        return transaction.call(context, sql -> ImportRejects.page(sql, context.tenant(), id, after, count));
    }

    /// Returns a writer of the refused rows as CSV, ready to be corrected and imported again.
    public RejectsCsv rejectsCsv(CallContext context, UUID id) {
        find(context, id);
        List<String> header = transaction.call(context, sql -> ImportJobs.header(sql, context.tenant(), id));
        return new RejectsCsv(header, after -> rejects(context, id, after, RejectsCsv.PAGE), context.locale());
    }

    private void sweep(UUID tenant) {
        Set<String> needed = transaction.call(tenant, sql -> ImportJobs.openFiles(sql, tenant));
        files.sweep(tenant, needed, clock.instant().minus(UPLOAD_TIME));
    }

    @Override
    public void close() {
        scheduler.close();
    }
}
