package io.relata.core.bulk;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.relata.core.audit.SensitiveReads;
import io.relata.core.job.Job;
import io.relata.core.job.JobService;
import io.relata.core.job.JobService.NewJob;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.WriteTransaction;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// Takes on the undoing of what a job or a bulk call did.
public final class UndoJobs {

    /// How long something can be undone.
    public static final Duration KEPT = Duration.ofDays(30);

    private final JobService jobs;
    private final Clock clock;

    public UndoJobs(JobService jobs, Clock clock) {
        this.jobs = jobs;
        this.clock = clock;
    }

    /// Takes the job on in the caller's transaction.
    ///
    /// @param change the name that all its changes bear, for example `import:0198…`
    /// @throws ProblemException NOT_FOUND when the caller made no such change in the time in which it can be undone;
    ///     administrators may undo those of all
    public Job submit(WriteTransaction tx, String change) {
        CallContext context = tx.context();
        Record entry = tx.sql()
                .select(field(name("entity_id"), UUID.class), field("count(*) over ()", Long.class))
                .from(table(name("relata", "audit")))
                .where(field(name("tenant_id"), UUID.class).eq(context.tenant()))
                .and(field(name("cause"), String.class).eq(change))
                .and(field(name("action"), String.class).ne(SensitiveReads.ACTION))
                .and(field(name("at"), java.time.OffsetDateTime.class)
                        .gt(clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC)))
                .and(
                        context.hasRole(CallContext.ADMINISTRATOR)
                                ? DSL.noCondition()
                                : field(name("actor"), UUID.class).eq(context.user()))
                .orderBy(field(name("id")))
                .limit(1)
                .fetchOne();
        EntityDefinition entity = entry == null
                ? null
                : tx.snapshot().entities().stream()
                        .filter(known -> known.id().equals(entry.get(0, UUID.class)))
                        .findFirst()
                        .orElse(null);
        if (entry == null || entity == null) {
            throw ProblemException.notFound();
        }
        return jobs.submit(
                tx.sql(),
                context,
                new NewJob(
                        jobs.newId(),
                        UndoKind.CODE,
                        entity.name(),
                        JsonNodeFactory.instance.objectNode().put(UndoKind.CHANGE, change),
                        entry.get(1, Long.class)));
    }
}
