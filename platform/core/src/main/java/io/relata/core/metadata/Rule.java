package io.relata.core.metadata;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a record must not be.
///
/// @param name       unique in the entity
/// @param refuseWhen the condition, as it was written
/// @param message    what people read whose record is refused
/// @param field      the field that the message is about; `null` for the record as a whole
/// @param formula    the condition as it was read; snapshots have it, definitions do not
public record Rule(
        String name,
        String refuseWhen,
        LocalizedText message,
        @Nullable String field,
        @Nullable Formula formula) {

    /// Returns the condition of a rule in a snapshot.
    public Formula bound() {
        return Objects.requireNonNull(formula);
    }

    Rule with(Formula read) {
        return new Rule(name, refuseWhen, message, field, read);
    }
}
