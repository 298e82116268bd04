package io.relata.core.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.access.SharedFor;
import io.relata.core.automation.Automations;
import io.relata.core.imports.ImportKind;
import io.relata.core.job.Job;
import io.relata.core.job.JobService;
import io.relata.core.metadata.ActiveRollUp;
import io.relata.core.metadata.ComponentKey;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.Proposal;
import io.relata.core.metadata.RollUp;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.view.Kept;
import io.relata.core.view.ReportInput;
import io.relata.core.view.SavedReports;
import io.relata.core.view.SavedViews;
import io.relata.core.view.ViewInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jooq.DSLContext;

/// What the tenant keeps besides its definitions and could not ask any more after a change: views, reports, dashboards,
/// automations, rules by which records are shared, imports under way. What everybody has stands against the change.
/// What people keep
/// for themselves does not: they could not be told what it is, nor could the administrator change it; it is counted.
final class Uses {

    private final DSLContext sql;
    private final Proposal proposal;
    private final List<Loss> losses;
    private final Questions before;
    private final Questions after;
    private final Set<Violation> violations = new LinkedHashSet<>();
    private final Map<ComponentKey, Integer> own = new LinkedHashMap<>();

    Uses(DSLContext sql, Proposal proposal, List<Loss> losses, Questions before, Questions after) {
        this.sql = sql;
        this.proposal = proposal;
        this.losses = losses;
        this.before = before;
        this.after = after;
    }

