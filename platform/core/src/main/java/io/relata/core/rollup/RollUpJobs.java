package io.relata.core.rollup;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.access.CallerAccess;
import io.relata.core.job.Job;
import io.relata.core.job.JobService;
import io.relata.core.job.JobService.NewJob;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.WriteTransaction;
import io.relata.core.rollup.RollUpKind.Operation;
import io.relata.spi.CallContext;
import java.util.List;
import org.jooq.DSLContext;

/// Takes on jobs over the roll-ups of an entity.
public final class RollUpJobs {

    private final JobService jobs;

    public RollUpJobs(JobService jobs) {
        this.jobs = jobs;
    }

    /// Takes the job on in the caller's transaction.
    ///
    /// What differs is told with its values, of all records there are: for administrators only.
    ///
    /// @throws ProblemException FORBIDDEN; UNKNOWN_ENTITY; VALIDATION when the entity has no roll-ups
    public Job submit(WriteTransaction tx, Operation operation, String set) {
        if (!tx.context().hasRole(CallContext.ADMINISTRATOR)) {
            throw CallerAccess.forbidden();
        }
        EntityDefinition entity = tx.entityOfSet(set);
        boolean formulas = entity.fields().stream().anyMatch(field -> field.formula() != null && !field.virtual());
        if (!formulas && tx.snapshot().rollUps().of(entity).isEmpty()) {
            throw ProblemException.invalid(List.of(Violation.of("set", "roll-up-none")));
        }
        return submit(tx.sql(), tx.context(), operation, entity, false);
    }

    /// Has the results of a definition reckoned that the caller's transaction makes.
    public Job fill(DSLContext sql, CallContext context, EntityDefinition entity) {
        return submit(sql, context, Operation.RECALCULATE, entity, true);
    }

    private Job submit(
            DSLContext sql, CallContext context, Operation operation, EntityDefinition entity, boolean isNew) {
        ObjectNode definition = JsonNodeFactory.instance.objectNode().put("set", entity.setName());
        if (isNew) {
            definition.put("new", true);
        }
        return jobs.submit(sql, context, new NewJob(jobs.newId(), operation.code(), entity.name(), definition, null));
    }
}
