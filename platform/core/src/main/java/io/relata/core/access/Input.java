package io.relata.core.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What was sent to say who has access to what, and everything that is wrong with it.
public final class Input {

    private static final int NAME_LENGTH = 100;
    private static final int FILTER_LENGTH = 2_000;
    private static final int LONGEST_LIST = 10_000;

    private final ObjectNode body;
    private final String place;
    private final List<Violation> violations;
    private final Set<String> known = new LinkedHashSet<>();

    public Input(ObjectNode body) {
        this(body, "", new ArrayList<>());
    }

    private Input(ObjectNode body, String place, List<Violation> violations) {
        this.body = body;
        this.place = place;
        this.violations = violations;
    }

    /// Refuses when anything is wrong, what nobody asked for included.
    ///
    /// @throws ProblemException VALIDATION
    public void done() {
        unknown();
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
    }

    private void unknown() {
        body.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                reject(name, "unknown-member");
            }
        });
    }

    public void reject(String member, String code, Object... arguments) {
        violations.add(Violation.of(place + member, code, arguments));
    }

    String name(String member) {
        return text(member, NAME_LENGTH);
    }

    String filter(String member) {
        return text(member, FILTER_LENGTH);
    }

    private String text(String member, int longest) {
        JsonNode value = get(member);
        String text = value.asText("").strip();
        if (value.isMissingNode() || value.isNull() || (value.isTextual() && text.isEmpty())) {
            reject(member, "required");
        } else if (!value.isTextual()) {
            reject(member, "expects-text");
        } else if (text.length() > longest) {
            reject(member, "too-long", longest);
        }
        return text;
    }

    /// Returns an id that must be there; any other id when it is not.
    public UUID id(String member) {
        UUID id = optionalId(member);
        if (id == null && violations.stream().noneMatch(one -> (place + member).equals(one.field()))) {
            reject(member, "required");
        }
        return id == null ? new UUID(0, 0) : id;
    }

    @Nullable
    UUID optionalId(String member) {
        return parsed(member, UUID::fromString, "expects-id");
    }

    @Nullable
    LocalDate day(String member) {
        return parsed(member, LocalDate::parse, "expects-date");
    }

    @Nullable
    public OffsetDateTime instant(String member) {
        return parsed(member, OffsetDateTime::parse, "expects-datetime");
    }

    private <T> @Nullable T parsed(String member, Function<String, T> parser, String code) {
        JsonNode value = get(member);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        try {
            return parser.apply(value.isTextual() ? value.textValue() : "");
        } catch (IllegalArgumentException | DateTimeParseException wrong) {
            reject(member, code);
            return null;
        }
    }

    /// Returns whether records may be changed too.
    public String sharedLevel(String member) {
        String level = get(member).asText("");
        if (!level.equals("read") && !level.equals("update")) {
            reject(member, "access-unknown-level", "read, update");
        }
        return level;
    }

    List<String> texts(String member) {
        List<String> texts = new ArrayList<>();
        list(member).forEach(one -> {
            if (!one.isTextual()) {
                reject(member, "expects-texts");
            }
            texts.add(one.asText());
        });
        return texts;
    }

    List<Input> objects(String member) {
        List<Input> objects = new ArrayList<>();
        list(member).forEach(one -> {
            if (one instanceof ObjectNode object) {
                objects.add(new Input(object, place + member + "[" + objects.size() + "].", violations));
            } else {
                reject(member, "expects-object");
            }
        });
        return objects;
    }

    /// Looks for members of an object in the list that nobody asked for.
    void doneInside() {
        unknown();
    }

    private Iterable<JsonNode> list(String member) {
        JsonNode value = get(member);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            reject(member, "expects-list");
            return List.of();
        }
        if (value.size() > LONGEST_LIST) {
            reject(member, "list-too-long", LONGEST_LIST);
            return List.of();
        }
        return value;
    }

    JsonNode get(String member) {
        known.add(member);
        return body.path(member);
    }
}
