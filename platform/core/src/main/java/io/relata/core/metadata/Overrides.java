package io.relata.core.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Puts what a tenant set otherwise, and its own fields, over a managed entity's definition. The plugin's definition
/// stays what it is; an upgrade of it is taken up as far as the tenant did not decide otherwise.
final class Overrides {

    /// What a tenant may set of a managed entity.
    private static final Set<String> OF_ENTITY = Set.of("label", "pluralLabel", "icon");

    /// What a tenant may set of a managed field.
    private static final Set<String> OF_FIELD = Set.of(
            "label",
            "help",
            "required",
            "default",
            "options",
            "indexed",
            "access",
            "personal",
            "sensitive",
            "format",
            Conditions.REQUIRED,
            Conditions.READ_ONLY,
            Conditions.VISIBLE,
            Conditions.DEFAULT,
            "optionsWhen");

    /// A tenant's own rules come behind the plugin's.
    private static final String RULES = "rules";

    private static final Set<String> OF_OPTION = Set.of("value", "label", "color", "active");

    /// A view of the plugin's that is not shown.
    private static final String HIDDEN = "hidden";

    private static final Set<String> SYSTEM = Set.of("createdAt", "createdBy", "updatedAt", "updatedBy");

    private Overrides() {}

    /// Adds a violation for everything that a tenant may not set.
    static void check(DefinitionInput document, JsonNode json, JsonNode managed) {
        json.fieldNames().forEachRemaining(member -> {
            boolean part = Set.of(Customisation.EXTENDS, "fields", "views", "layout", RULES)
                    .contains(member);
            if (!part && !OF_ENTITY.contains(member)) {
                document.reject(member, "not-overridable");
            }
        });
        Map<String, JsonNode> fields = byName(managed.path("fields"), "name");
        int index = 0;
        for (JsonNode field : json.path("fields")) {
            String name = field.path("name").asText();
            if (!ComponentKey.isOwn(name)) {
                check(document, "fields[" + index + "]", field, fields.get(name));
            }
            index++;
        }
    }

    private static void check(
            DefinitionInput document,
            String path,
            JsonNode override,
            @org.jspecify.annotations.Nullable JsonNode field) {
        if (field == null) {
            document.reject(
                    path + ".name", "field-unknown", override.path("name").asText());
            return;
        }
        override.fieldNames().forEachRemaining(member -> {
            if (!member.equals("name") && !OF_FIELD.contains(member)) {
                document.reject(path + "." + member, "not-overridable");
            }
        });
        boolean loosened = override.has("required")
                && !override.path("required").asBoolean()
                && field.path("required").asBoolean();
        if (loosened) {
            document.reject(path + ".required", "required-by-plugin");
        }
        if (override.has("indexed")
                && field.has("slot")
                && field.path("indexed").asBoolean(true)) {
            document.reject(path + ".indexed", "indexed-by-plugin");
        }
        for (JsonNode option : override.path("options")) {
            option.fieldNames().forEachRemaining(member -> {
                if (!OF_OPTION.contains(member)) {
                    document.reject(path + ".options", "unknown-member");
                }
            });
        }
    }

    /// Returns the managed definition with what the tenant set.
    ///
    /// @param dangling whether references to what is no longer there are kept, to be complained about
    static ObjectNode over(JsonNode managed, JsonNode own, boolean dangling) {
        ObjectNode merged = managed.deepCopy();
        own.properties().forEach(member -> {
            if (OF_ENTITY.contains(member.getKey())) {
                merged.set(member.getKey(), member.getValue());
            }
        });
        merged.set("fields", fields(managed.path("fields"), own.path("fields")));
        if (own.path(RULES).isArray()) {
            ArrayNode rules = merged.withArray(RULES);
            own.path(RULES).forEach(rules::add);
        }
        Set<String> names = new HashSet<>(byName(merged.path("fields"), "name").keySet());
        merged.set("views", views(managed.path("views"), own.path("views"), names, dangling));
        if (merged.path("views").isEmpty()) {
            merged.remove("views");
        }
        if (own.path("layout").isObject()) {
            merged.set("layout", layout(own.path("layout"), names, dangling));
        }
        return merged;
    }

