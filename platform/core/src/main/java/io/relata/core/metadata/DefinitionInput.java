package io.relata.core.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.relata.core.problem.Violation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads a JSON object member by member and collects everything wrong with it, so that one answer names it all.
///
/// A member that is missing or wrong is read as a harmless stand-in; the result counts only without violations.
public final class DefinitionInput {

    private static final int LABEL_LENGTH = 100;
    private static final List<String> LANGUAGES = List.of("en", "zh-CN");
    private static final int TEXT_LENGTH = 4_000;
    private static final int LIST_LENGTH = 1_000;

    private final JsonNode node;
    private final String path;
    private final List<Violation> violations;
    private final Set<String> known = new HashSet<>();

    public DefinitionInput(@Nullable JsonNode node, String path, List<Violation> violations) {
        this.path = path;
        this.violations = violations;
        if (node == null || !node.isObject()) {
            violations.add(Violation.of(path.isEmpty() ? null : path, "expects-object"));
            this.node = JsonNodeFactory.instance.objectNode();
        } else {
            this.node = node;
        }
    }

    List<Violation> violations() {
        return violations;
    }

    String path(String member) {
        return path.isEmpty() ? member : path + "." + member;
    }

    public void reject(String member, String code, Object... arguments) {
        violations.add(Violation.of(path(member), code, arguments));
    }

    public boolean has(String member) {
        return get(member) != null;
    }

    public String text(String member) {
        String value = optionalText(member);
        if (value == null && violations.stream().noneMatch(known -> path(member).equals(known.field()))) {
            reject(member, "required");
        }
        return value == null ? "" : value;
    }

    public @Nullable String optionalText(String member) {
        JsonNode value = get(member);
        if (value == null) {
            return null;
        }
        if (!value.isTextual() || value.textValue().isBlank()) {
            reject(member, "expects-text");
            return null;
        }
        String text = value.textValue();
        if (Characters.unstorable(text)) {
            reject(member, "bad-characters");
            return null;
        }
        if (text.length() > TEXT_LENGTH) {
            reject(member, "too-long", TEXT_LENGTH);
            return null;
        }
        return text;
    }

    public boolean flag(String member, boolean otherwise) {
        JsonNode value = get(member);
        if (value == null) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            reject(member, "expects-boolean");
        }
        return value.booleanValue();
    }

    public int number(String member, int otherwise, int min, int max) {
        JsonNode value = get(member);
        if (value == null) {
            return otherwise;
        }
        if (!value.isIntegralNumber()) {
            reject(member, "expects-integer");
            return otherwise;
        }
        if (!value.canConvertToInt() || value.intValue() < min || value.intValue() > max) {
            reject(member, "not-between", min, max);
            return otherwise;
        }
        return value.intValue();
    }

    public @Nullable BigDecimal decimal(String member) {
        JsonNode value = get(member);
        if (value == null) {
            return null;
        }
        String text = value.isNumber() || value.isTextual() ? value.asText() : "";
        if (!text.matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?")) {
            reject(member, "expects-number");
            return null;
        }
        return new BigDecimal(text);
    }

    /// Reads a label; managed definitions speak every language, a tenant's own at least one.
    public LocalizedText label(String member, boolean everyLanguage) {
        LocalizedText label = optionalLabel(member, everyLanguage);
        if (label == null && !has(member)) {
            reject(member, "required");
        }
        return label == null ? new LocalizedText(Map.of("en", "-")) : label;
    }

    public @Nullable LocalizedText optionalLabel(String member, boolean everyLanguage) {
        JsonNode value = get(member);
        if (value == null) {
            return null;
        }
        DefinitionInput texts = new DefinitionInput(value, path(member), violations);
        Map<String, String> labels = new LinkedHashMap<>();
        for (String language : LANGUAGES) {
            String text = everyLanguage ? texts.text(language) : texts.optionalText(language);
            if (text != null && text.codePointCount(0, text.length()) > LABEL_LENGTH) {
                texts.reject(language, "too-long", LABEL_LENGTH);
            } else if (text != null) {
                labels.put(language, text.strip());
            }
        }
        texts.done();
        if (labels.isEmpty() && value.isEmpty()) {
            reject(member, "required");
        }
        return labels.isEmpty() ? null : new LocalizedText(labels);
    }

    public List<DefinitionInput> objects(String member) {
        return objects(member, LIST_LENGTH);
    }

    /// Reads the objects of a list.
    ///
    /// @param most how many there may be
    public List<DefinitionInput> objects(String member, int most) {
        List<DefinitionInput> objects = new ArrayList<>();
        int index = 0;
        for (JsonNode element : list(member, most)) {
            objects.add(new DefinitionInput(element, path(member) + "[" + index++ + "]", violations));
        }
        return objects;
    }

    public List<String> texts(String member) {
        List<String> texts = new ArrayList<>();
        int index = 0;
        for (JsonNode element : list(member, LIST_LENGTH)) {
            if (element.isTextual()) {
                texts.add(element.textValue());
            } else {
                reject(member + "[" + index + "]", "expects-text");
            }
            index++;
        }
        return texts;
    }

    /// Reads a list of ids.
    public List<UUID> ids(String member) {
        List<UUID> ids = new ArrayList<>();
        List<String> texts = texts(member);
        for (int i = 0; i < texts.size(); i++) {
            try {
                ids.add(UUID.fromString(texts.get(i)));
            } catch (IllegalArgumentException none) {
                reject(member + "[" + i + "]", "expects-uuid");
            }
        }
        return ids;
    }

    public DefinitionInput object(String member) {
        return new DefinitionInput(get(member), path(member), violations);
    }

    /// Says that every member has been asked for: others are unknown.
    public void done() {
        node.fieldNames().forEachRemaining(member -> {
            if (!known.contains(member)) {
                reject(member, "unknown-member");
            }
        });
    }

    private Iterable<JsonNode> list(String member, int most) {
        JsonNode value = get(member);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            reject(member, "expects-list");
            return List.of();
        }
        if (value.size() > most) {
            reject(member, "list-too-long", most);
            return List.of();
        }
        return value;
    }

    /// Returns what stands there, whatever it is; `null` for nothing.
    public @Nullable JsonNode get(String member) {
        known.add(member);
        JsonNode value = node.get(member);
        return value == null || value.isNull() ? null : value;
    }
}
