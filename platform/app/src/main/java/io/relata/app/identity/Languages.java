package io.relata.app.identity;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The languages the product speaks.
public final class Languages {

    public static final Locale ENGLISH = Locale.ENGLISH;
    public static final Locale CHINESE = Locale.SIMPLIFIED_CHINESE;

    public static final List<Locale> ALL = List.of(ENGLISH, CHINESE);

    private static final int MAX_HEADER = 500;

    private Languages() {}

    /// Returns the language with exactly this tag.
    public static Optional<Locale> named(String tag) {
        return ALL.stream()
                .filter(language -> language.toLanguageTag().equals(tag))
                .findFirst();
    }

    /// Returns the first of ours that an `Accept-Language` header asks for.
    public static Optional<Locale> accepted(@Nullable String header) {
        if (header == null || header.isBlank() || header.length() > MAX_HEADER) {
            return Optional.empty();
        }
        try {
            return Locale.LanguageRange.parse(header).stream()
                    .filter(range -> range.getWeight() > 0)
                    .flatMap(range -> spoken(range.getRange()).stream())
                    .findFirst();
        } catch (IllegalArgumentException notARange) {
            return Optional.empty();
        }
    }

    /// Returns ours that is nearest to the locale; English if none is near.
    public static Locale nearest(Locale locale) {
        return spoken(locale.toLanguageTag()).orElse(ENGLISH);
    }

    private static Optional<Locale> spoken(String range) {
        return switch (range.toLowerCase(Locale.ROOT).split("-", 2)[0]) {
            case "en" -> Optional.of(ENGLISH);
            case "zh" -> Optional.of(CHINESE);
            default -> Optional.empty();
        };
    }
}
