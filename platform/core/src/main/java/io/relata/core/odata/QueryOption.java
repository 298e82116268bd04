package io.relata.core.odata;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The system query options that are understood.
enum QueryOption {
    FILTER,
    SELECT,
    ORDERBY,
    TOP,
    SKIP,
    COUNT,
    SKIPTOKEN,
    EXPAND,
    LEVELS,
    SEARCH,
    APPLY,
    FORMAT;

    /// Returns the option as it is written.
    String text() {
        return "$" + name().toLowerCase(Locale.ROOT);
    }

    static Optional<QueryOption> of(String text) {
        return Arrays.stream(values())
                .filter(option -> option.text().equals(text))
                .findFirst();
    }
}
