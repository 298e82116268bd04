package io.relata.core.odata;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.query.Aggregation;
import io.relata.core.query.Groups;
import io.relata.core.query.Property;
import io.relata.core.query.RecordPage;
import io.relata.core.query.Value;
import io.relata.core.record.RecordData;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes answers as OData's JSON: decimals as numbers with all their digits, moments in UTC.
final class ODataJson {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private final URI root;

    /// @param root the address under which the service is reached, with a slash at the end
    ODataJson(URI root) {
        this.root = root;
    }

    ODataBody record(Shape shape, RecordData record, Map<String, Map<UUID, RecordData>> expanded) {
        return body(json -> {
            json.writeStartObject();
            json.writeStringField("@odata.context", context(shape, "/$entity"));
            members(json, shape, record, expanded);
            json.writeEndObject();
        });
    }

    ODataBody page(Shape shape, RecordPage page, @Nullable String nextLink) {
        return body(json -> {
            json.writeStartObject();
            json.writeStringField("@odata.context", context(shape, ""));
            if (page.count() != null) {
                json.writeNumberField("@odata.count", page.count());
            }
            json.writeArrayFieldStart("value");
            for (RecordData record : page.records()) {
                json.writeStartObject();
                members(json, shape, record, page.expanded());
                json.writeEndObject();
            }
            json.writeEndArray();
            if (nextLink != null) {
                json.writeStringField("@odata.nextLink", nextLink);
            }
            json.writeEndObject();
        });
    }

    ODataBody groups(Aggregation aggregation, Groups groups) {
        return body(json -> {
            json.writeStartObject();
            json.writeStringField("@odata.context", root + "$metadata#" + GroupNames.context(aggregation));
            json.writeArrayFieldStart("value");
            for (Groups.Group group : groups.groups()) {
                json.writeStartObject();
                keys(json, aggregation.keys(), group);
                for (int i = 0; i < aggregation.measures().size(); i++) {
                    json.writeFieldName(aggregation.measures().get(i).name());
                    value(json, group.figures().get(i));
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    ODataBody serviceDocument(MetadataSnapshot snapshot) {
        return body(json -> {
            json.writeStartObject();
            json.writeStringField("@odata.context", root + "$metadata");
            json.writeArrayFieldStart("value");
            for (var entity : snapshot.entities()) {
                json.writeStartObject();
                json.writeStringField("name", entity.setName());
                json.writeStringField("kind", "EntitySet");
                json.writeStringField("url", entity.setName());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void members(
            JsonGenerator json, Shape shape, RecordData record, Map<String, Map<UUID, RecordData>> expanded)
            throws IOException {
        json.writeStringField("@odata.etag", ODataService.etag(record));
        for (Property property : shape.shown()) {
            json.writeFieldName(property.name());
            value(json, valueOf(property, record));
        }
        for (Shape.Expanded lookup : shape.expands()) {
            String name = lookup.lookup().name();
            RecordData target = expanded.getOrDefault(name, Map.of()).get(record.value(name));
            json.writeFieldName(name);
            if (target == null) {
                json.writeNull();
            } else {
                json.writeStartObject();
                members(json, lookup.shape(), target, Map.of());
                json.writeEndObject();
            }
        }
    }

    /// Writes the values under the keys, those behind lookups inside one object for each lookup.
    private static void keys(JsonGenerator json, List<Value.Path> paths, Groups.Group group) throws IOException {
        GroupNames.Node tree = GroupNames.tree(paths);
        write(json, tree, group);
    }

    private static void write(JsonGenerator json, GroupNames.Node node, Groups.Group group) throws IOException {
        for (Map.Entry<String, GroupNames.Node> child : node.children().entrySet()) {
            json.writeFieldName(child.getKey());
            Integer key = child.getValue().key();
            if (key != null) {
                value(json, group.keys().get(key));
            } else {
                json.writeStartObject();
                write(json, child.getValue(), group);
                json.writeEndObject();
            }
        }
    }

    static @Nullable Object valueOf(Property property, RecordData record) {
        return switch (property) {
            case Property.OfField of -> record.value(of.field().name());
            case Property.OfRecord of ->
                switch (of.name()) {
                    case "id" -> record.id();
                    case "createdAt" -> record.createdAt();
                    case "createdBy" -> record.createdBy();
                    case "updatedAt" -> record.updatedAt();
                    case "updatedBy" -> record.updatedBy();
                    default -> throw new IllegalArgumentException("No such property: " + of.name());
                };
        };
    }

    private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Long number -> json.writeNumber(number);
            case BigDecimal number -> json.writeNumber(number);
            case Boolean truth -> json.writeBoolean(truth);
            default -> json.writeString(value.toString());
        }
    }

    private String context(Shape shape, String suffix) {
        return root + "$metadata#" + shape.entity().setName() + shape.selection() + suffix;
    }

    @FunctionalInterface
    private interface Content {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private static ODataBody body(Content content) {
        return out -> {
            try (JsonGenerator json = FACTORY.createGenerator(out)) {
                content.writeTo(json);
            }
        };
    }
}
