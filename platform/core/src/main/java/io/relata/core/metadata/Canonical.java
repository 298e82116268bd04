package io.relata.core.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;

/// One order of members, for people to read and for files to be equal: what a thing is first, its parts last.
final class Canonical {

    private static final List<String> FIRST = List.of(
            "key",
            "extends",
            "name",
            "value",
            "setName",
            "type",
            "kind",
            "family",
            "version",
            "requires",
            "label",
            "pluralLabel",
            "en",
            "zh-CN",
            "help",
            "icon",
            "color",
            "active",
            "nameField",
            "target",
            "required",
            "readOnly",
            "unique",
            "searchable",
            "indexed",
            "maxLength",
            "scale",
            "min",
            "max",
            "default",
            "options",
            "columns",
            "sort",
            "field",
            "desc",
            "groupBy",
            "sum",
            "filter");
    private static final List<String> LAST = List.of("fields", "sections", "views", "layout", "actions");

    private static final Comparator<String> ORDER =
            Comparator.comparingInt(Canonical::rank).thenComparing(Comparator.naturalOrder());

    private Canonical() {}

    static JsonNode of(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode ordered = JsonNodeFactory.instance.objectNode();
            object.properties().stream()
                    .map(java.util.Map.Entry::getKey)
                    .sorted(ORDER)
                    .forEach(name -> ordered.set(name, of(object.get(name))));
            return ordered;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode ordered = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> ordered.add(of(element)));
            return ordered;
        }
        return node;
    }

    private static int rank(String name) {
        int first = FIRST.indexOf(name);
        if (first >= 0) {
            return first;
        }
        int last = LAST.indexOf(name);
        return last < 0 ? FIRST.size() : FIRST.size() + 1 + last;
    }
}
