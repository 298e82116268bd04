package io.relata.core.rollup;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.access.CallerAccess;
import io.relata.core.job.Job;
import io.relata.core.job.JobService;
import io.relata.core.job.JobService.NewJob;
import io.relata.core.metadata.ActiveRollUp;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.WriteTransaction;
import io.relata.core.rollup.RollUpKind.Operation;
import io.relata.spi.CallContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jooq.DSLContext;

/// Takes on jobs over the roll-ups of an entity.
public final class RollUpJobs {

    private static final String NEW = "new";

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

    /// Has the results reckoned anew that follow from rates to the currencies, which the caller's transaction changes.
    /// A job that has not begun will do: it begins behind whoever is at work.
    public List<Job> convertAnew(WriteTransaction tx, Set<String> to) {
        Set<String> waiting = new HashSet<>();
        for (Job job : jobs.open(tx.sql(), tx.tenant(), Operation.RECALCULATE.code())) {
            if (job.startedAt() == null && job.definition().path(NEW).booleanValue()) {
                waiting.add(job.entity());
            }
        }
        String own = tx.context().currency().getCurrencyCode();
        List<Job> submitted = new ArrayList<>();
        for (ActiveRollUp one : tx.snapshot().rollUps().all()) {
            boolean concerned = one.exchange() != null
                    && to.contains(Objects.requireNonNullElse(one.exchange().to(), own));
            if (concerned && waiting.add(one.parent().name())) {
                submitted.add(fill(tx.sql(), tx.context(), one.parent()));
            }
        }
        return submitted;
    }

    private Job submit(
            DSLContext sql, CallContext context, Operation operation, EntityDefinition entity, boolean isNew) {
        ObjectNode definition = JsonNodeFactory.instance.objectNode().put("set", entity.setName());
        if (isNew) {
            definition.put(NEW, true);
        }
        return jobs.submit(sql, context, new NewJob(jobs.newId(), operation.code(), entity.name(), definition, null));
    }
}
