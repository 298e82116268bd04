package io.relata.app.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.LinkedCollection;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.RecordCollection;
import io.relata.core.query.Property;
import java.util.List;
import java.util.Locale;

/// The schemas of one entity's records: as they are read, changed and created.
final class EntitySchemas {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String SCHEMAS = "#/components/schemas/";
    private static final String ETAG = "@odata.etag";
    private static final String UPDATE = ".update";
    private static final String CREATE = ".create";

    /// A record that is created together with the one it points to.
    private static final String WITHIN = ".within";

    private static final String BIND = "@odata.bind";

    private final MetadataSnapshot snapshot;
    private final EntityDefinition entity;
    private final Locale locale;
    private final List<FieldDefinition> writable;

    EntitySchemas(MetadataSnapshot snapshot, EntityDefinition entity, Locale locale) {
        this.snapshot = snapshot;
        this.entity = entity;
        this.locale = locale;
        this.writable =
                entity.fields().stream().filter(field -> !field.readOnly()).toList();
    }

    /// Returns the schemas by name.
    ObjectNode all() {
        ObjectNode schemas = NODES.objectNode();
        schemas.set(entity.name(), read());
        schemas.set(entity.name() + UPDATE, update());
        schemas.set(entity.name() + WITHIN, within());
        schemas.set(entity.name() + CREATE, create());
        return schemas;
    }

    /// A query may select properties: only those that always come are required.
    private ObjectNode read() {
        ObjectNode schema = object();
        schema.set("required", NODES.arrayNode().add(ETAG).add(Property.OfRecord.ID));
        ObjectNode properties = schema.putObject("properties");
        properties.putObject(ETAG).put("type", "string").put("description", text("record.etag"));
        for (Property.OfRecord property : Property.OfRecord.ALL) {
            properties.set(property.name(), ofRecord(property));
        }
        for (FieldDefinition field : entity.fields()) {
            properties.set(field.property(), new FieldSchema(snapshot, field, locale).read());
        }
        for (FieldDefinition field : entity.fields()) {
            if (isNavigation(field)) {
                properties.set(field.name(), navigation(field));
            }
        }
        snapshot.collections(entity).forEach(collection -> properties.set(collection.name(), collection(collection)));
        return schema;
    }

    private ObjectNode update() {
        ObjectNode schema = object();
        schema.set("properties", written());
        schema.put("additionalProperties", false);
        schema.putArray("examples").add(Examples.ofUpdate(entity, writable, locale));
        return schema;
    }

    /// The lookup to the record around is set by standing within it, so nothing is required here.
    private ObjectNode within() {
        ObjectNode schema = object();
        ObjectNode properties = written();
        for (RecordCollection collection : snapshot.collections(entity)) {
            ObjectNode members = properties
                    .putObject(collection.name())
                    .put("type", "array")
                    .put("description", text("record.within"));
            members.putObject("items").put("$ref", SCHEMAS + collection.from().name() + WITHIN);
            if (collection instanceof LinkedCollection) {
                properties
                        .putObject(collection.name() + BIND)
                        .put("type", "array")
                        .put("description", text("record.tie"))
                        .putObject("items")
                        .put("type", "string");
            }
        }
        schema.set("properties", properties);
        return schema.put("additionalProperties", false);
    }

    /// Returns the properties that can be written, and the lookups that can be bound by an address.
    private ObjectNode written() {
        ObjectNode properties = NODES.objectNode();
        for (FieldDefinition field : writable) {
            properties.set(field.property(), new FieldSchema(snapshot, field, locale).written());
            if (isNavigation(field)) {
                properties.putObject(field.name() + BIND).put("type", "string").put("description", text("record.bind"));
            }
        }
        return properties;
    }

    /// A required lookup can be set in two ways, so neither is required for itself.
    private ObjectNode create() {
        ObjectNode schema = NODES.objectNode();
        schema.putArray("allOf").addObject().put("$ref", SCHEMAS + entity.name() + WITHIN);
        ArrayNode required = NODES.arrayNode();
        writable.stream()
                .filter(field -> field.required() && field.defaultValue() == null && !isNavigation(field))
                .forEach(field -> required.add(field.property()));
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        schema.putArray("examples").add(Examples.ofCreate(entity, writable, locale));
        return schema;
    }

    private ObjectNode ofRecord(Property.OfRecord property) {
        String format = switch (property.kind()) {
            case UUID -> "uuid";
            case INSTANT -> "date-time";
            case STRING, INTEGER, DECIMAL, BOOLEAN, DATE, LIST, POINT, OBJECT, SECRET ->
                throw new IllegalArgumentException("No schema for " + property.name());
        };
        return NODES.objectNode()
                .put("type", "string")
                .put("format", format)
                .put("description", text("record." + property.name()))
                .put("readOnly", true);
    }

    private ObjectNode navigation(FieldDefinition lookup) {
        ObjectNode schema = NODES.objectNode().put("description", text("field.navigation.record"));
        ArrayNode either = schema.putArray("anyOf");
        targets(lookup).forEach(target -> either.addObject().put("$ref", SCHEMAS + target));
        either.addObject().put("type", "null");
        return schema.put("readOnly", true);
    }

    private ObjectNode collection(RecordCollection collection) {
        ObjectNode schema =
                NODES.objectNode().put("type", "array").put("description", text("field.navigation.records"));
        schema.putObject("items").put("$ref", SCHEMAS + collection.from().name());
        return schema.put("readOnly", true);
    }

    /// A lookup's target may come with a plugin that the tenant does not have.
    private boolean isNavigation(FieldDefinition field) {
        return field.type().isLookup() && !targets(field).isEmpty();
    }

    private List<String> targets(FieldDefinition field) {
        return field.targets().stream()
                .filter(target -> snapshot.entity(target).isPresent())
                .toList();
    }

    private ObjectNode object() {
        return NODES.objectNode()
                .put("type", "object")
                .put("title", entity.label().in(locale));
    }

    private String text(String key) {
        return Texts.of(locale, key, List.of());
    }
}
