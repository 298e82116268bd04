package io.relata.core.automation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What changed of an automation, as the audit trail keeps it.
final class DefinitionChanges {

    private DefinitionChanges() {}

    /// Whether it is active is no part of what it does.
    static ObjectNode stored(JsonNode body) {
        ObjectNode written = body.deepCopy();
        written.remove("active");
        return written;
    }

    static ArrayNode of(@Nullable Automation before, @Nullable JsonNode after) {
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        ObjectNode next = after == null ? JsonNodeFactory.instance.objectNode() : stored(after);
        JsonNode former = before == null ? JsonNodeFactory.instance.objectNode() : before.definition();
        for (String member : List.of("name", "entity", "trigger", "condition", "steps")) {
            change(changes, member, text(former.get(member)), text(next.get(member)));
        }
        String active =
                after == null ? null : String.valueOf(after.path("active").asBoolean(true));
        change(changes, "active", before == null ? null : String.valueOf(before.active()), active);
        return changes;
    }

    private static @Nullable String text(@Nullable JsonNode value) {
        return value == null || value.isNull() ? null : value.isTextual() ? value.textValue() : value.toString();
    }

    private static void change(ArrayNode changes, String field, @Nullable String before, @Nullable String after) {
        if (before == null ? after != null : !before.equals(after)) {
            changes.addObject().put("field", field).put("old", before).put("new", after);
        }
    }
}
