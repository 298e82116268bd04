package io.relata.core.rotation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.relata.core.job.Job;
import io.relata.core.job.JobService;
import io.relata.core.job.JobService.NewJob;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.Secrets;
import io.relata.core.record.WriteTransaction;
import io.relata.spi.CallContext;
import java.util.List;

/// Takes on jobs that seal an entity's encrypted fields with a new key.
public final class RotationJobs {

    private final JobService jobs;

    public RotationJobs(JobService jobs) {
        this.jobs = jobs;
    }

    /// Takes the job on in the caller's transaction.
    ///
    /// @throws ProblemException FORBIDDEN, UNKNOWN_ENTITY; VALIDATION when the entity has no encrypted fields
    public Job submit(WriteTransaction tx, String set) {
        if (!tx.context().hasRole(CallContext.ADMINISTRATOR)) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "metadata-administrators-only");
        }
        EntityDefinition entity = tx.entityOfSet(set);
        if (Secrets.of(entity).isEmpty()) {
            throw ProblemException.invalid(List.of(Violation.of("set", "rotation-none")));
        }
        return jobs.submit(
                tx.sql(),
                tx.context(),
                new NewJob(
                        jobs.newId(),
                        RotationKind.CODE,
                        entity.name(),
                        JsonNodeFactory.instance.objectNode().put("set", set),
                        null));
    }
}
