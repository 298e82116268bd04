package io.relata.core.odata;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.query.Figures;
import io.relata.core.query.Property;
import io.relata.core.query.RecordPage;
import io.relata.core.query.Rows;
import io.relata.core.record.RecordData;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    ODataBody record(Shape shape, RecordPage page, NextLinks links) {
        RecordData record = page.records().getFirst();
        return body(json -> {
            json.writeStartObject();
            json.writeStringField("@odata.context", context(shape, "/$entity"));
            members(json, shape, record, page, links);
            json.writeEndObject();
        });
    }

    ODataBody page(Shape shape, RecordPage page, NextLinks links, @Nullable String nextLink) {
        return body(json -> {
            json.writeStartObject();
            json.writeStringField("@odata.context", context(shape, ""));
            if (page.count() != null) {
                json.writeNumberField("@odata.count", page.count());
            }
            json.writeFieldName("value");
            records(json, shape, page, links);
            if (nextLink != null) {
                json.writeStringField("@odata.nextLink", nextLink);
            }
            json.writeEndObject();
        });
    }

    ODataBody figures(EntityDefinition entity, List<Figures> parts, @Nullable Long count) {
        List<Rows.Column> columns =
                parts.stream().flatMap(part -> part.columns().stream()).toList();
        return body(json -> {
            json.writeStartObject();
            json.writeStringField(
                    "@odata.context", root + "$metadata#" + entity.setName() + GroupNames.context(columns));
            if (count != null) {
                json.writeNumberField("@odata.count", count);
            }
            json.writeArrayFieldStart("value");
            for (Figures part : parts) {
                GroupNames.Node names = GroupNames.tree(part.columns());
                for (List<@Nullable Object> row : part.rows()) {
                    row(json, names, row);
                }
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

    private static void records(JsonGenerator json, Shape shape, RecordPage page, NextLinks links) throws IOException {
        json.writeStartArray();
        for (RecordData record : page.records()) {
            json.writeStartObject();
            members(json, shape, record, page, links);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void members(JsonGenerator json, Shape shape, RecordData record, RecordPage page, NextLinks links)
            throws IOException {
        json.writeStringField("@odata.etag", ODataService.etag(record));
        for (Property property : shape.shown()) {
            json.writeFieldName(property.name());
            value(json, valueOf(property, record));
        }
        for (Shape.Part part : shape.parts()) {
            switch (part) {
                case Shape.One one ->
                    target(json, one, page.target(record, one.name()).orElse(null), links);
                case Shape.Many many -> collection(json, many, record, page, links);
            }
        }
    }

    private static void target(JsonGenerator json, Shape.One one, @Nullable RecordPage found, NextLinks links)
            throws IOException {
        json.writeFieldName(one.name());
        if (found == null) {
            json.writeNull();
        } else {
            json.writeStartObject();
            members(json, one.shape(), found.records().getFirst(), found, links);
            json.writeEndObject();
        }
    }

    private static void collection(
            JsonGenerator json, Shape.Many many, RecordData record, RecordPage page, NextLinks links)
            throws IOException {
        RecordPage members =
                Objects.requireNonNull(page.expanded().get(many.name())).members(record.id());
        if (members.count() != null) {
            json.writeNumberField(many.name() + "@odata.count", members.count());
        }
        if (!many.listed()) {
            return;
        }
        json.writeFieldName(many.name());
        records(json, many.shape(), members, links);
        if (members.next() != null && !many.bounded()) {
            json.writeStringField(many.name() + "@odata.nextLink", links.toMembers(many, record.id(), members.next()));
        }
    }

    /// Writes a row, what lies behind lookups inside one object for each lookup.
    private static void row(JsonGenerator json, GroupNames.Node node, List<@Nullable Object> values)
            throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, GroupNames.Node> child : node.children().entrySet()) {
            json.writeFieldName(child.getKey());
            Integer column = child.getValue().column();
            if (column != null) {
                value(json, values.get(column));
            } else {
                row(json, child.getValue(), values);
            }
        }
        json.writeEndObject();
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
            case Property.OfColumn of -> throw new IllegalArgumentException("Records have no such column: " + of);
        };
    }

    private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Long number -> json.writeNumber(number);
            case BigInteger number -> json.writeNumber(number);
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
