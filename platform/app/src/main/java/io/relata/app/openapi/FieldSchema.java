package io.relata.app.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.LocalizedText;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.PicklistOption;
import io.relata.core.metadata.ValueKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The schema of one field's values.
record FieldSchema(MetadataSnapshot snapshot, FieldDefinition field, Locale locale) {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /// Returns the schema of values as they are shown.
    ObjectNode read() {
        ObjectNode schema = schema(option -> true);
        return field.readOnly() ? schema.put("readOnly", true) : schema;
    }

    /// Returns the schema of values as they may be sent.
    ObjectNode written() {
        return schema(PicklistOption::active);
    }

    /// Returns the picklist's values that new values may choose.
    static Stream<String> offered(FieldDefinition field) {
        return field.options().stream().filter(PicklistOption::active).map(PicklistOption::value);
    }

    private ObjectNode schema(Predicate<PicklistOption> choosable) {
        ObjectNode schema = NODES.objectNode().put("title", field.label().in(locale));
        if (isNullable()) {
            schema.putArray("type").add(type()).add("null");
        } else {
            schema.put("type", type());
        }
        if (field.type().format() != null) {
            schema.put("format", field.type().format());
        }
        limits(schema);
        List<PicklistOption> options =
                field.options().stream().filter(choosable).toList();
        ObjectNode values =
                field.kind() == ValueKind.LIST ? schema.putObject("items").put("type", "string") : schema;
        if (!options.isEmpty()) {
            values(values, options);
        }
        ObjectSchemas.describe(schema, field.type());
        String description = description(options);
        return description.isEmpty() ? schema : schema.put("description", description);
    }

    /// An empty list is there, and empty.
    private boolean isNullable() {
        return !field.required() && field.kind() != ValueKind.LIST;
    }

    private String type() {
        return switch (field.kind()) {
            case STRING, DATE, INSTANT, UUID, SECRET -> "string";
            case INTEGER -> "integer";
            case DECIMAL -> "number";
            case BOOLEAN -> "boolean";
            case LIST -> "array";
            case POINT, OBJECT -> "object";
        };
    }

    private void limits(ObjectNode schema) {
        if (field.maxLength() > 0) {
            schema.put("maxLength", field.maxLength());
        }
        if (field.min() != null) {
            schema.put("minimum", field.min());
        }
        if (field.max() != null) {
            schema.put("maximum", field.max());
        }
    }

    private void values(ObjectNode schema, List<PicklistOption> options) {
        ArrayNode values = schema.putArray("enum");
        options.forEach(option -> values.add(option.value()));
        if (isNullable()) {
            values.addNull();
        }
    }

    private String description(List<PicklistOption> options) {
        List<String> parts = new ArrayList<>();
        add(parts, field.help());
        if (field.type().isLookup()) {
            parts.add(text("field.lookup", targetLabel()));
        }
        if (field.type().isUser()) {
            parts.add(text("field.user"));
        }
        if (field.kind() == ValueKind.DECIMAL) {
            parts.add(text("field.scale", field.scale()));
        }
        if (field.unique()) {
            parts.add(text("field.unique"));
        }
        options.forEach(option ->
                parts.add("- `%s`: %s".formatted(option.value(), option.label().in(locale))));
        return String.join("\n", parts);
    }

    private String targetLabel() {
        String target = field.target();
        return target == null
                ? ""
                : snapshot.entity(target)
                        .map(EntityDefinition::label)
                        .map(label -> label.in(locale))
                        .orElse(target);
    }

    private void add(List<String> parts, @Nullable LocalizedText text) {
        if (text != null) {
            parts.add(text.in(locale));
        }
    }

    private String text(String key, Object... arguments) {
        return Texts.of(locale, key, List.of(arguments));
    }
}
