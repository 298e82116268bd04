package io.relata.core.metadata.type;

import java.util.Locale;
import java.util.regex.Pattern;

/// The address of a page on the web.
final class UrlType extends PatternType {

    private static final Pattern SHAPE = Pattern.compile("https?://[^\\s/?#\"<>\\\\]+[^\\s\"<>\\\\]*");
    private static final int SCHEME = 8;

    UrlType() {
        super("url", 2_000, 4_000, "https://example.com");
    }

    @Override
    boolean hasShape(String text) {
        int scheme = Math.min(text.length(), SCHEME);
        return SHAPE.matcher(text.substring(0, scheme).toLowerCase(Locale.ROOT) + text.substring(scheme))
                .matches();
    }

    @Override
    public String format() {
        return "uri";
    }
}
