package io.relata.core.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Reads what a caller says about a report or a dashboard.
public final class ReportInput {

    private static final int FILTER_LENGTH = 4_000;
    private static final int PATH_LENGTH = 400;
    private static final int MOST_ROWS = 4;
    private static final int MOST_COLUMNS = 12;
    private static final int MOST_MEASURES = 6;
    private static final int MOST_TOP = 1_000;
    private static final int MOST_TILES = 24;
    private static final int TITLE_LENGTH = 80;
    private static final int WIDEST = 4;
    private static final int HIGHEST = 3;

    private static final Set<String> KINDS = Set.of("table", "matrix", "chart", "number", "list");

    /// A path over at most three lookups, and the part of a day that counts.
    private static final Pattern GROUP = Pattern.compile("(\\w+(?:/\\w+){0,3})(?::(?:year|month))?");

    private static final Pattern MEASURE =
            Pattern.compile("(\\w+(?:/\\w+){0,3}):(?:sum|average|min|max|countdistinct)");

    private static final Pattern SORT = Pattern.compile("-?[\\w/]+(?::\\w+)?");

    private ReportInput() {}

    /// Understands filters on a set of records.
    public interface Asks {

        /// Looks at a filter; an empty one asks whether there is the set.
        ///
        /// @throws ProblemException when there is no such set, or the filter cannot be asked of it
        void check(String set, String filter);
    }

    /// Reads what is said of a report.
    ///
    /// @param creates whether it makes a report, which needs a name and a definition
    /// @throws ProblemException VALIDATION with everything that is wrong
    public static KeptInput report(ObjectNode body, boolean creates, Asks asks) {
        return KeptInput.read(
                body,
                creates,
                (definition, violations) -> new Report(asks, violations, "definition").check(definition));
    }

    /// Reads what is said of a dashboard.
    ///
    /// @param creates whether it makes a dashboard, which needs a name and a definition
    /// @throws ProblemException VALIDATION with everything that is wrong
    public static KeptInput dashboard(ObjectNode body, boolean creates, Asks asks) {
        return KeptInput.read(
                body, creates, (definition, violations) -> new Dashboard(asks, violations).check(definition));
    }

    /// Returns what is wrong with what was kept.
    ///
    /// @throws ProblemException when a filter cannot be asked
    public static List<Violation> wrong(SavedReports.Kind kind, ObjectNode definition, Asks asks) {
        List<Violation> violations = new ArrayList<>();
        switch (kind) {
            case REPORT -> new Report(asks, violations, "definition").check(definition);
            case DASHBOARD -> new Dashboard(asks, violations).check(definition);
        }
        return violations;
    }

    /// @param place where the report stands in what was sent
    private record Report(Asks asks, List<Violation> violations, String place) {

        void check(ObjectNode definition) {
            String set = definition.path("set").asText("");
            boolean known = understood(set, "");
            if (!known) {
                add("set", "entity-unknown", set);
            }
            definition.properties().forEach(member -> {
                JsonNode value = member.getValue();
                switch (member.getKey()) {
                    case "set" -> {}
                    case "kind" -> oneOf("kind", value, KINDS);
                    case "rows" -> each("rows", value, MOST_ROWS, GROUP, known ? set : "");
                    case "columns" -> each("columns", value, MOST_COLUMNS, GROUP, known ? set : "");
                    case "measures" -> each("measures", value, MOST_MEASURES, MEASURE, known ? set : "");
                    case "filter" -> filter(value, known ? set : "");
                    case "sort" -> matches("sort", value, SORT);
                    case "top" -> between("top", value, 1, MOST_TOP);
                    default -> add(member.getKey(), "unknown-member");
                }
            });
        }

        private void each(String name, JsonNode value, int most, Pattern form, String set) {
            if (!value.isArray()) {
                add(name, "expects-list");
            } else if (value.size() > most) {
                add(name, "list-too-long", most);
            } else {
                value.forEach(path -> path(name, path, form, set));
            }
        }

