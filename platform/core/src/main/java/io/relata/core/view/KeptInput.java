package io.relata.core.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// What a caller says about something to keep.
///
/// @param name       `null` when the caller says nothing of it
/// @param shared     `null` when the caller says nothing of it
/// @param definition `null` when the caller says nothing of it
public record KeptInput(
        @Nullable String name,
        @Nullable Boolean shared,
        @Nullable ObjectNode definition) {

    private static final int NAME_LENGTH = 80;
    private static final Set<String> MEMBERS = Set.of("name", "shared", "definition");

    /// Reads what a caller sent.
    ///
    /// @param creates    whether it makes something new, which needs a name and a definition
    /// @param definition adds what is wrong with a definition
    /// @throws ProblemException VALIDATION with everything that is wrong
    static KeptInput read(ObjectNode body, boolean creates, BiConsumer<ObjectNode, List<Violation>> definition) {
        List<Violation> violations = new ArrayList<>();
        body.fieldNames().forEachRemaining(member -> {
            if (!MEMBERS.contains(member)) {
                violations.add(Violation.of(member, "unknown-member"));
            }
        });
        String name = name(body, creates, violations);
        JsonNode shared = body.path("shared");
        if (!shared.isMissingNode() && !shared.isBoolean()) {
            violations.add(Violation.of("shared", "expects-boolean"));
        }
        JsonNode said = body.path("definition");
        if (said instanceof ObjectNode object) {
            definition.accept(object, violations);
        } else if (creates || !said.isMissingNode()) {
            violations.add(Violation.of("definition", said.isMissingNode() ? "required" : "expects-object"));
        }
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
        return new KeptInput(
                name,
                shared.isMissingNode() ? null : (Boolean) shared.booleanValue(),
                said instanceof ObjectNode object ? object : null);
    }

    private static @Nullable String name(ObjectNode body, boolean creates, List<Violation> violations) {
        JsonNode name = body.path("name");
        if (name.isMissingNode() && !creates) {
            return null;
        }
        String text = name.asText("").strip();
        if (text.isEmpty()) {
            violations.add(Violation.of("name", "required"));
        } else if (!name.isTextual()) {
            violations.add(Violation.of("name", "expects-text"));
        } else if (text.length() > NAME_LENGTH) {
            violations.add(Violation.of("name", "too-long", NAME_LENGTH));
        }
        return text;
    }

    /// Returns the definition's filter; an empty text when it has none.
    public String filter() {
        return definition == null ? "" : definition.path("filter").asText("");
    }
}
