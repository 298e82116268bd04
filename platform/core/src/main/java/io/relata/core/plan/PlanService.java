package io.relata.core.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.job.Job;
import io.relata.core.job.JobService;
import io.relata.core.job.JobService.NewJob;
import io.relata.core.metadata.ComponentKey;
import io.relata.core.metadata.Edit;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.HiddenField;
import io.relata.core.metadata.KeptValues;
import io.relata.core.metadata.MetadataService;
import io.relata.core.metadata.MetadataTransaction;
import io.relata.core.metadata.Proposal;
import io.relata.core.metadata.Reshape;
import io.relata.core.plan.Plan.State;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.Purge;
import io.relata.core.record.Secrets;
import io.relata.core.rollup.RollUpJobs;
import io.relata.core.vault.Vault;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The one way in which administrators change a tenant's metadata: a change is worked out against what holds, checked
/// as a whole, looked at with what it means for records, applied at once or not at all, and can be taken back.
public final class PlanService {

    private static final int TITLE_LENGTH = 200;

    private final MetadataService metadata;
    private final JobService jobs;
    private final RollUpJobs rollUps;
    private final Asked asked;
    private final Vault vault;
    private final Clock clock;

    public PlanService(
            MetadataService metadata, JobService jobs, RollUpJobs rollUps, Asked asked, Vault vault, Clock clock) {
        this.metadata = metadata;
        this.jobs = jobs;
        this.rollUps = rollUps;
        this.asked = asked;
        this.vault = vault;
        this.clock = clock;
    }

    /// Works a change out; nothing of the metadata is changed.
    ///
    /// @throws ProblemException FORBIDDEN; VALIDATION with everything wrong
    public Plan plan(CallContext context, String title, Edit edit) {
        requireTitle(title);
        sweep(context);
        return metadata.look(context, tx -> open(context, tx, title, edit, null));
    }

    /// Works out what takes an applied plan back.
    ///
    /// @throws ProblemException FORBIDDEN, NOT_FOUND; PLAN_STATE when it was not applied; VALIDATION when what it
    ///     changed was changed again since
    public Plan revert(CallContext context, UUID id) {
        sweep(context);
        return metadata.look(context, tx -> {
            Plan plan = PlanStore.find(tx.sql(), context.tenant(), id).orElseThrow(ProblemException::notFound);
            if (plan.state() != State.APPLIED) {
                throw ProblemException.of(ProblemCode.PLAN_STATE, "plan-not-applied");
            }
            return open(context, tx, plan.title(), Edit.diff(plan.diff().inverse()), id);
        });
    }

    private Plan open(CallContext context, MetadataTransaction tx, String title, Edit edit, @Nullable UUID reverts) {
        Proposal proposal = tx.propose(edit);
        Uses uses = asked.check(tx.sql(), context, proposal);
        Map<ComponentKey, ObjectNode> impacts = new Impacts(tx.sql(), context, proposal, clock).all();
        uses.count(impacts);
        Plan plan = new Plan(
                jobs.newId(),
                title,
                State.OPEN,
                tx.version(),
                null,
                proposal.diff(),
                impacts,
                List.of(),
                reverts,
                null,
                now(),
                context.user(),
                null,
                null);
        PlanStore.insert(tx.sql(), context.tenant(), plan);
        return plan;
    }

    private Proposal checked(CallContext context, MetadataTransaction tx, Edit edit) {
        Proposal proposal = tx.propose(edit);
        asked.check(tx.sql(), context, proposal);
        return proposal;
    }

    /// Applies a plan, all of it or nothing.
    ///
    /// @throws ProblemException FORBIDDEN, NOT_FOUND; PLAN_STATE when it was applied already; PLAN_OUTDATED when
    /// something else
    ///     was since it was worked out; VALIDATION when records stand against it
    public Plan apply(CallContext context, UUID id) {
        Plan applied = metadata.change(context, tx -> {
            Plan plan = PlanStore.lock(tx.sql(), context.tenant(), id).orElseThrow(ProblemException::notFound);
            if (plan.state() != State.OPEN) {
                throw ProblemException.of(ProblemCode.PLAN_STATE, "plan-applied");
            }
            if (plan.baseVersion() != tx.version() - 1) {
                throw ProblemException.of(ProblemCode.PLAN_OUTDATED, "plan-outdated");
            }
            Proposal proposal = checked(context, tx, Edit.diff(plan.diff()));
            Plan done = new Plan(
                    id,
                    plan.title(),
                    State.APPLIED,
                    plan.baseVersion(),
                    tx.version(),
                    proposal.diff(),
                    plan.impacts(),
                    carryOut(context, tx, proposal),
                    plan.reverts(),
                    null,
                    plan.createdAt(),
                    plan.createdBy(),
                    now(),
                    context.user());
            PlanStore.applied(tx.sql(), context.tenant(), done);
            return done;
        });
        jobs.wake(context.tenant());
        return applied;
    }

