package io.relata.app.openapi;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/// The description's own words, in every language.
final class Texts {

    private Texts() {}

    /// Returns the text for the key, with its placeholders filled.
    ///
    /// @throws java.util.MissingResourceException when there is no such text: a mistake in the template
    static String of(Locale locale, String key, List<?> arguments) {
        return new MessageFormat(bundle(locale).getString(key), locale).format(arguments.toArray());
    }

    static ResourceBundle bundle(Locale locale) {
        return ResourceBundle.getBundle(
                "io.relata.app.openapi.texts",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
