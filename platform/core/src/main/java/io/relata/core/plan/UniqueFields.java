package io.relata.core.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.job.JobService;
import io.relata.core.job.JobService.NewJob;
import io.relata.core.metadata.ComponentKey;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.MetadataDiff.Change;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.MetadataTransaction;
import io.relata.core.metadata.Proposal;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.UniqueClaims;
import io.relata.spi.CallContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Has the values of fields taken that become unique, and given back of those that are no longer. Few are taken at
/// once, many by a job.
final class UniqueFields {

    /// So many values are taken while those who write wait.
    private static final int AT_ONCE = 10_000;

    private final MetadataTransaction tx;
    private final CallContext context;
    private final Proposal proposal;
    private final JobService jobs;

    UniqueFields(MetadataTransaction tx, CallContext context, Proposal proposal, JobService jobs) {
        this.tx = tx;
        this.context = context;
        this.proposal = proposal;
        this.jobs = jobs;
    }

    /// @return the jobs that take what is left
    /// @throws ProblemException VALIDATION when two records have the same value
    List<UUID> follow() {
        for (Change change : proposal.diff().changes()) {
            if (change.component().part() == ComponentKey.Part.FIELD) {
                release(change.component());
            }
        }
        List<Violation> violations = new ArrayList<>();
        List<UUID> begun = new ArrayList<>();
        proposal.claims().forEach(key -> claim(key, violations, begun));
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
        return begun;
    }

    private void release(ComponentKey key) {
        boolean was = field(proposal.before(), key).map(UniqueFields::takes).orElse(false);
        boolean is = field(proposal.after(), key).map(UniqueFields::takes).orElse(false);
        EntityDefinition entity = entity(proposal.after(), key).orElse(null);
        if (was && !is && entity != null) {
            UniqueClaims.release(tx.sql(), context.tenant(), entity.id(), key.name());
        }
    }

    private static boolean takes(FieldDefinition field) {
        return field.unique() || field.claiming();
    }

    private void claim(ComponentKey key, List<Violation> violations, List<UUID> begun) {
        EntityDefinition entity = entity(proposal.after(), key).orElseThrow();
        FieldDefinition field = entity.field(key.name()).orElseThrow();
        UniqueClaims claims = new UniqueClaims(tx.sql(), context.tenant(), entity, field);
        if (!claims.atMost(AT_ONCE)) {
            UUID id = jobs.newId();
            ObjectNode definition = ClaimKind.definition(key);
            jobs.submit(tx.sql(), context, new NewJob(id, ClaimKind.CODE, entity.name(), definition, null));
            begun.add(id);
            return;
        }
        int clashes = claims.all();
        if (clashes > 0) {
            violations.add(Violation.of(key + ".unique", "unique-clashes", clashes));
        } else {
            tx.claimed(key);
        }
    }

    private static Optional<EntityDefinition> entity(MetadataSnapshot snapshot, ComponentKey key) {
        return snapshot.entities().stream()
                .filter(one -> one.key().equals(key.entity()))
                .findFirst();
    }

    private static Optional<FieldDefinition> field(MetadataSnapshot snapshot, ComponentKey key) {
        return entity(snapshot, key).flatMap(entity -> entity.field(key.name()));
    }
}
