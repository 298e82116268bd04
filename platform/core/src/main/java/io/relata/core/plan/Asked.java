package io.relata.core.plan;

import io.relata.core.job.JobService;
import io.relata.core.metadata.ComponentKey;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.MetadataDiff.Change;
import io.relata.core.metadata.Proposal;
import io.relata.core.metadata.View;
import io.relata.core.odata.ODataService;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.view.SavedReports;
import io.relata.core.view.SavedViews;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;

/// Sees to it that what was kept to be asked can still be asked after a change: the filters of views, and all that
/// [Uses] looks at.
public final class Asked {

    private final ODataService odata;
    private final SavedViews views;
    private final SavedReports reports;
    private final JobService jobs;
    private final Clock clock;

    public Asked(ODataService odata, SavedViews views, SavedReports reports, JobService jobs, Clock clock) {
        this.odata = odata;
        this.views = views;
        this.reports = reports;
        this.jobs = jobs;
        this.clock = clock;
    }

    /// @throws ProblemException VALIDATION with everything that uses what goes, or whose filter cannot be understood
    Uses check(DSLContext sql, CallContext context, Proposal proposal) {
        List<Loss> losses = Loss.of(proposal);
        Instant now = clock.instant();
        Questions before = new Questions(odata, context, proposal.before(), now, List.of());
        Questions after = new Questions(odata, context, proposal.inTheEnd(), now, losses);
        List<Violation> violations = new ArrayList<>();
        filters(proposal, before, after, violations);
        Uses uses = new Uses(sql, proposal, losses, before, after);
        try {
            uses.check(views, reports, jobs);
        } catch (ProblemException used) {
            violations.addAll(used.violations());
        }
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
        return uses;
    }

    /// What is wrong with the views of entities that stay as they are has been wrong before.
    private static void filters(Proposal proposal, Questions before, Questions after, List<Violation> violations) {
        Set<String> touched = new LinkedHashSet<>();
        for (Change change : proposal.diff().changes()) {
            touched.add(change.component().entity());
        }
        for (EntityDefinition entity : proposal.inTheEnd().entities()) {
            boolean differs = touched.contains(entity.key());
            if (differs || !after.losses().isEmpty()) {
                entity.views().stream()
                        .filter(view -> view.filter() != null)
                        .filter(view -> differs || understood(before, entity, view))
                        .forEach(view -> filter(after, entity, view, violations));
            }
        }
    }

    private static boolean understood(Questions before, EntityDefinition entity, View view) {
        List<Violation> wrong = new ArrayList<>();
        filter(before, entity, view, wrong);
        return wrong.isEmpty();
    }

    private static void filter(Questions questions, EntityDefinition entity, View view, List<Violation> violations) {
        try {
            questions.filter(entity, String.valueOf(view.filter()));
        } catch (ProblemException wrong) {
            String component = ComponentKey.parse(entity.key() + "/views/" + view.key())
                    .map(ComponentKey::toString)
                    .orElse(entity.key());
            violations.add(new Violation(component + ".filter", wrong.detail(), wrong.arguments()));
        }
    }
}