    /// Leaves fields as they are whose job ended without having filled their second place: it was cancelled before
    /// its turn, or its process died before it could say so.
    private void sweep(CallContext context) {
        Map<String, List<String>> filling = new HashMap<>();
        metadata.snapshot(context.tenant())
                .entities()
                .forEach(entity -> entity.hidden().stream()
                        .filter(HiddenField::filling)
                        .forEach(place -> filling.computeIfAbsent(entity.key(), key -> new ArrayList<>())
                                .add(place.field().name())));
        if (filling.isEmpty()) {
            return;
        }
        for (Job job : jobs.open(context.tenant(), ReshapeKind.CODE)) {
            ReshapeKind.component(job.definition())
                    .map(ComponentKey::entity)
                    .map(filling::get)
                    .ifPresent(places -> places.remove(ReshapeKind.place(job.definition())));
        }
        filling.values().removeIf(List::isEmpty);
        if (!filling.isEmpty()) {
            metadata.change(context, tx -> {
                filling.forEach((entity, places) -> places.forEach(place -> tx.giveUp(entity, place)));
                return filling;
            });
        }
    }

    private List<UUID> carryOut(CallContext context, MetadataTransaction tx, Proposal proposal) {
        tx.save(proposal);
        if (proposal.after().entities().stream()
                .anyMatch(entity -> !Secrets.of(entity).isEmpty())) {
            vault.ensure(tx.sql(), context.tenant(), now());
        }
        List<UUID> begun = new ArrayList<>(new UniqueFields(tx, context, proposal, jobs).follow());
        proposal.reshapes().forEach(reshape -> begun.add(begin(context, tx, proposal, reshape)));
        Set<String> reckoned = new LinkedHashSet<>();
        proposal.diff().changes().stream()
                .filter(change -> change.after() != null && change.touches("rollUp"))
                .forEach(change -> reckoned.add(change.component().entity()));
        proposal.reshapes().forEach(reshape -> reckoned.addAll(readers(proposal, reshape.field())));
        reckoned.forEach(key ->
                begun.add(rollUps.fill(tx.sql(), context, entity(proposal, key)).id()));
        return begun;
    }

    /// Returns the entities whose stored results are reckoned from the field: they are reckoned anew when it has got
    /// its new values.
    private static Set<String> readers(Proposal proposal, ComponentKey field) {
        Set<String> keys = new LinkedHashSet<>();
        EntityDefinition own = entity(proposal, field.entity());
        boolean formulas = own.fields().stream()
                .map(FieldDefinition::formula)
                .anyMatch(formula ->
                        formula != null && formula.stored() && formula.sources().containsKey(List.of(field.name())));
        if (formulas) {
            keys.add(own.key());
        }
        proposal.after().rollUps().from(own).stream()
                .filter(one -> own.field(field.name())
                        .filter(source -> one.dependsOn(own, source))
                        .isPresent())
                .forEach(one -> keys.add(one.parent().key()));
        return keys;
    }

