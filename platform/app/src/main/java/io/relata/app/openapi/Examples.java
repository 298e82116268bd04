package io.relata.app.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Bodies that the API would take, made from an entity's fields.
final class Examples {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /// Enough to learn from.
    private static final int FIELDS = 6;

    private static final String AN_ID = "01890a5d-ac96-774b-bcce-b302099a8057";

    private static final String EMAIL = "name@example.com";
    private static final String PHONE = "+47 22 00 00 00";
    private static final String URL = "https://example.com";

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
        return switch (field.type()) {
            case EMAIL -> EMAIL.length() <= field.maxLength();
            case PHONE -> PHONE.length() <= field.maxLength();
            case URL -> URL.length() <= field.maxLength();
            case LOOKUP, USER -> false;
            case TEXT, LONG_TEXT, PICKLIST, INTEGER, DECIMAL, MONEY, PERCENT, BOOLEAN, DATE, DATETIME -> true;
        };
    }

    private static boolean isName(EntityDefinition entity, FieldDefinition field) {
        return field.name().equals(entity.nameField());
    }

    private static JsonNode value(EntityDefinition entity, FieldDefinition field, Locale locale) {
        return switch (field.type()) {
            case TEXT, LONG_TEXT ->
                NODES.textNode(shortened(
                        isName(entity, field)
                                ? entity.label().in(locale) + " 1"
                                : field.label().in(locale),
                        field));
            case EMAIL -> NODES.textNode(EMAIL);
            case PHONE -> NODES.textNode(PHONE);
            case URL -> NODES.textNode(URL);
            case PICKLIST ->
                FieldSchema.offered(field)
                        .findFirst()
                        .<JsonNode>map(NODES::textNode)
                        .orElseGet(NODES::nullNode);
            case INTEGER, DECIMAL, MONEY, PERCENT -> NODES.numberNode(number(field));
            case BOOLEAN -> NODES.booleanNode(true);
            case DATE -> NODES.textNode("2026-01-31");
            case DATETIME -> NODES.textNode("2026-01-31T09:30:00Z");
            case LOOKUP, USER -> NODES.textNode(AN_ID);
        };
    }

    /// Returns a number within the field's bounds and of its digits.
    private static BigDecimal number(FieldDefinition field) {
        BigDecimal number = BigDecimal.TEN;
        if (field.min() != null && number.compareTo(field.min()) < 0) {
            number = field.min();
        }
        if (field.max() != null && number.compareTo(field.max()) > 0) {
            number = field.max();
        }
        return number.setScale(field.scale(), RoundingMode.DOWN);
    }

    private static String shortened(String text, FieldDefinition field) {
        int length = Math.min(text.codePointCount(0, text.length()), field.maxLength());
        return text.substring(0, text.offsetByCodePoints(0, length));
    }
}
