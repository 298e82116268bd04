package io.relata.core.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.privacy.PersonFinding.Kind;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where findings go on, as a checkpoint of a job keeps it.
final class FindingPlace {

    private FindingPlace() {}

    static ObjectNode write(PersonFinding last) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", last.kind().code())
                .put("entity", last.entity().toString())
                .put("record", last.record().toString())
                .put("field", last.field());
    }

    static @Nullable PersonFinding read(JsonNode place) {
        return place.isMissingNode()
                ? null
                : new PersonFinding(
                        Kind.of(place.path("kind").asText()).orElseThrow(),
                        UUID.fromString(place.path("entity").asText()),
                        UUID.fromString(place.path("record").asText()),
                        place.path("field").asText(),
                        null,
                        1);
    }
}
