package io.relata.core.export;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// For whom a file is.
public enum ExportForm {
    /// For programs, and to be imported again.
    RAW,
    /// For people: as the pages show it.
    SHOWN;

    /// Returns the name that the API uses.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Returns the form of the name.
    public static Optional<ExportForm> named(String code) {
        return Arrays.stream(values()).filter(form -> form.code().equals(code)).findFirst();
    }
}
