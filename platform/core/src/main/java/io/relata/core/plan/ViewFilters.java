package io.relata.core.plan;

import io.relata.core.metadata.ComponentKey;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.MetadataDiff.Change;
import io.relata.core.metadata.Proposal;
import io.relata.core.metadata.View;
import io.relata.core.odata.ODataService;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Sees to it that the filters of views say something after a change.
public final class ViewFilters {

    private final ODataService odata;
    private final Clock clock;

    public ViewFilters(ODataService odata, Clock clock) {
        this.odata = odata;
        this.clock = clock;
    }

    /// @throws ProblemException VALIDATION with every view whose filter cannot be understood
    void check(CallContext context, Proposal proposal) {
        Set<String> entities = new LinkedHashSet<>();
        for (Change change : proposal.diff().changes()) {
            entities.add(change.component().entity());
        }
        List<Violation> violations = new ArrayList<>();
        for (EntityDefinition entity : proposal.after().entities()) {
            if (entities.contains(entity.key())) {
                entity.views().forEach(view -> check(context, proposal, entity, view, violations));
            }
        }
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
    }

    private void check(
            CallContext context, Proposal proposal, EntityDefinition entity, View view, List<Violation> violations) {
        if (view.filter() == null) {
            return;
        }
        try {
            odata.selection(context, proposal.after(), entity, view.filter(), clock.instant());
        } catch (ProblemException wrong) {
            String component = ComponentKey.parse(entity.key() + "/views/" + view.key())
                    .map(ComponentKey::toString)
                    .orElse(entity.key());
            violations.add(new Violation(component + ".filter", wrong.detail(), wrong.arguments()));
        }
    }
}
