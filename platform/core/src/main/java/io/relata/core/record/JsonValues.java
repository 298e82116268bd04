package io.relata.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values that stand in a stored document, as a [RecordInput] has them.
public final class JsonValues {

    private JsonValues() {}

    /// Returns the members of an object.
    public static Map<String, @Nullable Object> of(JsonNode object) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        object.properties().forEach(member -> values.put(member.getKey(), value(member.getValue())));
        return values;
    }

    /// Returns what a [RecordInput] has for it.
    public static @Nullable Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case NULL, MISSING -> null;
            case BOOLEAN -> node.booleanValue();
            case STRING -> node.textValue();
            case NUMBER ->
                node.canConvertToExactIntegral() && node.canConvertToLong()
                        ? (Object) node.longValue()
                        : node.decimalValue();
            case ARRAY, OBJECT, BINARY, POJO -> node;
        };
    }
}
