package io.relata.core.file.reading;

import java.util.Set;

/// Which files have words that can be read.
public final class Formats {

    static final String PDF = "application/pdf";
    static final String HTML = "text/html";

    private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";

    private static final Set<String> PLAIN = Set.of("text/plain", "text/csv");

    private static final Set<String> FORMATTED = Set.of(
            PDF,
            HTML,
            OFFICE + "wordprocessingml.document",
            OFFICE + "spreadsheetml.sheet",
            OFFICE + "presentationml.presentation",
            "application/vnd.oasis.opendocument.text");

    private Formats() {}

    /// Returns whether the file's bytes are its words.
    static boolean plain(String contentType) {
        return PLAIN.contains(contentType);
    }

    /// Returns whether the words have to be found among other things.
    static boolean formatted(String contentType) {
        return FORMATTED.contains(contentType);
    }
}
