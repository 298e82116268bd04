package io.relata.app.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.GeoPoint;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Bodies that the API would take, made from an entity's fields.
final class Examples {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /// Enough to learn from.
    private static final int FIELDS = 6;

    private Examples() {}

    /// Returns the naming field, what else is required, and some more.
    static ObjectNode ofCreate(EntityDefinition entity, List<FieldDefinition> writable, Locale locale) {
        return example(
                entity,
                locale,
                Stream.concat(
                        writable.stream().filter(field -> field.required() || isName(entity, field)),
                        writable.stream().filter(Examples::isPlain).limit(FIELDS)));
    }

    /// Returns the first field that is not the name.
    static ObjectNode ofUpdate(EntityDefinition entity, List<FieldDefinition> writable, Locale locale) {
        Stream<FieldDefinition> others =
                writable.stream().filter(Examples::isPlain).filter(field -> !isName(entity, field));
        return example(
                entity,
                locale,
                Stream.concat(others, writable.stream().filter(Examples::isPlain))
                        .limit(1));
    }

    private static ObjectNode example(EntityDefinition entity, Locale locale, Stream<FieldDefinition> fields) {
        ObjectNode example = NODES.objectNode();
        fields.distinct().forEach(field -> example.set(field.property(), value(entity, field, locale)));
        return example;
    }

    /// An id out of the air refers to nothing, and an address cannot be cut to fit.
    private static boolean isPlain(FieldDefinition field) {
        Object example = field.type().example(field, "");
        boolean refers = field.type().isLookup() || field.type().isUser();
        return !refers && (example == null || field.type().check(field, example).isEmpty());
    }

    private static boolean isName(EntityDefinition entity, FieldDefinition field) {
        return field.name().equals(entity.nameField());
    }

    private static JsonNode value(EntityDefinition entity, FieldDefinition field, Locale locale) {
        String text = isName(entity, field)
                ? entity.label().in(locale) + " 1"
                : field.label().in(locale);
        return switch (field.type().example(field, text)) {
            case null -> NODES.nullNode();
            case BigDecimal number -> NODES.numberNode(number);
            case Long number -> NODES.numberNode(number);
            case Boolean bool -> NODES.booleanNode(bool);
            case List<?> list -> {
                ArrayNode texts = NODES.arrayNode();
                list.forEach(each -> texts.add(each.toString()));
                yield texts;
            }
            case GeoPoint point -> MAPPER.valueToTree(point.geoJson());
            case Map<?, ?> parts -> MAPPER.valueToTree(parts);
            case Object other -> NODES.textNode(other.toString());
        };
    }
}
