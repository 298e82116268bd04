package io.relata.core.odata;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.GeoPoint;
import io.relata.core.metadata.Mask;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.Secret;
import io.relata.core.metadata.ValueKind;
import io.relata.core.query.Figures;
import io.relata.core.query.Property;
import io.relata.core.query.RecordPage;
import io.relata.core.query.Rows;
import io.relata.core.record.RecordData;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

    ODataBody record(Shape shape, RecordPage page, Style style) {
        RecordData record = page.records().getFirst();
        return body(json -> {
            json.writeStartObject();
            if (style.remarks()) {
                json.writeStringField("@odata.context", context(shape, "/$entity"));
            }
            members(json, shape, names(shape), record, page, style);
            json.writeEndObject();
        });
    }

    ODataBody page(Shape shape, RecordPage page, Style style, @Nullable String nextLink) {
        return body(json -> {
            json.writeStartObject();
            if (style.remarks()) {
                json.writeStringField("@odata.context", context(shape, ""));
            }
            if (page.count() != null) {
                json.writeFieldName("@odata.count");
                value(json, page.count(), style);
            }
            json.writeFieldName("value");
            records(json, shape, page, style);
            if (nextLink != null) {
                json.writeStringField("@odata.nextLink", nextLink);
            }
            json.writeEndObject();
        });
    }

    ODataBody figures(EntityDefinition entity, List<Figures> parts, @Nullable Long count, Style style) {
        List<Rows.Column> columns =
                parts.stream().flatMap(part -> part.columns().stream()).toList();
        return body(json -> {
            json.writeStartObject();
            if (style.remarks()) {
                json.writeStringField(
                        "@odata.context", root + "$metadata#" + entity.setName() + GroupNames.context(columns));
            }
            if (count != null) {
                json.writeFieldName("@odata.count");
                value(json, count, style);
            }
            json.writeArrayFieldStart("value");
            for (Figures part : parts) {
                GroupNames.Node names = GroupNames.tree(part.columns());
                for (List<@Nullable Object> row : part.rows()) {
                    row(json, names, row, style);
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

    private void records(JsonGenerator json, Shape shape, RecordPage page, Style style) throws IOException {
        json.writeStartArray();
        List<SerializableString> names = names(shape);
        for (RecordData record : page.records()) {
            json.writeStartObject();
            members(json, shape, names, record, page, style);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /// Returns the names of the properties, made ready once for all records.
    private static List<SerializableString> names(Shape shape) {
        return shape.shown().stream()
                .<SerializableString>map(property -> new SerializedString(property.name()))
                .toList();
    }

    private void members(
            JsonGenerator json,
            Shape shape,
            List<SerializableString> names,
            RecordData record,
            RecordPage page,
            Style style)
            throws IOException {
        if (style.full()) {
            remarks(json, shape, record);
        }
        if (style.remarks()) {
            json.writeStringField("@odata.etag", ODataService.etag(record));
        }
        for (int i = 0; i < names.size(); i++) {
            Property property = shape.shown().get(i);
            Object value = valueOf(property, record);
            String type = value == null || !style.full() ? "" : type(property.kind());
            if (!type.isEmpty()) {
                json.writeStringField(property.name() + "@odata.type", type);
            }
            json.writeFieldName(names.get(i));
            value(json, value == null && property.kind() == ValueKind.LIST ? List.of() : value, style);
        }
        Set<String> written = new HashSet<>();
        for (Shape.Part part : shape.parts()) {
            switch (part) {
                case Shape.One one -> {
                    if (written.add(one.lookup().name())) {
                        target(json, shape, one.lookup(), record, page, style);
                    }
                }
                case Shape.Many many -> collection(json, many, record, page, style);
            }
        }
    }

    /// Says what a program needs that has not read the model: the type, the address, and what leads to other records.
    private void remarks(JsonGenerator json, Shape shape, RecordData record) throws IOException {
        String address = shape.entity().setName() + "(" + record.id() + ")";
        json.writeStringField("@odata.type", "#" + TenantEdmProvider.NAMESPACE + "." + record.entity());
        json.writeStringField("@odata.id", root + address);
        json.writeStringField("@odata.editLink", address);
    }

    /// Returns the type of values that JSON does not have; empty for those it has.
    private static String type(ValueKind kind) {
        return switch (kind) {
            case STRING, BOOLEAN, SECRET -> "";
            case LIST -> "#Collection(String)";
            case POINT -> "#GeographyPoint";
            case OBJECT -> "";
            case INTEGER -> "#Int64";
            case DECIMAL -> "#Decimal";
            case DATE -> "#Date";
            case INSTANT -> "#DateTimeOffset";
            case UUID -> "#Guid";
        };
    }

    /// Writes the record that a lookup points to; of one that may point to several entities, which it is.
    private void target(
            JsonGenerator json, Shape shape, FieldDefinition lookup, RecordData record, RecordPage page, Style style)
            throws IOException {
        json.writeFieldName(lookup.name());
        for (Shape.Part part : shape.parts()) {
            if (part instanceof Shape.One one && one.lookup().name().equals(lookup.name())) {
                RecordPage found = page.target(record, one.toExpand().name()).orElse(null);
                if (found != null) {
                    json.writeStartObject();
                    if (lookup.polymorphic() && style.remarks() && !style.full()) {
                        json.writeStringField(
                                "@odata.type",
                                "#" + TenantEdmProvider.NAMESPACE + "."
                                        + one.shape().entity().name());
                    }
                    members(
                            json,
                            one.shape(),
                            names(one.shape()),
                            found.records().getFirst(),
                            found,
                            style);
                    json.writeEndObject();
                    return;
                }
            }
        }
        json.writeNull();
    }

    private void collection(JsonGenerator json, Shape.Many many, RecordData record, RecordPage page, Style style)
            throws IOException {
        RecordPage members =
                Objects.requireNonNull(page.expanded().get(many.name())).members(record.id());
        if (members.count() != null) {
            json.writeFieldName(many.name() + "@odata.count");
            value(json, members.count(), style);
        }
        if (!many.listed()) {
            return;
        }
        json.writeFieldName(many.name());
        records(json, many.shape(), members, style);
        if (members.next() != null && !many.bounded()) {
            json.writeStringField(
                    many.name() + "@odata.nextLink", style.links().toMembers(many, record.id(), members.next()));
        }
    }

    /// Writes a row, what lies behind lookups inside one object for each lookup.
    private static void row(JsonGenerator json, GroupNames.Node node, List<@Nullable Object> values, Style style)
            throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, GroupNames.Node> child : node.children().entrySet()) {
            json.writeFieldName(child.getKey());
            Integer column = child.getValue().column();
            if (column != null) {
                value(json, values.get(column), style);
            } else {
                row(json, child.getValue(), values, style);
            }
        }
        json.writeEndObject();
    }

    static @Nullable Object valueOf(Property property, RecordData record) {
        return switch (property) {
            case Property.OfField of ->
                Mask.shown(of.field(), record.value(of.field().name()));
            case Property.OfRecord of ->
                switch (of.name()) {
                    case "id" -> record.id();
                    case "createdAt" -> record.createdAt();
                    case "createdBy" -> record.createdBy();
                    case "updatedAt" -> record.updatedAt();
                    case "updatedBy" -> record.updatedBy();
                    default -> throw new IllegalArgumentException("No such property: " + of.name());
                };
            case Property.OfPart of ->
                record.value(of.field().name()) instanceof Map<?, ?> parts ? parts.get(of.name()) : null;
            case Property.OfColumn of -> throw new IllegalArgumentException("Records have no such column: " + of);
        };
    }

    private static void value(JsonGenerator json, @Nullable Object value, Style style) throws IOException {
        if (value instanceof Number number && style.numbersAsText()) {
            json.writeString(number instanceof BigDecimal decimal ? decimal.toPlainString() : number.toString());
            return;
        }
        switch (value) {
            case null -> json.writeNull();
            case String text -> json.writeString(text);
            case Instant moment -> json.writeString(text(moment));
            case Long number -> json.writeNumber(number);
            case BigInteger number -> json.writeNumber(number);
            case BigDecimal number -> json.writeNumber(number);
            case Boolean truth -> json.writeBoolean(truth);
            case List<?> list -> {
                json.writeStartArray();
                for (Object each : list) {
                    value(json, each, style);
                }
                json.writeEndArray();
            }
            case Secret secret -> json.writeString(secret.shown());
            case GeoPoint point -> json.writeRawValue(point.geoJsonText());
            case Map<?, ?> parts -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> part : parts.entrySet()) {
                    json.writeFieldName(part.getKey().toString());
                    value(json, part.getValue(), style);
                }
                json.writeEndObject();
            }
            default -> json.writeString(value.toString());
        }
    }

    /// The same as `toString`, which looks for a form first each time.
    static String text(Instant moment) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(moment.getEpochSecond(), moment.getNano(), ZoneOffset.UTC);
        return utc.getSecond() == 0 && utc.getNano() == 0 ? utc + ":00Z" : utc + "Z";
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
