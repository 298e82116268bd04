package io.relata.core.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// All that a tenant has defined itself: its own entities, its own fields on managed ones, and what it set otherwise
/// than a plugin did. One document for each entity, in the form of the solution files: nothing in it depends on
/// where values are stored.
final class Customisation {

    /// Marks the document of a managed entity and names it.
    static final String EXTENDS = "extends";

    private static final Set<String> PARTS = Set.of("name", EXTENDS, "fields", "views", "layout");

    private final Map<String, ObjectNode> documents;

    private Customisation(Map<String, ObjectNode> documents) {
        this.documents = documents;
    }

    /// @param documents by entity key; not changed
    static Customisation of(Map<String, ObjectNode> documents) {
        Map<String, ObjectNode> copies = new TreeMap<>();
        documents.forEach((key, document) -> copies.put(key, document.deepCopy()));
        return new Customisation(copies);
    }

    Customisation copy() {
        return of(documents);
    }

    /// Returns the entity's document; not to be changed.
    Optional<ObjectNode> document(String entity) {
        return Optional.ofNullable(documents.get(entity));
    }

    Set<String> entities() {
        return Set.copyOf(documents.keySet());
    }

    Map<String, ObjectNode> documents() {
        return documents;
    }

    /// Returns every component with its properties, a component's parts behind it.
    Map<ComponentKey, ObjectNode> components() {
        Map<ComponentKey, ObjectNode> components = new LinkedHashMap<>();
        documents.forEach((entity, document) -> components.putAll(components(entity, document)));
        return components;
    }

    private static Map<ComponentKey, ObjectNode> components(String entity, ObjectNode document) {
        Map<ComponentKey, ObjectNode> components = new LinkedHashMap<>();
        ObjectNode own = JsonNodeFactory.instance.objectNode();
        document.properties().forEach(member -> {
            if (!PARTS.contains(member.getKey())) {
                own.set(member.getKey(), member.getValue());
            }
        });
        if (!document.has(EXTENDS) || !own.isEmpty()) {
            components.put(ComponentKey.ofEntity(entity), own);
        }
        for (JsonNode field : document.path("fields")) {
            components.put(ComponentKey.ofField(entity, field.path("name").asText()), without(field, "name"));
        }
        for (JsonNode view : document.path("views")) {
            components.put(ComponentKey.ofView(entity, view.path("key").asText()), without(view, "key"));
        }
        if (document.path("layout").isObject()) {
            components.put(ComponentKey.ofLayout(entity), (ObjectNode) document.get("layout"));
        }
        return components;
    }

    private static ObjectNode without(JsonNode node, String member) {
        ObjectNode rest = node.isObject() ? node.deepCopy() : JsonNodeFactory.instance.objectNode();
        rest.remove(member);
        return rest;
    }

    /// Returns a copy of the component's properties.
    Optional<ObjectNode> component(ComponentKey key) {
        ObjectNode document = documents.get(key.entity());
        if (document == null) {
            return Optional.empty();
        }
        return switch (key.part()) {
            case ENTITY, LAYOUT ->
                Optional.ofNullable(components(key.entity(), document).get(key));
            case FIELD, VIEW -> {
                JsonNode list = list(document, key.part());
                int index = indexOf(list, key);
                yield index < 0
                        ? Optional.empty()
                        : Optional.of(without(list.get(index), key.part() == ComponentKey.Part.FIELD ? "name" : "key"));
            }
        };
    }

    /// Returns at which place the field or view stands; -1 when it does not.
    int place(ComponentKey key) {
        ObjectNode document = documents.get(key.entity());
        return document == null ? -1 : indexOf(list(document, key.part()), key);
    }

    /// Takes the document over whole.
    void put(String entity, ObjectNode document) {
        documents.put(entity, document.deepCopy());
    }

    /// Removes everything of the entity.
    void drop(String entity) {
        documents.remove(entity);
    }

    /// Sets the component's properties, or adds it.
    ///
    /// @param place where a field or view that is added goes; at the end when it is -1
    void put(ComponentKey key, ObjectNode properties, int place) {
        ObjectNode document = documents.computeIfAbsent(key.entity(), Customisation::empty);
        switch (key.part()) {
            case ENTITY -> {
                document.remove(
                        components(key.entity(), document)
                                .getOrDefault(key, JsonNodeFactory.instance.objectNode())
                                .properties()
                                .stream()
                                .map(Map.Entry::getKey)
                                .toList());
                document.setAll(properties.deepCopy());
            }
            case FIELD, VIEW -> putInto(document, key, properties, place);
            case LAYOUT -> document.set("layout", properties.deepCopy());
        }
    }

    private static void putInto(ObjectNode document, ComponentKey key, ObjectNode properties, int place) {
        String member = key.part() == ComponentKey.Part.FIELD ? "fields" : "views";
        ArrayNode list = document.path(member) instanceof ArrayNode array ? array : document.putArray(member);
        ObjectNode element = JsonNodeFactory.instance.objectNode();
        element.put(key.part() == ComponentKey.Part.FIELD ? "name" : "key", key.name());
        element.setAll(properties.deepCopy());
        int index = indexOf(list, key);
        if (index >= 0) {
            list.set(index, element);
        } else if (place >= 0 && place < list.size()) {
            list.insert(place, element);
        } else {
            list.add(element);
        }
    }

    /// Removes the component and its parts.
    void remove(ComponentKey key) {
        ObjectNode document = documents.get(key.entity());
        if (document == null) {
            return;
        }
        switch (key.part()) {
            case ENTITY -> removeEntity(key, document);
            case LAYOUT -> document.remove("layout");
            case FIELD, VIEW -> {
                int index = indexOf(list(document, key.part()), key);
                if (index >= 0) {
                    ((ArrayNode) list(document, key.part())).remove(index);
                }
            }
        }
        if (document.has(EXTENDS) && components(key.entity(), document).isEmpty()) {
            documents.remove(key.entity());
        }
    }

    /// Of a managed entity only what was set on the entity itself goes.
    private void removeEntity(ComponentKey key, ObjectNode document) {
        if (!document.has(EXTENDS)) {
            documents.remove(key.entity());
        } else {
            put(key, JsonNodeFactory.instance.objectNode(), -1);
        }
    }

    private static JsonNode list(ObjectNode document, ComponentKey.Part part) {
        return document.path(part == ComponentKey.Part.FIELD ? "fields" : "views");
    }

    private static int indexOf(JsonNode list, ComponentKey key) {
        String member = key.part() == ComponentKey.Part.FIELD ? "name" : "key";
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).path(member).asText().equals(key.name())) {
                return i;
            }
        }
        return -1;
    }

    static ObjectNode empty(String entity) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        if (ComponentKey.isOwn(entity)) {
            document.put("name", entity).putArray("fields");
        } else {
            document.put(EXTENDS, entity);
        }
        return document;
    }

    /// Returns which entities' documents differ.
    Collection<String> differing(Customisation other) {
        Set<String> keys = new TreeSet<>(documents.keySet());
        keys.addAll(other.documents.keySet());
        keys.removeIf(key -> equal(documents.get(key), other.documents.get(key)));
        return keys;
    }

    private static boolean equal(@Nullable ObjectNode one, @Nullable ObjectNode other) {
        return one != null && one.equals(other);
    }
}
