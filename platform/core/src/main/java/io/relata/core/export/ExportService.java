package io.relata.core.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.audit.AuditEntry;
import io.relata.core.audit.AuditTrail;
import io.relata.core.job.Job;
import io.relata.core.job.JobFiles;
import io.relata.core.job.JobService;
import io.relata.core.job.JobService.NewJob;
import io.relata.core.limit.Allowance;
import io.relata.core.limit.Meters;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.MetadataService;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.odata.ODataService;
import io.relata.core.odata.TableQuery;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.query.RecordReader;
import io.relata.core.record.WriteTransaction;
import io.relata.spi.CallContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Takes on exports and hands out their files.
public final class ExportService {

    /// How long a file can be fetched after it was finished.
    public static final Duration KEPT = Duration.ofDays(3);

    private static final Duration DAY = Duration.ofDays(1);

    private final JobService jobs;
    private final MetadataService metadata;
    private final ODataService odata;
    private final RecordReader reader;
    private final AuditTrail trail;
    private final JobFiles files;
    private final Function<UUID, Allowance> allowances;
    private final Clock clock;

    /// @param reader     counts the records beforehand
    /// @param folder     where the files are kept until they expire
    /// @param allowances says how many a tenant may begin
    public ExportService(
            JobService jobs,
            MetadataService metadata,
            ODataService odata,
            RecordReader reader,
            AuditTrail trail,
            Path folder,
            Function<UUID, Allowance> allowances,
            Clock clock) {
        this.jobs = jobs;
        this.metadata = metadata;
        this.odata = odata;
        this.reader = reader;
        this.trail = trail;
        this.files = ExportKind.files(folder);
        this.allowances = allowances;
        this.clock = clock;
    }

    /// An export before it is taken on.
    ///
    /// @param query the query part of an address, as it is sent
    /// @param total how many records there are; `null` when it takes too long to count them
    public record Checked(
            String set,
            String query,
            ExportForm form,
            @Nullable Long total) {}

    /// Checks the query.
    ///
    /// @throws ProblemException UNKNOWN_ENTITY, INVALID_QUERY
    public Checked check(CallContext context, String set, String query, ExportForm form) {
        MetadataSnapshot snapshot = metadata.snapshot(context.tenant());
        EntityDefinition entity = odata.entity(context, set);
        TableQuery table = odata.table(context, snapshot, entity, query, clock.instant());
        sweep(context.tenant());
        try {
            return new Checked(
                    set, query, form, reader.count(context, table.query().selection()));
        } catch (ProblemException tooSlow) {
            return new Checked(set, query, form, null);
        }
    }

    /// Takes the export on in the caller's transaction.
    ///
    /// @throws ProblemException TOO_MANY_REQUESTS when the tenant has begun as many as it may
    public Job submit(WriteTransaction tx, Checked checked) {
        requireAllowance(tx);
        ObjectNode definition =
                JsonNodeFactory.instance.objectNode().put("set", checked.set()).put("query", checked.query());
        if (checked.form() != ExportForm.RAW) {
            definition.put("form", checked.form().code());
        }
        String entity = tx.entityOfSet(checked.set()).name();
        NewJob job = new NewJob(jobs.newId(), ExportKind.CODE, entity, definition, checked.total());
        ArrayNode asked = JsonNodeFactory.instance.arrayNode();
        asked.addObject().put("field", entity).set("new", definition);
        AuditEntry entry =
                new AuditEntry(ExportKind.CODE, AuditEntry.EXPORTS, job.id(), 1, AuditEntry.Action.EXPORT, asked);
        trail.write(tx.sql(), tx.context(), List.of(entry));
        return jobs.submit(tx.sql(), tx.context(), job);
    }

    /// How many exports a tenant may begin within 24 hours, and has.
    public record Standing(long limit, long begun) {}

    /// Returns how many exports the caller's tenant may begin within 24 hours, and has.
    public Standing standing(CallContext context) {
        return new Standing(
                allowances.apply(context.tenant()).exports(),
                jobs.begun(context, ExportKind.CODE, clock.instant().minus(DAY)).count());
    }

    private void requireAllowance(WriteTransaction tx) {
        long limit = allowances.apply(tx.context().tenant()).exports();
        Instant now = clock.instant();
        JobService.Begun begun = JobService.begun(tx.sql(), tx.context(), ExportKind.CODE, now.minus(DAY));
        if (begun.count() >= limit) {
            Instant room = begun.first() == null ? now.plus(DAY) : begun.first().plus(DAY);
            throw Meters.refusal("limit-exports", Duration.between(now, room).toSeconds() + 1, limit);
        }
    }

    /// Returns until when the job's file can be fetched; empty when there is none.
    public Optional<Instant> expires(Job job) {
        Instant finished = job.finishedAt();
        return job.kind().equals(ExportKind.CODE) && job.state() == Job.State.DONE && finished != null
                ? Optional.of(finished.plus(KEPT))
                : Optional.empty();
    }

    /// Returns the finished file.
    ///
    /// @throws ProblemException NOT_FOUND when there is no such export, it has not come to its end, or its file has
    ///     expired
    public Path file(CallContext context, UUID id) {
        Job job = jobs.find(context, id, ExportKind.CODE);
        Path file = files.path(context.tenant(), id.toString());
        Instant expires = expires(job).orElseThrow(() -> ProblemException.of(ProblemCode.NOT_FOUND, "job-no-file"));
        if (!clock.instant().isBefore(expires) || !Files.exists(file)) {
            throw ProblemException.of(ProblemCode.NOT_FOUND, "job-file-expired", KEPT.toDays());
        }
        return file;
    }

    /// Removes the tenant's files that have expired or belong to no job.
    public void sweep(UUID tenant) {
        Set<String> open = new HashSet<>();
        jobs.open(tenant, ExportKind.CODE).forEach(job -> open.add(job.id().toString()));
        files.sweep(tenant, open, clock.instant().minus(KEPT));
    }
}
