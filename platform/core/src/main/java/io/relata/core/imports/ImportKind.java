package io.relata.core.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.relata.core.job.Job;
import io.relata.core.job.JobClaim;
import io.relata.core.job.JobFiles;
import io.relata.core.job.JobKind;
import io.relata.core.job.JobProgress;
import io.relata.core.job.JobStep;
import io.relata.core.job.JobTask;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.RecordWriter;
import io.relata.spi.CallContext;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.DSLContext;

/// Imports as jobs: the rows of a file, a batch at a time.
public final class ImportKind implements JobKind {

    /// The kind's name.
    public static final String CODE = "import";

    private static final int BATCH_ROWS = 500;
    private static final long BATCH_CHARACTERS = 4_000_000;

    private final Function<CallContext, MetadataSnapshot> seen;
    private final RecordWriter writer;
    private final JobFiles files;

    /// @param seen   gives the metadata as a caller sees it
    /// @param folder where uploaded files are kept until their job has ended
    public ImportKind(Function<CallContext, MetadataSnapshot> seen, RecordWriter writer, Path folder) {
        this.seen = seen;
        this.writer = writer;
        this.files = files(folder);
    }

    static JobFiles files(Path folder) {
        return new JobFiles(folder, "imports");
    }

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public JobTask open(JobClaim claim) throws IOException {
        List<Violation> violations = new ArrayList<>();
        ImportMapping mapping = MappingReader.read(claim.definition().path("mapping"), violations);
        Path file = files.path(claim.tenant(), fileKey(claim.definition()));
        CsvSource source;
        try {
            source = CsvSource.open(file, ImportInspection.format(file, mapping));
        } catch (NoSuchFileException missing) {
            throw ProblemException.of(ProblemCode.NOT_FOUND, "import.file-missing");
        }
        boolean opened = false;
        try {
            MetadataSnapshot snapshot = seen.apply(claim.context());
            Optional<ImportPlan> plan = ImportPlanner.plan(mapping, snapshot, source.header(), violations);
            if (plan.isEmpty() || !violations.isEmpty()) {
                throw ProblemException.of(ProblemCode.VALIDATION, "import.metadata-changed");
            }
            source.skip(claim.progress().counts().processed());
            opened = true;
            return new Task(source, new BatchImporter(writer, claim.context(), snapshot, plan.get()));
        } finally {
            if (!opened) {
                source.close();
            }
        }
    }

    static String fileKey(JsonNode definition) {
        return definition.path("fileKey").asText();
    }

    @Override
    public void ended(JobClaim claim, Job.State state) {
        files.delete(claim.tenant(), fileKey(claim.definition()));
    }

    private record Task(CsvSource source, BatchImporter importer) implements JobTask {

        @Override
        public Optional<Batch> next(JobProgress before) {
            List<CsvRow> rows = rows();
            return rows.isEmpty() ? Optional.empty() : Optional.of(sql -> run(sql, rows));
        }

        private JobStep run(DSLContext sql, List<CsvRow> rows) {
            BatchImporter.Result result = importer.run(sql, rows);
            return new JobStep(
                    result.counts().toJob(),
                    result.rejects().stream().map(ImportReject::toJob).toList(),
                    NullNode.getInstance());
        }

        private List<CsvRow> rows() {
            List<CsvRow> rows = new ArrayList<>();
            long characters = 0;
            while (rows.size() < BATCH_ROWS && characters < BATCH_CHARACTERS) {
                Optional<CsvRow> row = source.next();
                if (row.isEmpty()) {
                    break;
                }
                rows.add(row.get());
                characters +=
                        row.get().cells().stream().mapToLong(String::length).sum();
            }
            return rows;
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}
