package io.relata.core.problem;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/// The product's words for refusals, in English and Chinese.
public final class Messages {

    private static final String BUNDLE = "io.relata.core.problem.messages";

    private Messages() {}

    /// Returns the text for the key, with its placeholders filled.
    ///
    /// @throws MissingResourceException when there is no such message: a mistake in the code
    public static String text(Locale locale, String key, List<Object> arguments) {
        String pattern = ResourceBundle.getBundle(
                        BUNDLE,
                        locale,
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString(key);
        return new MessageFormat(pattern, locale).format(arguments.toArray());
    }
}
