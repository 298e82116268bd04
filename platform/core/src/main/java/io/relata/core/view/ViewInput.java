package io.relata.core.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.View;
import io.relata.core.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Reads what a caller says about a view, checked against the entity.
public final class ViewInput {

    private static final int FILTER_LENGTH = 4_000;
    private static final int MOST_COLUMNS = 60;
    private static final int MOST_SORTS = 5;
    private static final int LEAST_WIDTH = 40;
    private static final int MOST_WIDTH = 1_000;
    private static final int MOST_FROZEN = 4;
    private static final Set<String> SYSTEM = Set.of("createdAt", "createdBy", "updatedAt", "updatedBy");

    private ViewInput() {}

    /// Reads what is said of a view.
    ///
    /// @param creates whether it makes a view, which needs a name and a definition
    /// @throws io.relata.core.problem.ProblemException VALIDATION with everything that is wrong
    public static KeptInput read(ObjectNode body, EntityDefinition entity, boolean creates) {
        return KeptInput.read(
                body, creates, (definition, violations) -> new Check(entity, violations).definition(definition));
    }

    /// Returns what is wrong with a view's definition.
    public static List<Violation> wrong(ObjectNode definition, EntityDefinition entity) {
        List<Violation> violations = new ArrayList<>();
        new Check(entity, violations).definition(definition);
        return violations;
    }

    private record Check(EntityDefinition entity, List<Violation> violations) {

        void definition(ObjectNode definition) {
            definition.properties().forEach(member -> {
                String place = "definition." + member.getKey();
                JsonNode value = member.getValue();
                switch (member.getKey()) {
                    case "kind" -> kind(place, value);
                    case "columns" -> each(place, value, MOST_COLUMNS, name -> field(place, name));
                    case "sort" -> each(place, value, MOST_SORTS, level -> sort(place, level));
                    case "groupBy" -> field(place, value);
                    case "filter" -> filter(place, value);
                    case "widths" -> widths(place, value);
                    case "frozen" -> frozen(place, value);
                    default -> violations.add(Violation.of(place, "unknown-member"));
                }
            });
        }

        private void kind(String place, JsonNode value) {
            if (View.Kind.of(value.asText()).isEmpty()) {
                violations.add(Violation.of(place, "kind-unknown"));
            }
        }

        private void each(String place, JsonNode value, int most, Consumer<JsonNode> check) {
            if (!value.isArray()) {
                violations.add(Violation.of(place, "expects-list"));
            } else if (value.size() > most) {
                violations.add(Violation.of(place, "list-too-long", most));
            } else {
                value.forEach(check);
            }
        }

        private void sort(String place, JsonNode level) {
            field(place, level.path("field"));
            if (level.has("desc") && !level.path("desc").isBoolean()) {
                violations.add(Violation.of(place, "expects-boolean"));
            }
        }

        private void filter(String place, JsonNode value) {
            if (!value.isTextual()) {
                violations.add(Violation.of(place, "expects-text"));
            } else if (value.textValue().length() > FILTER_LENGTH) {
                violations.add(Violation.of(place, "too-long", FILTER_LENGTH));
            }
        }

        private void widths(String place, JsonNode value) {
            if (!value.isObject()) {
                violations.add(Violation.of(place, "expects-object"));
                return;
            }
            value.properties().forEach(width -> {
                known(place, width.getKey());
                int pixels = width.getValue().asInt(0);
                if (pixels < LEAST_WIDTH || pixels > MOST_WIDTH) {
                    violations.add(Violation.of(place, "not-between", LEAST_WIDTH, MOST_WIDTH));
                }
            });
        }

        private void frozen(String place, JsonNode value) {
            int columns = value.isInt() ? value.intValue() : 0;
            if (columns < 1 || columns > MOST_FROZEN) {
                violations.add(Violation.of(place, "not-between", 1, MOST_FROZEN));
            }
        }

        private void field(String place, JsonNode name) {
            if (name.isTextual()) {
                known(place, name.textValue());
            } else {
                violations.add(Violation.of(place, "expects-text"));
            }
        }

        private void known(String place, String name) {
            Optional<FieldDefinition> field = entity.field(name);
            if (field.isEmpty() && !SYSTEM.contains(name)) {
                violations.add(Violation.of(place, "field-unknown", name));
            }
        }
    }
}
