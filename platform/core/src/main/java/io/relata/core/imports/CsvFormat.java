package io.relata.core.imports;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// How a file's bytes become cells.
record CsvFormat(Charset charset, char delimiter) {

    /// What may separate cells.
    static final String DELIMITERS = ",;\t|";

    static final Charset GB18030 = Charset.forName("GB18030");

    /// Returns the encoding with the name, if it is one that imports read.
    static Optional<Charset> charset(String name) {
        return switch (name.strip().toUpperCase(Locale.ROOT)) {
            case "UTF-8", "UTF8" -> Optional.of(StandardCharsets.UTF_8);
            case "GB18030", "GBK", "GB2312" -> Optional.of(GB18030);
            default -> Optional.empty();
        };
    }
}
