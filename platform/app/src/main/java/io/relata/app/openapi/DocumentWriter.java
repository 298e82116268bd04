package io.relata.app.openapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/// Writes a tenant's description as it goes: what is held in memory is one entity's part at most.
final class DocumentWriter {

    private static final String OPENAPI = "3.1.1";
    private static final JsonFactory JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .build())
            .build()
            .getFactory();

    private final Template template;
    private final MetadataSnapshot snapshot;
    private final Wording common;

    DocumentWriter(Template template, MetadataSnapshot snapshot, Wording common) {
        this.template = template;
        this.snapshot = snapshot;
        this.common = common;
    }

    void writeTo(OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("openapi", OPENAPI);
            for (String member : List.of("info", "servers", "security")) {
                json.writeFieldName(member);
                write(json, template.member(member), common);
            }
            tags(json);
            paths(json);
            components(json);
            json.writeEndObject();
        }
    }

    private void tags(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("tags");
        for (JsonNode tag : template.member("tags")) {
            write(json, tag, common);
        }
        for (EntityDefinition entity : snapshot.entities()) {
            json.writeStartObject();
            json.writeStringField("name", entity.name());
            json.writeStringField("description", common.about(entity).fill("%tag.record"));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void paths(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("paths");
        members(json, template.member("paths"), common);
        for (EntityDefinition entity : snapshot.entities()) {
            members(json, template.member("entityPaths"), common.about(entity));
        }
        json.writeEndObject();
    }

    private void components(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("components");
        for (Map.Entry<String, JsonNode> kind : template.member("components").properties()) {
            json.writeObjectFieldStart(kind.getKey());
            members(json, kind.getValue(), common);
            if (kind.getKey().equals("schemas")) {
                entitySchemas(json);
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void entitySchemas(JsonGenerator json) throws IOException {
        for (EntityDefinition entity : snapshot.entities()) {
            Wording about = common.about(entity);
            members(json, template.member("entitySchemas"), about);
            for (Map.Entry<String, JsonNode> schema :
                    new EntitySchemas(snapshot, entity, about.locale()).all().properties()) {
                json.writeFieldName(schema.getKey());
                json.writeTree(schema.getValue());
            }
        }
    }

    private static void members(JsonGenerator json, JsonNode object, Wording wording) throws IOException {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            json.writeFieldName(wording.fill(member.getKey()));
            write(json, member.getValue(), wording);
        }
    }

    private static void write(JsonGenerator json, JsonNode node, Wording wording) throws IOException {
        if (node.isObject()) {
            json.writeStartObject();
            members(json, node, wording);
            json.writeEndObject();
        } else if (node.isArray()) {
            json.writeStartArray();
            for (JsonNode item : node) {
                write(json, item, wording);
            }
            json.writeEndArray();
        } else if (node.isTextual()) {
            json.writeString(wording.fill(node.textValue()));
        } else {
            json.writeTree(node);
        }
    }
}