    private static EntityDefinition entity(Proposal proposal, String key) {
        return proposal.after().entities().stream()
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private UUID begin(CallContext context, MetadataTransaction tx, Proposal proposal, Reshape reshape) {
        EntityDefinition entity = entity(proposal, reshape.field().entity());
        UUID id = jobs.newId();
        jobs.submit(
                tx.sql(),
                context,
                new NewJob(id, ReshapeKind.CODE, entity.name(), ReshapeKind.definition(reshape), null));
        return id;
    }

    /// Adds an entity to the tenant's own, without a look at it first.
    ///
    /// @throws ProblemException FORBIDDEN; VALIDATION with everything wrong in the definition
    public EntityDefinition createEntity(CallContext context, JsonNode definition) {
        String name = definition.path("name").asText();
        now(context, name, Edit.newEntity(definition));
        return metadata.snapshot(context.tenant()).entity(name).orElseThrow();
    }

    /// Adds a field to an entity, without a look at it first.
    ///
    /// @throws ProblemException FORBIDDEN, UNKNOWN_ENTITY; VALIDATION with everything wrong in the definition
    public FieldDefinition addField(CallContext context, String entity, JsonNode definition) {
        String name = definition.path("name").asText();
        now(context, entity + "." + name, Edit.newField(entity, definition));
        return metadata.snapshot(context.tenant())
                .entity(entity)
                .flatMap(one -> one.field(name))
                .orElseThrow();
    }

    /// Works a change out and applies it.
    public Plan now(CallContext context, String title, Edit edit) {
        sweep(context);
        Plan applied = metadata.change(context, tx -> {
            Proposal proposal = checked(context, tx, edit);
            Plan done = new Plan(
                    jobs.newId(),
                    title,
                    State.APPLIED,
                    tx.version() - 1,
                    tx.version(),
                    proposal.diff(),
                    Map.of(),
                    carryOut(context, tx, proposal),
                    null,
                    null,
                    now(),
                    context.user(),
                    now(),
                    context.user());
            PlanStore.insert(tx.sql(), context.tenant(), done);
            return done;
        });
        jobs.wake(context.tenant());
        return applied;
    }

    /// Returns which values each of the plans keeps hidden.
    public Map<UUID, List<KeptValues>> kept(CallContext context, List<Plan> all) {
        return metadata.look(context, tx -> {
            Map<UUID, List<KeptValues>> kept = new HashMap<>();
            all.stream()
                    .filter(plan -> plan.state() == State.APPLIED)
                    .forEach(plan -> kept.put(plan.id(), tx.kept(plan.diff())));
            return kept;
        });
    }

    /// Returns from when on the values that an applied plan hid may be taken away.
    public static Instant purgeFrom(Plan plan) {
        return Objects.requireNonNullElse(plan.appliedAt(), plan.createdAt()).plus(Purge.LEAST_DAYS, ChronoUnit.DAYS);
    }

    /// Has the values taken away for good that an applied plan hid: they do not come back when it is taken back.
    ///
    /// @param names of the entities whose records are meant as well, as the caller typed them
    /// @return the jobs that do it
    /// @throws ProblemException FORBIDDEN, NOT_FOUND; VALIDATION when it was not applied, keeps nothing, was applied
    ///     not long enough ago, or an entity is not named
    public List<UUID> purge(CallContext context, UUID id, Collection<String> names) {
        List<UUID> begun = metadata.change(context, tx -> {
            Plan plan = PlanStore.lock(tx.sql(), context.tenant(), id).orElseThrow(ProblemException::notFound);
            List<KeptValues> kept = tx.kept(plan.diff());
            if (plan.state() != State.APPLIED || kept.isEmpty()) {
                throw ProblemException.invalid(List.of(Violation.of(null, "plan-keeps-nothing")));
            }
            if (clock.instant().isBefore(purgeFrom(plan))) {
                throw ProblemException.invalid(List.of(Violation.of(null, "purge-too-early", Purge.LEAST_DAYS)));
            }
            requireNames(kept, names);
            List<Job> open = new ArrayList<>(jobs.open(tx.sql(), context.tenant(), PurgeKind.CODE));
            open.addAll(jobs.open(tx.sql(), context.tenant(), PurgeEntityKind.CODE));
            return kept.stream()
                    .map(values -> open.stream()
                            .filter(job -> values.records()
                                    ? PurgeEntityKind.isFor(job, values)
                                    : PurgeKind.isFor(job, values))
                            .findFirst()
                            .map(Job::id)
                            .orElseGet(() -> purge(context, tx, values)))
                    .toList();
        });
        jobs.wake(context.tenant());
        return begun;
    }

    /// Nobody takes a whole entity away by mistake.
    private static void requireNames(List<KeptValues> kept, Collection<String> names) {
        List<Violation> missing = kept.stream()
                .filter(values ->
                        values.records() && !names.contains(values.field().entity()))
                .map(values ->
                        Violation.of("names", "purge-name", values.field().entity()))
                .toList();
        if (!missing.isEmpty()) {
            throw ProblemException.invalid(missing);
        }
    }

    private UUID purge(CallContext context, MetadataTransaction tx, KeptValues values) {
        tx.purge(values);
        String entity = values.field().entity();
        UUID id = jobs.newId();
        jobs.submit(
                tx.sql(),
                context,
                new NewJob(
                        id,
                        values.records() ? PurgeEntityKind.CODE : PurgeKind.CODE,
                        entity.substring(entity.indexOf('.') + 1),
                        values.records() ? PurgeEntityKind.definition(values) : PurgeKind.definition(values),
                        null));
        return id;
    }

    /// Gives up a plan that was not applied; does nothing to another.
    public void discard(CallContext context, UUID id) {
        metadata.look(context, tx -> {
            PlanStore.delete(tx.sql(), context.tenant(), id);
            return id;
        });
    }

    /// Returns the plan.
    ///
    /// @throws ProblemException FORBIDDEN, NOT_FOUND
    public Plan find(CallContext context, UUID id) {
        return metadata.look(
                context, tx -> PlanStore.find(tx.sql(), context.tenant(), id).orElseThrow(ProblemException::notFound));
    }

    /// Returns the newest plans, the newest first.
    ///
    /// @param before the id of the last one already seen; `null` to begin
    public List<Plan> newest(CallContext context, @Nullable UUID before, int count) {
        return metadata.look(context, tx -> PlanStore.newest(tx.sql(), context.tenant(), before, count));
    }

    /// Returns the tenant's customisation as files of a solution.
    public SortedMap<String, byte[]> files(CallContext context) {
        return metadata.look(context, MetadataTransaction::files);
    }

    private static void requireTitle(String title) {
        if (title.isBlank() || title.length() > TITLE_LENGTH) {
            throw ProblemException.invalid(List.of(
                    title.isBlank()
                            ? Violation.of("title", "required")
                            : Violation.of("title", "too-long", TITLE_LENGTH)));
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
