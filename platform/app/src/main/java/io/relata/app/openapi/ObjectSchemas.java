package io.relata.app.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.FieldType;
import io.relata.core.metadata.type.Part;

/// Completes the schemas of values that are objects.
final class ObjectSchemas {

    private ObjectSchemas() {}

    /// Adds the members that values of the type have; nothing for values that are no objects.
    static void describe(ObjectNode schema, FieldType type) {
        if (type.kind() == ValueKind.POINT) {
            point(schema);
            return;
        }
        for (Part part : type.parts()) {
            ObjectNode member = schema.withObject("properties").putObject(part.name());
            member.put("type", part.kind() == ValueKind.INTEGER ? "integer" : "string");
        }
    }

    private static void point(ObjectNode schema) {
        ObjectNode members = schema.putObject("properties");
        members.putObject("type").put("const", "Point");
        ObjectNode coordinates = members.putObject("coordinates").put("type", "array");
        coordinates.put("minItems", 2).put("maxItems", 2);
        coordinates.putObject("items").put("type", "number");
        schema.putArray("required").add("type").add("coordinates");
    }
}