    /// @throws ProblemException VALIDATION with each use
    void check(SavedViews views, SavedReports reports, JobService jobs) {
        if (losses.isEmpty()) {
            return;
        }
        UUID tenant = proposal.before().tenant();
        Set<String> names = new LinkedHashSet<>();
        losses.forEach(loss -> names.addAll(loss.names()));
        views.naming(sql, tenant, names).forEach(this::views);
        for (SavedReports.Kind kind : SavedReports.Kind.values()) {
            reports.naming(sql, tenant, kind, names).forEach(kept -> reports(kind, kept));
        }
        Automations.kept(sql, tenant).forEach(this::automation);
        SharedFor.rules(sql, tenant).forEach(this::rule);
        proposal.inTheEnd().rollUps().all().forEach(this::rollUp);
        jobs.open(sql, tenant, ImportKind.CODE).forEach(this::imports);
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(List.copyOf(violations));
        }
    }

    /// Adds how many views and reports of people's own the change concerns.
    void count(Map<ComponentKey, ObjectNode> impacts) {
        own.forEach(
                (component, count) -> impacts.computeIfAbsent(component, key -> JsonNodeFactory.instance.objectNode())
                        .put("keptByPeople", count));
    }

    /// The views of an entity go with it, and come back with it.
    private void views(UUID entity, List<Kept> all) {
        EntityDefinition was = entity(proposal.before(), entity).orElse(null);
        EntityDefinition is = entity(proposal.inTheEnd(), entity).orElse(null);
        if (was != null && is != null) {
            all.forEach(
                    kept -> judge(kept, "used-by-view", understood(kept, was, before), understood(kept, is, after)));
        }
    }

    private static Optional<EntityDefinition> entity(MetadataSnapshot snapshot, UUID id) {
        return snapshot.entities().stream()
                .filter(entity -> entity.id().equals(id))
                .findFirst();
    }

    private static List<Violation> understood(Kept view, EntityDefinition entity, Questions questions) {
        List<Violation> wrong = ViewInput.wrong(view.definition(), entity);
        String filter = view.definition().path("filter").asText("");
        return filter.isBlank() ? wrong : with(wrong, () -> questions.filter(entity, filter));
    }

    private void reports(SavedReports.Kind kind, Kept kept) {
        String code = kind == SavedReports.Kind.REPORT ? "used-by-report" : "used-by-dashboard";
        judge(kept, code, understood(kind, kept, before), understood(kind, kept, after));
    }

    private static List<Violation> understood(SavedReports.Kind kind, Kept kept, Questions questions) {
        List<Violation> wrong = new ArrayList<>();
        return with(wrong, () -> wrong.addAll(ReportInput.wrong(kind, kept.definition(), questions)));
    }

    private void automation(Kept kept) {
        judge(
                kept,
                "used-by-automation",
                Automations.wrong(kept.definition(), proposal.before()),
                Automations.wrong(kept.definition(), proposal.inTheEnd()));
    }

    private static List<Violation> with(List<Violation> wrong, Runnable question) {
        try {
            question.run();
            return wrong;
        } catch (ProblemException notUnderstood) {
            List<Violation> all = new ArrayList<>(wrong);
            all.add(Violation.of("filter", notUnderstood.detail()));
            return all;
        }
    }

    private void judge(Kept kept, String code, List<Violation> was, List<Violation> is) {
        if (was.containsAll(is)) {
            return;
        }
        for (Loss loss : named(kept.definition().toString())) {
            if (kept.shared()) {
                violations.add(Violation.of(loss.component().toString(), code, kept.name()));
            } else {
                own.merge(loss.component(), 1, Integer::sum);
            }
        }
    }

    /// Returns what of the losses a text names; what it uses under no name is told with the first.
    private List<Loss> named(String text) {
        List<Loss> named = losses.stream().filter(loss -> loss.named(text)).toList();
        return named.isEmpty() ? List.of(losses.getFirst()) : named;
    }

    private void rule(SharedFor.Rule rule) {
        EntityDefinition was = entity(proposal.before(), rule.entity()).orElse(null);
        EntityDefinition is = entity(proposal.inTheEnd(), rule.entity()).orElse(null);
        if (was != null && is != null && before.holds(was, rule.filter()) && !after.holds(is, rule.filter())) {
            of(is).filter(loss -> loss.named(rule.filter()))
                    .forEach(loss -> violations.add(
                            Violation.of(loss.component().toString(), "used-by-sharing-rule", rule.name())));
        }
    }

    /// A roll-up that would lose a field is refused with the definitions; one that would lose an option is not.
    private void rollUp(ActiveRollUp one) {
        RollUp rollUp = one.result().rollUp();
        String filter = rollUp == null ? null : rollUp.filter();
        if (filter != null && !after.holds(one.children(), filter)) {
            String key = ComponentKey.ofField(one.parent().key(), one.result().name())
                    .toString();
            of(one.children())
                    .filter(loss -> loss.named(filter))
                    .forEach(
                            loss -> violations.add(Violation.of(loss.component().toString(), "used-by-roll-up", key)));
        }
    }

    private Stream<Loss> of(EntityDefinition entity) {
        return losses.stream().filter(loss -> loss.component().entity().equals(entity.key()));
    }

    private void imports(Job job) {
        JsonNode mapping = job.definition().path("mapping");
        proposal.before()
                .entity(job.entity())
                .ifPresent(entity -> losses.stream()
                        .filter(Loss::gone)
                        .filter(loss -> filled(mapping, entity, loss))
                        .forEach(loss -> violations.add(Violation.of(
                                loss.component().toString(),
                                "used-by-import",
                                entity.pluralLabel().in(before.context().locale())))));
    }

    private static boolean filled(JsonNode mapping, EntityDefinition entity, Loss loss) {
        ComponentKey key = loss.component();
        if (key.entity().equals(entity.key()) && key.part() == ComponentKey.Part.ENTITY) {
            return true;
        }
        Predicate<JsonNode> named = text -> loss.names().contains(text.asText());
        boolean own = key.entity().equals(entity.key());
        for (JsonNode column : mapping.path("columns")) {
            String match = column.path("match").asText();
            boolean by = loss.names().contains(match.substring(match.indexOf('.') + 1));
            if (own ? named.test(column.path("field")) : by && points(entity, column, key)) {
                return true;
            }
        }
        return own && named.test(mapping.path("key"));
    }

    private static boolean points(EntityDefinition entity, JsonNode column, ComponentKey to) {
        String field = column.path("field").asText();
        return entity.fields().stream()
                .filter(one -> one.name().equals(field) || one.property().equals(field))
                .flatMap(one -> one.targets().stream())
                .anyMatch(target -> to.entity().endsWith(target));
    }
}
