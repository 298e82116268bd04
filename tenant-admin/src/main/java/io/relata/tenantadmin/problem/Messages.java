package io.relata.tenantadmin.problem;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/// The words of this service in the languages it speaks.
public final class Messages {
    public static final Locale CHINESE = Locale.SIMPLIFIED_CHINESE;
    private static final List<Locale> SPOKEN = List.of(Locale.ENGLISH, CHINESE);
    private static final String BUNDLE = "io.relata.tenantadmin.problem.messages";

    private Messages() {}

    /// The language of an answer, from the request's Accept-Language; English when nothing fits.
    public static Locale negotiate(@Nullable String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.isBlank()) {
            return Locale.ENGLISH;
        }
        try {
            for (Locale.LanguageRange range : Locale.LanguageRange.parse(acceptLanguage)) {
                if (range.getWeight() > 0 && range.getRange().startsWith("zh")) {
                    return CHINESE;
                }
                if (range.getWeight() > 0 && range.getRange().startsWith("en")) {
                    return Locale.ENGLISH;
                }
            }
        } catch (IllegalArgumentException notALanguageList) {
            return Locale.ENGLISH;
        }
        return Locale.ENGLISH;
    }

    public static String text(Locale locale, String key, List<Object> arguments) {
        ResourceBundle bundle = ResourceBundle.getBundle(
                BUNDLE,
                SPOKEN.contains(locale) ? locale : Locale.ENGLISH,
                Messages.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        String text = bundle.getString(key);
        for (int i = 0; i < arguments.size(); i++) {
            text = text.replace("{" + i + "}", String.valueOf(arguments.get(i)));
        }
        return text;
    }
}
