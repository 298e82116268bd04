package io.relata.core.metadata;

import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Everything that is wrong with a customisation: document by document, where it stands in the document.
final class Violations {

    private static final Pattern ELEMENT = Pattern.compile("(fields|views)\\[(\\d+)](?:\\.(.*))?");

    private final Map<String, List<Violation>> byDocument = new LinkedHashMap<>();
    private final List<Violation> others = new ArrayList<>();

    /// Returns the list for what is wrong in the entity's document.
    List<Violation> in(String entity) {
        return byDocument.computeIfAbsent(entity, key -> new ArrayList<>());
    }

    /// Returns the list for what stands in no document.
    List<Violation> outside() {
        return others;
    }

    /// Refuses when there is something, named by component: `c_visit.c_cost.scale`.
    void refuse(Customisation target) {
        List<Violation> all = new ArrayList<>(others);
        byDocument.forEach((entity, violations) -> violations.forEach(violation -> all.add(
                new Violation(located(target, entity, violation.field()), violation.code(), violation.arguments()))));
        refuse(all);
    }

    /// Refuses when there is something, named as it stands in the one document below the path.
    void refuseBelow(String path) {
        List<Violation> all = new ArrayList<>(others);
        byDocument.values().forEach(all::addAll);
        refuse(all.stream()
                .map(violation ->
                        new Violation(below(path, violation.field()), violation.code(), violation.arguments()))
                .toList());
    }

    private static @Nullable String below(String path, @Nullable String field) {
        if (field == null || path.isEmpty() || !field.startsWith(path)) {
            return field;
        }
        String rest = field.substring(path.length());
        return rest.isEmpty() ? null : rest.substring(1);
    }

    private static void refuse(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
    }

    private static String located(Customisation target, String entity, @Nullable String field) {
        if (field == null) {
            return entity;
        }
        Matcher element = ELEMENT.matcher(field);
        if (!element.matches()) {
            return field.startsWith("layout") ? entity + "/" + field : entity + "." + field;
        }
        boolean isField = element.group(1).equals("fields");
        String name = target.document(entity)
                .map(document -> document.path(element.group(1))
                        .path(Integer.parseInt(element.group(2)))
                        .path(isField ? "name" : "key")
                        .asText())
                .orElse("");
        String component = isField ? entity + "." + name : entity + "/views/" + name;
        return element.group(3) == null ? component : component + "." + element.group(3);
    }
}
