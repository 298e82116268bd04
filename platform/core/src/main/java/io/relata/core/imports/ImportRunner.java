package io.relata.core.imports;

import io.relata.core.imports.BatchImporter.Result;
import io.relata.core.imports.ImportJob.Failure;
import io.relata.core.imports.ImportJob.State;
import io.relata.core.imports.ImportTurns.Standing;
import io.relata.core.metadata.MetadataService;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.RecordWriter;
import io.relata.core.tenant.DatabaseUnavailableException;
import io.relata.core.tenant.TenantTransaction;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works on a tenant's imports, a turn at a time. Every batch is one transaction with its checkpoint, so that a
/// process that dies leaves whole batches, and the next goes on behind the last of them.
final class ImportRunner {

    private static final Logger LOG = LoggerFactory.getLogger(ImportRunner.class);

    private static final int BATCH_ROWS = 500;
    private static final long BATCH_CHARACTERS = 4_000_000;

    /// So many turns may end without a batch done before the job is given up.
    private static final int MAX_ATTEMPTS = 5;

    private final TenantTransaction transaction;
    private final MetadataService metadata;
    private final RecordWriter writer;
    private final ImportFiles files;
    private final Clock clock;
    private final UUID runner = UUID.randomUUID();

    ImportRunner(
            TenantTransaction transaction,
            MetadataService metadata,
            RecordWriter writer,
            ImportFiles files,
            Clock clock) {
        this.transaction = transaction;
        this.metadata = metadata;
        this.writer = writer;
        this.files = files;
        this.clock = clock;
    }

    /// How a turn ended.
    enum TurnEnd {
        /// A job came to its end; there may be another.
        FINISHED,
        /// The job goes on in a later turn.
        YIELDED,
        /// There is nothing to do, or another process does it.
        IDLE,
        /// The database gave up; the job waits to be taken up again.
        TROUBLE
    }

    /// Works on the tenant's oldest open import until it ends or `yield` says to let others go first.
    TurnEnd turn(UUID tenant, BooleanSupplier yield) {
        Optional<ImportClaim> claim =
                transaction.call(tenant, sql -> ImportTurns.claim(sql, tenant, runner, clock.instant()));
        if (claim.isEmpty()) {
            return TurnEnd.IDLE;
        }
        try {
            return work(claim.get(), yield);
        } catch (ImportTurns.LostException exception) {
            LOG.info("Import {} went over to another process", claim.get().id());
            return TurnEnd.IDLE;
        } catch (DataAccessException | DatabaseUnavailableException exception) {
            LOG.warn(
                    "Import {} waits: the database refused a batch", claim.get().id(), exception);
            release(claim.get(), true);
            return TurnEnd.TROUBLE;
        } catch (ProblemException exception) {
            return fail(claim.get(), new Failure(exception.detail(), exception.arguments()));
        } catch (NoSuchFileException exception) {
            return fail(claim.get(), new Failure("import.file-missing", List.of()));
        } catch (IOException | RuntimeException exception) {
            LOG.error("Import {} failed", claim.get().id(), exception);
            return fail(
                    claim.get(),
                    new Failure("import.fault", List.of(claim.get().context().requestId())));
        }
    }

    private TurnEnd work(ImportClaim claim, BooleanSupplier yield) throws IOException {
        if (claim.attempts() > MAX_ATTEMPTS) {
            return fail(
                    claim, new Failure("import.given-up", List.of(claim.counts().processed())));
        }
        List<Violation> violations = new ArrayList<>();
        ImportMapping mapping = MappingReader.read(claim.mapping(), violations);
        Path file = files.path(claim.tenant(), claim.fileKey());
        try (CsvSource source = CsvSource.open(file, ImportInspection.format(file, mapping))) {
            MetadataSnapshot snapshot = metadata.snapshot(claim.tenant());
            Optional<ImportPlan> plan = ImportPlanner.plan(mapping, snapshot, source.header(), violations);
            if (plan.isEmpty() || !violations.isEmpty()) {
                return fail(claim, new Failure("import.metadata-changed", List.of()));
            }
            source.skip(claim.counts().processed());
            return batches(claim, source, new BatchImporter(writer, claim.context(), snapshot, plan.get()), yield);
        }
    }

    private TurnEnd batches(ImportClaim claim, CsvSource source, BatchImporter importer, BooleanSupplier yield) {
        ImportCounts counts = claim.counts();
        for (List<CsvRow> rows = batch(source); !rows.isEmpty(); rows = batch(source)) {
            if (yield.getAsBoolean()) {
                release(claim, false);
                return TurnEnd.YIELDED;
            }
            Batch batch = new Batch(claim, counts, rows);
            Step step = transaction.call(claim.context(), sql -> run(sql, importer, batch));
            counts = step.counts();
            switch (step.standing()) {
                case FINE -> {}
                case CANCELLED -> {
                    return finish(claim, State.CANCELLED, null);
                }
                case REQUESTER_GONE -> {
                    return fail(claim, new Failure("import.requester-gone", List.of()));
                }
                case TENANT_SUSPENDED -> {
                    release(claim, false);
                    return TurnEnd.IDLE;
                }
            }
        }
        return finish(claim, State.DONE, null);
    }

    /// Rows to do in one transaction, behind what has been done before.
    private record Batch(ImportClaim claim, ImportCounts before, List<CsvRow> rows) {}

    /// Whether the batch was done, and what has been done with it.
    private record Step(Standing standing, ImportCounts counts) {}

    private static Step run(DSLContext sql, BatchImporter importer, Batch batch) {
        Standing standing = ImportTurns.standing(sql, batch.claim());
        if (standing != Standing.FINE) {
            return new Step(standing, batch.before());
        }
        Result result = importer.run(sql, batch.rows());
        ImportCounts counts = batch.before().plus(result.counts());
        ImportTurns.checkpoint(sql, batch.claim(), counts, result.rejects());
        return new Step(Standing.FINE, counts);
    }

    private static List<CsvRow> batch(CsvSource source) {
        List<CsvRow> rows = new ArrayList<>();
        long characters = 0;
        while (rows.size() < BATCH_ROWS && characters < BATCH_CHARACTERS) {
            Optional<CsvRow> row = source.next();
            if (row.isEmpty()) {
                break;
            }
            rows.add(row.get());
            characters += row.get().cells().stream().mapToLong(String::length).sum();
        }
        return rows;
    }

    private TurnEnd fail(ImportClaim claim, Failure failure) {
        return finish(claim, State.FAILED, failure);
    }

    private TurnEnd finish(ImportClaim claim, State state, @Nullable Failure failure) {
        transaction.call(claim.tenant(), sql -> {
            ImportTurns.finish(sql, claim, state, failure, clock.instant());
            return true;
        });
        files.delete(claim.tenant(), claim.fileKey());
        return TurnEnd.FINISHED;
    }

    private void release(ImportClaim claim, boolean inTrouble) {
        try {
            transaction.call(claim.tenant(), sql -> {
                ImportTurns.release(sql, claim, inTrouble);
                return true;
            });
        } catch (DataAccessException | DatabaseUnavailableException exception) {
            LOG.warn("Import {} keeps its lease until it ends by itself", claim.id(), exception);
        }
    }
}
