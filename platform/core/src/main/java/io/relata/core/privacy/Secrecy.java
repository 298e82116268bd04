package io.relata.core.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.Secret;
import io.relata.core.metadata.ValueKind;
import io.relata.core.record.Document;
import org.jspecify.annotations.Nullable;

/// What a package says of encrypted fields: the value that a record has, of former ones only that they changed.
final class Secrecy {

    private Secrecy() {}

    static JsonNode open(Object value) {
        return value instanceof Secret secret && !secret.sealed()
                ? TextNode.valueOf(secret.text())
                : Document.json(value);
    }

    static ArrayNode masked(@Nullable EntityDefinition entity, ArrayNode changes) {
        for (JsonNode change : changes) {
            boolean secret = entity != null
                    && entity.field(change.path("field").asText())
                            .filter(field -> field.kind() == ValueKind.SECRET)
                            .isPresent();
            if (secret && change instanceof ObjectNode object) {
                object.remove("old");
                object.remove("new");
            }
        }
        return changes;
    }
}
