package io.relata.core.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How far a job over a set of records has come.
///
/// @param after  behind which record it goes on; `null` at the beginning
/// @param walked whether all records have been looked at
/// @param big    records that have been looked at and are still to be moved, in parts
record SetPlace(@Nullable UUID after, boolean walked, List<UUID> big) {

    SetPlace {
        big = List.copyOf(big);
    }

    static SetPlace of(JsonNode checkpoint) {
        if (checkpoint.isTextual()) {
            return new SetPlace(UUID.fromString(checkpoint.textValue()), false, List.of());
        }
        List<UUID> big = new ArrayList<>();
        checkpoint.path("big").forEach(id -> big.add(UUID.fromString(id.textValue())));
        JsonNode after = checkpoint.path("after");
        return new SetPlace(
                after.isTextual() ? UUID.fromString(after.textValue()) : null,
                checkpoint.path("walked").booleanValue(),
                big);
    }

    SetPlace withoutFirst() {
        return new SetPlace(after, walked, big.subList(1, big.size()));
    }

    JsonNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("after", after == null ? null : after.toString());
        json.put("walked", walked);
        ArrayNode ids = json.putArray("big");
        big.forEach(id -> ids.add(id.toString()));
        return json;
    }
}
