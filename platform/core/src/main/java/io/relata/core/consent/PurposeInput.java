package io.relata.core.consent;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.metadata.DefinitionInput;
import io.relata.core.metadata.LocalizedText;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A purpose as it is written, with everything that is wrong with it.
///
/// @param text the first one; `null` when only the rest is written
record PurposeInput(
        String code,
        LocalizedText label,
        @Nullable Integer months,
        boolean active,
        @Nullable LocalizedText text) {

    private static final String CODE = "[a-z][a-z0-9_-]{0,49}";
    private static final int LONGEST_MONTHS = 120;

    /// Reads a new purpose.
    static PurposeInput first(JsonNode body) {
        return read(body, true);
    }

    /// Reads what replaces what a purpose says; its code and texts are none of it.
    static PurposeInput later(JsonNode body) {
        return read(body, false);
    }

    private static PurposeInput read(JsonNode body, boolean first) {
        List<Violation> violations = new ArrayList<>();
        DefinitionInput input = new DefinitionInput(body, "", violations);
        String code = first ? input.text("code").strip() : "";
        if (first && !code.isEmpty() && !code.matches(CODE)) {
            input.reject("code", "consent-code");
        }
        LocalizedText label = input.label("label", false);
        int months = input.number("months", 0, 1, LONGEST_MONTHS);
        boolean active = input.flag("active", true);
        LocalizedText text = first ? texts(input) : null;
        input.done();
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
        return new PurposeInput(code, label, months == 0 ? null : months, active, text);
    }

    /// Reads another text for a purpose.
    ///
    /// @throws ProblemException VALIDATION with every violation
    static LocalizedText text(JsonNode body) {
        List<Violation> violations = new ArrayList<>();
        DefinitionInput input = new DefinitionInput(body, "", violations);
        LocalizedText text = texts(input);
        input.done();
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
        return text;
    }

    private static LocalizedText texts(DefinitionInput input) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (input.has("text")) {
            DefinitionInput all = input.object("text");
            for (String language : List.of("en", "zh-CN")) {
                String text = all.optionalText(language);
                if (text != null) {
                    texts.put(language, text.strip());
                }
            }
            all.done();
        }
        if (texts.isEmpty()) {
            input.reject("text", "required");
            texts.put(LocalizedText.DEFAULT_LANGUAGE, "-");
        }
        return new LocalizedText(texts);
    }
}