    private static ArrayNode fields(JsonNode managed, JsonNode own) {
        Map<String, JsonNode> overrides = byName(own, "name");
        ArrayNode merged = JsonNodeFactory.instance.arrayNode();
        for (JsonNode field : managed) {
            JsonNode override = overrides.get(field.path("name").asText());
            merged.add(override == null ? field : field((ObjectNode) field, override));
        }
        for (JsonNode field : own) {
            if (ComponentKey.isOwn(field.path("name").asText())) {
                merged.add(field);
            }
        }
        return merged;
    }

    /// Returns the whole definition of a tenant's field, or of a managed one of which the tenant set something.
    static JsonNode whole(JsonNode managed, JsonNode own) {
        JsonNode base =
                byName(managed.path("fields"), "name").get(own.path("name").asText());
        return base == null ? own : field((ObjectNode) base, own);
    }

    private static ObjectNode field(ObjectNode managed, JsonNode override) {
        ObjectNode merged = managed.deepCopy();
        if (override.has(StoredDefinitions.SLOT) || override.has(StoredDefinitions.MEMBER)) {
            merged.remove(List.of(StoredDefinitions.SLOT, StoredDefinitions.INDEXED));
        }
        override.properties().forEach(member -> {
            if (!member.getKey().equals("options")) {
                merged.set(member.getKey(), member.getValue());
            }
        });
        if (override.path("options").isArray()) {
            merged.set("options", options(managed.path("options"), override.path("options")));
        }
        return merged;
    }

    /// In the tenant's order; what an upgrade brings comes last.
    private static ArrayNode options(JsonNode managed, JsonNode own) {
        Map<String, JsonNode> left = byName(managed, "value");
        ArrayNode merged = JsonNodeFactory.instance.arrayNode();
        for (JsonNode option : own) {
            JsonNode base = left.remove(option.path("value").asText());
            ObjectNode result = base == null ? JsonNodeFactory.instance.objectNode() : base.deepCopy();
            option.properties().forEach(member -> result.set(member.getKey(), member.getValue()));
            merged.add(result);
        }
        left.values().forEach(merged::add);
        return merged;
    }

    /// A view with the key of one of the plugin's takes its place.
    private static ArrayNode views(JsonNode managed, JsonNode own, Set<String> fields, boolean dangling) {
        Map<String, JsonNode> views = byName(managed, "key");
        byName(own, "key").forEach(views::put);
        ArrayNode merged = JsonNodeFactory.instance.arrayNode();
        views.values().stream()
                .filter(view -> !view.path(HIDDEN).asBoolean())
                .map(view -> dangling ? view : withoutDangling(view, fields))
                .filter(view -> dangling || usable(view, fields))
                .forEach(merged::add);
        return merged;
    }

    private static boolean usable(JsonNode view, Set<String> fields) {
        return !view.path("columns").isEmpty()
                && Stream.of("groupBy", "sum")
                        .allMatch(member -> !view.has(member)
                                || fields.contains(view.path(member).asText()));
    }

    private static JsonNode withoutDangling(JsonNode view, Set<String> fields) {
        ObjectNode kept = view.deepCopy();
        kept.set("columns", known(view.path("columns"), fields));
        ArrayNode sort = JsonNodeFactory.instance.arrayNode();
        for (JsonNode level : view.path("sort")) {
            String name = level.path("field").asText();
            if (fields.contains(name) || SYSTEM.contains(name)) {
                sort.add(level);
            }
        }
        kept.set("sort", sort);
        return kept;
    }

    private static ObjectNode layout(JsonNode own, Set<String> fields, boolean dangling) {
        ObjectNode layout = own.deepCopy();
        if (!dangling) {
            for (JsonNode section : layout.path("sections")) {
                ((ObjectNode) section).set("fields", known(section.path("fields"), fields));
            }
        }
        return layout;
    }

    private static ArrayNode known(JsonNode names, Set<String> fields) {
        ArrayNode known = JsonNodeFactory.instance.arrayNode();
        for (JsonNode name : names) {
            if (fields.contains(name.asText()) || SYSTEM.contains(name.asText())) {
                known.add(name);
            }
        }
        return known;
    }

    private static Map<String, JsonNode> byName(JsonNode list, String member) {
        Map<String, JsonNode> elements = new LinkedHashMap<>();
        for (JsonNode element : list) {
            elements.put(element.path(member).asText(), element);
        }
        return elements;
    }
}
