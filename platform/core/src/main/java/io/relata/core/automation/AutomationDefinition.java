package io.relata.core.automation;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.Formula;
import io.relata.core.metadata.MetadataSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an automation does, read and checked against the tenant's metadata.
///
/// @param condition which records it takes on; `null` for all
/// @param steps     the program
record AutomationDefinition(
        String name,
        EntityDefinition entity,
        Trigger trigger,
        @Nullable Formula condition,
        List<Step> steps,
        boolean active) {

    /// Reads a definition.
    ///
    /// @throws ProblemException VALIDATION with everything that is wrong
    static AutomationDefinition read(JsonNode body, MetadataSnapshot snapshot) {
        return new AutomationReader(snapshot).read(body);
    }

    List<Formula> formulas() {
        return Step.with(condition, steps);
    }
}