        /// What can be grouped by or reckoned with is what can be asked for.
        private void path(String name, JsonNode value, Pattern form, String set) {
            var path = form.matcher(value.asText(""));
            if (form == MEASURE && value.asText("").equals("count")) {
                return;
            }
            if (!value.isTextual() || value.textValue().length() > PATH_LENGTH || !path.matches()) {
                add(name, "report-path", value.asText(""));
            } else if (!set.isEmpty()) {
                if (!understood(set, path.group(1) + " eq null")) {
                    add(name, "report-path", value.textValue());
                }
            }
        }

        private void filter(JsonNode value, String set) {
            if (!value.isTextual()) {
                add("filter", "expects-text");
            } else if (value.textValue().length() > FILTER_LENGTH) {
                add("filter", "too-long", FILTER_LENGTH);
            } else if (!set.isEmpty() && !value.textValue().isBlank()) {
                asks.check(set, value.textValue());
            }
        }

        private void oneOf(String name, JsonNode value, Set<String> values) {
            if (!values.contains(value.asText())) {
                add(name, "report-kind");
            }
        }

        private void matches(String name, JsonNode value, Pattern form) {
            if (!value.isTextual() || !form.matcher(value.textValue()).matches()) {
                add(name, "report-path", value.asText(""));
            }
        }

        private void between(String name, JsonNode value, int least, int most) {
            if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
                add(name, "not-between", least, most);
            }
        }

        private boolean understood(String set, String filter) {
            try {
                asks.check(set, filter);
                return true;
            } catch (ProblemException notUnderstood) {
                return false;
            }
        }

        private void add(String name, String code, Object... arguments) {
            violations.add(Violation.of(place + "." + name, code, arguments));
        }
    }

    private record Dashboard(Asks asks, List<Violation> violations) {

        void check(ObjectNode definition) {
            definition.fieldNames().forEachRemaining(member -> {
                if (!member.equals("tiles")) {
                    violations.add(Violation.of("definition." + member, "unknown-member"));
                }
            });
            JsonNode tiles = definition.path("tiles");
            if (!tiles.isArray()) {
                violations.add(Violation.of("definition.tiles", "expects-list"));
            } else if (tiles.size() > MOST_TILES) {
                violations.add(Violation.of("definition.tiles", "list-too-long", MOST_TILES));
            } else {
                for (int i = 0; i < tiles.size(); i++) {
                    tile("definition.tiles." + i, tiles.get(i));
                }
            }
        }

        private void tile(String place, JsonNode tile) {
            if (!(tile instanceof ObjectNode object)) {
                violations.add(Violation.of(place, "expects-object"));
                return;
            }
            object.properties().forEach(member -> {
                JsonNode value = member.getValue();
                Consumer<String> wrong = code -> violations.add(Violation.of(place + "." + member.getKey(), code));
                switch (member.getKey()) {
                    case "title" -> title(place, value);
                    case "width" -> within(place + ".width", value, WIDEST);
                    case "height" -> within(place + ".height", value, HIGHEST);
                    case "report" -> {
                        if (!value.isObject()) {
                            wrong.accept("expects-object");
                        }
                    }
                    default -> wrong.accept("unknown-member");
                }
            });
            if (object.path("report") instanceof ObjectNode report) {
                new Report(asks, violations, place + ".report").check(report);
            } else if (!object.has("report")) {
                violations.add(Violation.of(place + ".report", "required"));
            }
        }

        private void title(String place, JsonNode value) {
            if (!value.isTextual()) {
                violations.add(Violation.of(place + ".title", "expects-text"));
            } else if (value.textValue().length() > TITLE_LENGTH) {
                violations.add(Violation.of(place + ".title", "too-long", TITLE_LENGTH));
            }
        }

        private void within(String place, JsonNode value, int most) {
            if (!value.isInt() || value.intValue() < 1 || value.intValue() > most) {
                violations.add(Violation.of(place, "not-between", 1, most));
            }
        }
    }
}
