package io.relata.core.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.problem.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a mapping from JSON and notes everything about its form that is wrong. What it means for an entity and
/// a file is the business of [ImportPlan].
final class MappingReader {

    private static final Set<String> MEMBERS =
            Set.of("entity", "key", "encoding", "delimiter", "empty", "dateFormat", "escaped", "columns");
    private static final Set<String> COLUMN_MEMBERS =
            Set.of("column", "template", "value", "field", "match", "corrections", "dateFormat");
    private static final int MAX_COLUMNS = 500;
    private static final int MAX_CORRECTIONS = 5_000;

    private final List<Violation> violations;

    private MappingReader(List<Violation> violations) {
        this.violations = violations;
    }

    /// Returns the mapping as far as it can be understood, and adds what is wrong to the violations.
    static ImportMapping read(JsonNode json, List<Violation> violations) {
        return new MappingReader(violations).mapping(json);
    }

    private ImportMapping mapping(JsonNode json) {
        refuseUnknown(json, "", MEMBERS);
        String entity = text(json, "entity", "");
        if (entity == null && !isPresent(json, "entity")) {
            reject("entity", "required");
        }
        return new ImportMapping(
                entity == null ? "" : entity,
                text(json, "key", ""),
                text(json, "encoding", ""),
                delimiter(json),
                empty(json),
                text(json, "dateFormat", ""),
                flag(json, "escaped"),
                columns(json));
    }

    private List<ColumnMapping> columns(JsonNode json) {
        JsonNode array = json.path("columns");
        List<ColumnMapping> columns = new ArrayList<>();
        if (!array.isArray() || array.isEmpty()) {
            reject("columns", "import.no-columns");
        } else if (array.size() > MAX_COLUMNS) {
            reject("columns", "list-too-long", MAX_COLUMNS);
        } else {
            for (int index = 0; index < array.size(); index++) {
                ColumnMapping column = column(index, array.get(index));
                if (column != null) {
                    columns.add(column);
                }
            }
        }
        return columns;
    }

    private @Nullable ColumnMapping column(int index, JsonNode json) {
        String path = "columns[" + index + "].";
        if (!json.isObject()) {
            reject("columns[" + index + "]", "expects-object");
            return null;
        }
        refuseUnknown(json, path, COLUMN_MEMBERS);
        String field = text(json, "field", path);
        if (!isPresent(json, "field")) {
            reject(path + "field", "required");
        }
        ColumnSource source = source(json, path);
        Map<String, String> corrections = corrections(json, path);
        if (field == null || source == null) {
            return null;
        }
        return new ColumnMapping(
                index, field, source, text(json, "match", path), corrections, text(json, "dateFormat", path));
    }

    private @Nullable ColumnSource source(JsonNode json, String path) {
        String column = text(json, "column", path);
        String template = text(json, "template", path);
        String value = text(json, "value", path);
        long given = List.of("column", "template", "value").stream()
                .filter(member -> isPresent(json, member))
                .count();
        if (given != 1) {
            reject(path + "column", "import.one-source");
            return null;
        }
        if (column != null) {
            return new ColumnSource.Cell(column.strip());
        }
        if (value != null) {
            return new ColumnSource.Constant(value);
        }
        return template == null ? null : template(template, path);
    }

    private @Nullable ColumnSource template(String template, String path) {
        var parsed = TemplateParser.parse(template);
        if (parsed.isEmpty()) {
            reject(path + "template", "import.template", template);
        }
        return parsed.orElse(null);
    }

    private Map<String, String> corrections(JsonNode json, String path) {
        Map<String, String> corrections = new HashMap<>();
        JsonNode object = json.path("corrections");
        if (!isPresent(json, "corrections")) {
            return corrections;
        }
        if (!object.isObject() || object.size() > MAX_CORRECTIONS) {
            reject(path + "corrections", "import.corrections", MAX_CORRECTIONS);
            return corrections;
        }
        object.properties().forEach(entry -> {
            if (entry.getValue().isTextual()) {
                corrections.put(
                        entry.getKey().strip(), entry.getValue().textValue().strip());
            } else {
                reject(path + "corrections." + entry.getKey(), "expects-text");
            }
        });
        return corrections;
    }

    private Set<String> empty(JsonNode json) {
        Set<String> empty = new HashSet<>();
        JsonNode array = json.path("empty");
        if (isPresent(json, "empty") && !array.isArray()) {
            reject("empty", "expects-list");
            return empty;
        }
        for (JsonNode marker : array) {
            if (marker.isTextual()) {
                empty.add(marker.textValue().strip());
            } else {
                reject("empty", "expects-text");
            }
        }
        return empty;
    }

    private @Nullable Character delimiter(JsonNode json) {
        String delimiter =
                json.path("delimiter").isTextual() ? json.path("delimiter").textValue() : null;
        if (!isPresent(json, "delimiter")) {
            return null;
        }
        if (delimiter == null || delimiter.length() != 1 || !CsvFormat.DELIMITERS.contains(delimiter)) {
            reject("delimiter", "import.delimiter");
            return null;
        }
        return delimiter.charAt(0);
    }

    private boolean flag(JsonNode json, String member) {
        if (isPresent(json, member) && !json.path(member).isBoolean()) {
            reject(member, "expects-boolean");
        }
        return json.path(member).asBoolean(false);
    }

    private @Nullable String text(JsonNode json, String member, String path) {
        if (!isPresent(json, member)) {
            return null;
        }
        JsonNode value = json.path(member);
        if (!value.isTextual() || value.textValue().isBlank()) {
            reject(path + member, "expects-text");
            return null;
        }
        return value.textValue();
    }

    private void refuseUnknown(JsonNode json, String path, Set<String> known) {
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                reject(path + name, "unknown-member");
            }
        }
    }

    private static boolean isPresent(JsonNode json, String member) {
        return json.hasNonNull(member);
    }

    private void reject(String member, String code, Object... arguments) {
        violations.add(Violation.of(member, code, arguments));
    }
}
