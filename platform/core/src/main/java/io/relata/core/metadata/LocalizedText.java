package io.relata.core.metadata;

import java.util.Locale;
import java.util.Map;

/// A label in every language the product speaks, keyed by language tag (`en`, `zh-CN`).
public record LocalizedText(Map<String, String> texts) {

    public static final String DEFAULT_LANGUAGE = "en";

    public LocalizedText {
        texts = Map.copyOf(texts);
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("A localized text needs at least one language");
        }
    }

    /// Returns the text in the language, else in English, else in whatever language there is.
    public String in(Locale locale) {
        String exact = texts.get(locale.toLanguageTag());
        if (exact != null) {
            return exact;
        }
        String english = texts.get(DEFAULT_LANGUAGE);
        return english != null ? english : texts.values().iterator().next();
    }
}
