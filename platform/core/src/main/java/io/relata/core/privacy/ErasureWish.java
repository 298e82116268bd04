package io.relata.core.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How somebody wants a person erased.
///
/// @param reason   why, for the audit trail and the proof
/// @param entities what becomes of the records of an entity that is not to be blanked
/// @param files    whether files go
public record ErasureWish(String reason, Map<String, Mode> entities, boolean files) {

    private static final int LONGEST = 500;
    private static final Set<String> MEMBERS = Set.of("reason", "entities", "files");

    public ErasureWish {
        entities = Map.copyOf(entities);
    }

    /// What becomes of records.
    public enum Mode {
        /// Their personal values go.
        BLANK,
        /// They go for good.
        DELETE,
        /// They stay as they are.
        KEEP;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Mode> of(String code) {
            for (Mode mode : values()) {
                if (mode.code().equals(code)) {
                    return Optional.of(mode);
                }
            }
            return Optional.empty();
        }
    }

    /// Reads what a caller sent.
    ///
    /// @throws ProblemException VALIDATION with everything that is wrong
    public static ErasureWish read(ObjectNode sent, MetadataSnapshot snapshot) {
        List<Violation> violations = new ArrayList<>();
        sent.fieldNames().forEachRemaining(member -> {
            if (!MEMBERS.contains(member)) {
                violations.add(Violation.of(member, "unknown-member"));
            }
        });
        String reason = sent.path("reason").asText("").strip();
        if (reason.isEmpty()) {
            violations.add(Violation.of("reason", "required"));
        } else if (reason.length() > LONGEST) {
            violations.add(Violation.of("reason", "too-long", LONGEST));
        }
        JsonNode entities = sent.path("entities");
        if (!entities.isMissingNode() && !entities.isObject()) {
            violations.add(Violation.of("entities", "expects-object"));
        }
        Map<String, Mode> modes = new LinkedHashMap<>();
        entities.properties().forEach(entity -> {
            Optional<Mode> mode = Mode.of(entity.getValue().asText(""));
            if (snapshot.entity(entity.getKey()).isEmpty()) {
                violations.add(Violation.of("entities." + entity.getKey(), "entity-unknown", entity.getKey()));
            } else if (mode.isEmpty()) {
                violations.add(Violation.of("entities." + entity.getKey(), "erase-mode"));
            } else {
                modes.put(entity.getKey(), mode.get());
            }
        });
        JsonNode files = sent.path("files");
        if (!files.isMissingNode() && !files.isBoolean()) {
            violations.add(Violation.of("files", "expects-boolean"));
        }
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
        return new ErasureWish(reason, modes, files.asBoolean(true));
    }

    static ErasureWish stored(String reason, JsonNode json) {
        Map<String, Mode> modes = new LinkedHashMap<>();
        json.path("entities")
                .properties()
                .forEach(entity ->
                        Mode.of(entity.getValue().asText()).ifPresent(mode -> modes.put(entity.getKey(), mode)));
        return new ErasureWish(reason, modes, json.path("files").asBoolean(true));
    }

    ObjectNode modes() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("files", files);
        ObjectNode object = json.putObject("entities");
        entities.forEach((entity, mode) -> object.put(entity, mode.code()));
        return json;
    }

    Mode mode(String entity) {
        return entities.getOrDefault(entity, Mode.BLANK);
    }
}
