package io.relata.core.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.query.Keyset;
import io.relata.core.query.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where a page ended, as a checkpoint holds it.
final class StoredKeyset {

    private StoredKeyset() {}

    static ObjectNode write(Keyset keyset) {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("id", keyset.id().toString());
        ArrayNode values = node.putArray("values");
        keyset.values().forEach(value -> values.add(value == null ? null : value.toString()));
        return node;
    }

    static Keyset read(List<Sort> sorts, JsonNode node) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < node.path("values").size(); i++) {
            values.add(sorts.get(i).keyed(node.path("values").get(i).textValue()));
        }
        return new Keyset(values, UUID.fromString(node.path("id").asText()));
    }
}
