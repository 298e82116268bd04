package io.relata.core.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.GeoPoint;
import io.relata.core.metadata.Mask;
import io.relata.core.metadata.Secret;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Part;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/// The `data` column: the values of the fields that have no slot, by field name.
public final class Document {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JsonNode root;

    private Document(JsonNode root) {
        this.root = root;
    }

    static Document parse(JSONB data) {
        try {
            return new Document(JSON.readTree(data.data()));
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException("The database returned jsonb that is no JSON", exception);
        }
    }

    /// Returns the document for the values: empty fields are left out.
    static JSONB of(EntityDefinition entity, Map<String, @Nullable Object> values) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        for (FieldDefinition field : entity.stored()) {
            Object value = values.get(field.name());
            if (field.slot() == null && value != null && !field.virtual()) {
                if (value instanceof Secret secret && !secret.sealed()) {
                    throw new IllegalStateException("A secret on its way to the store is not sealed: " + field.name());
                }
                root.set(field.stored(), json(value));
            }
        }
        return JSONB.valueOf(root.toString());
    }

    @Nullable
    Object value(FieldDefinition field) {
        JsonNode node = root.get(field.stored());
        if (node == null || node.isNull()) {
            return null;
        }
        return switch (field.kind()) {
            case STRING -> node.asText();
            case INTEGER -> node.longValue();
            case DECIMAL -> new BigDecimal(node.asText()).setScale(field.scale());
            case BOOLEAN -> node.booleanValue();
            case DATE -> LocalDate.parse(node.asText());
            case INSTANT -> Instant.parse(node.asText());
            case UUID -> UUID.fromString(node.asText());
            case LIST ->
                StreamSupport.stream(node.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList();
            case POINT -> GeoPoint.of(node.longValue());
            case OBJECT -> object(field, node);
            case SECRET -> Secret.sealed(node.asText());
        };
    }

    private static Map<String, Object> object(FieldDefinition field, JsonNode node) {
        Map<String, Object> parts = new LinkedHashMap<>();
        for (Part part : field.type().parts()) {
            JsonNode value = node.path(part.name());
            if (value.isIntegralNumber()) {
                parts.put(part.name(), value.longValue());
            } else if (value.isTextual()) {
                parts.put(part.name(), value.textValue());
            }
        }
        return Collections.unmodifiableMap(parts);
    }

    /// Returns a value as the API shows it, from its JSON form: decimals as numbers, points as GeoJSON, secrets masked.
    public static JsonNode shown(FieldDefinition field, JsonNode json) {
        if (field.kind() == ValueKind.SECRET && json.isTextual()) {
            return JsonNodeFactory.instance.textNode(Secret.MASK);
        }
        if (field.masked()) {
            return Mask.json(field, json);
        }
        if (field.kind() == ValueKind.POINT && json.isIntegralNumber()) {
            return JSON.valueToTree(GeoPoint.of(json.longValue()).geoJson());
        }
        return field.kind() == ValueKind.DECIMAL && json.isTextual()
                ? DecimalNode.valueOf(new BigDecimal(json.textValue()))
                : json;
    }

    /// Returns the JSON form of a value: decimals, dates and ids as text, the rest as JSON has it.
    public static JsonNode json(@Nullable Object value) {
        JsonNodeFactory factory = JsonNodeFactory.instance;
        return switch (value) {
            case null -> factory.nullNode();
            case Long number -> factory.numberNode(number);
            case Boolean bool -> factory.booleanNode(bool);
            case BigDecimal decimal -> factory.textNode(decimal.toPlainString());
            case List<?> list -> {
                ArrayNode texts = factory.arrayNode();
                list.forEach(text -> texts.add(text.toString()));
                yield texts;
            }
            case GeoPoint point -> factory.numberNode(point.code());
            case Secret secret -> factory.textNode(secret.sealed() ? secret.text() : Secret.MASK);
            case Map<?, ?> parts -> JSON.valueToTree(parts);
            default -> factory.textNode(value.toString());
        };
    }
}
