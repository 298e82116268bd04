package io.relata.core.query;

import io.relata.core.metadata.ValueKind;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where a page ended: what the last record has under each sort key as it is stored, and its id.
public record Keyset(List<@Nullable Object> values, UUID id) {

    public Keyset {
        values = Collections.unmodifiableList(Arrays.asList(values.toArray()));
    }

    /// Returns the value that a text stands for which `toString` made of a stored one.
    ///
    /// @throws IllegalArgumentException, java.time.DateTimeException when it stands for none
    public static @Nullable Object stored(ValueKind kind, @Nullable String text) {
        if (text == null) {
            return null;
        }
        return switch (kind) {
            case STRING -> text;
            case INTEGER, DECIMAL, BOOLEAN -> Long.valueOf(text);
            case DATE -> LocalDate.parse(text);
            case INSTANT -> OffsetDateTime.parse(text);
            case UUID -> UUID.fromString(text);
            case LIST, POINT, OBJECT, SECRET -> throw new IllegalArgumentException("Nothing is ordered by " + kind);
        };
    }
}
