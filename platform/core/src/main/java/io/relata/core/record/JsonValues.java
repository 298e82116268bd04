package io.relata.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
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

    /// Returns the values as a document has them.
    public static ObjectNode node(Map<String, @Nullable Object> values) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        values.forEach((property, value) -> object.set(property, node(value)));
        return object;
    }

    private static JsonNode node(@Nullable Object value) {
        return switch (value) {
            case null -> NullNode.getInstance();
            case JsonNode node -> node;
            case Boolean truth -> BooleanNode.valueOf(truth);
            case Long number -> LongNode.valueOf(number);
            case BigDecimal number -> DecimalNode.valueOf(number);
            default -> TextNode.valueOf(value.toString());
        };
    }
}
