package io.relata.core.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.metadata.ComponentKey;
import io.relata.core.metadata.MetadataDiff;
import io.relata.core.metadata.MetadataDiff.Change;
import io.relata.core.metadata.MetadataDiff.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/// A plan's parts as the database keeps them.
final class StoredDiff {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private StoredDiff() {}

    static JSONB changes(MetadataDiff diff) {
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        for (Change change : diff.changes()) {
            ObjectNode node = changes.addObject();
            node.put("op", change.operation().name().toLowerCase(Locale.ROOT));
            node.put("component", change.component().toString());
            node.set("before", change.before());
            node.set("after", change.after());
            node.put("place", change.place());
            node.put("kept", change.kept());
        }
        return JSONB.valueOf(changes.toString());
    }

    static MetadataDiff changes(JSONB stored) {
        List<Change> changes = new ArrayList<>();
        for (JsonNode node : tree(stored)) {
            changes.add(new Change(
                    Operation.valueOf(node.path("op").asText().toUpperCase(Locale.ROOT)),
                    key(node.path("component").asText()),
                    object(node.path("before")),
                    object(node.path("after")),
                    node.path("place").asInt(),
                    node.path("kept").isTextual() ? node.path("kept").textValue() : null));
        }
        return new MetadataDiff(changes);
    }

    static JSONB impacts(Map<ComponentKey, ObjectNode> impacts) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        impacts.forEach((key, impact) -> node.set(key.toString(), impact));
        return JSONB.valueOf(node.toString());
    }

    static Map<ComponentKey, ObjectNode> impacts(JSONB stored) {
        Map<ComponentKey, ObjectNode> impacts = new LinkedHashMap<>();
        tree(stored).properties().forEach(member -> impacts.put(key(member.getKey()), (ObjectNode) member.getValue()));
        return impacts;
    }

    private static ComponentKey key(String text) {
        return ComponentKey.parse(text)
                .orElseThrow(() -> new IllegalStateException("No component key in a stored plan: " + text));
    }

    private static @Nullable ObjectNode object(JsonNode node) {
        return node instanceof ObjectNode object ? object : null;
    }

    private static JsonNode tree(JSONB stored) {
        try {
            return JSON.readTree(stored.data());
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException("The database returned jsonb that is no JSON", exception);
        }
    }
}
