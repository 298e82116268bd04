package io.relata.core.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.metadata.DefinitionInput;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What was sent to say who has access to what, and everything that is wrong with it.
public final class Input {

    private static final int NAME_LENGTH = 100;
    private static final int FILTER_LENGTH = 2_000;
    private static final int LONGEST_LIST = 10_000;

    private final DefinitionInput members;
    private final List<Violation> violations;

    public Input(ObjectNode body) {
        this.violations = new ArrayList<>();
        this.members = new DefinitionInput(body, "", violations);
    }

    private Input(DefinitionInput members, List<Violation> violations) {
        this.members = members;
        this.violations = violations;
    }

    /// Refuses when anything is wrong, what nobody asked for included.
    ///
    /// @throws ProblemException VALIDATION
    public void done() {
        members.done();
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
    }

    public void reject(String member, String code, Object... arguments) {
        members.reject(member, code, arguments);
    }

    String name(String member) {
        return text(member, NAME_LENGTH);
    }

    String filter(String member) {
        return text(member, FILTER_LENGTH);
    }

    private String text(String member, int longest) {
        String text = members.text(member).strip();
        if (text.length() > longest) {
            reject(member, "too-long", longest);
        }
        return text;
    }

    /// Returns an id that must be there; any other id when it is not.
    public UUID id(String member) {
        UUID id = optionalId(member);
        if (id == null && !members.has(member)) {
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

    /// Returns a whole number; `null` when there is none.
    public @Nullable Integer optionalNumber(String member) {
        JsonNode value = members.get(member);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.canConvertToInt() || !value.isIntegralNumber()) {
            reject(member, "expects-integer");
            return null;
        }
        return value.intValue();
    }

    private <T> @Nullable T parsed(String member, Function<String, T> parser, String code) {
        JsonNode value = members.get(member);
        if (value == null) {
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

    public List<String> texts(String member) {
        return members.texts(member);
    }

    List<Input> objects(String member) {
        return members.objects(member, LONGEST_LIST).stream()
                .map(one -> new Input(one, violations))
                .toList();
    }

    /// Looks for members of an object in the list that nobody asked for.
    void doneInside() {
        members.done();
    }

    JsonNode get(String member) {
        return Objects.requireNonNullElse(members.get(member), MissingNode.getInstance());
    }
}
