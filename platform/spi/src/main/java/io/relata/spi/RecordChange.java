package io.relata.spi;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One record on its way to the store, as a [RecordHook] sees it.
///
/// Field values have the Java type of the field: text, picklist and the like are `String`, integers
/// `Long`, decimals, money and percents `BigDecimal`, booleans `Boolean`, dates `LocalDate`, date-times
/// `Instant`, lookups and users `UUID`; an empty field is `null`. An unknown field name is an
/// `IllegalArgumentException`: a mistake in the plugin, not in the input.
///
/// Not thread-safe; valid only during the call it is passed to.
public interface RecordChange {

    /// What happens to the record.
    enum Kind {
        /// It did not exist before.
        CREATE,
        /// It exists and changes.
        UPDATE
    }

    /// Returns what happens to the record.
    Kind kind();

    /// Returns the record's id; for a new record the one it is going to have.
    UUID id();

    /// Returns the value stored before this change; always `null` for a new record.
    @Nullable
    Object before(String field);

    /// Returns the value the record is going to have.
    @Nullable
    Object value(String field);

    /// Returns whether the value differs from the one stored before.
    boolean changed(String field);

    /// Sets the value the record is going to have. The value is validated like the caller's own.
    void set(String field, @Nullable Object value);

    /// Refuses the change. All refusals of all hooks are collected and answered together.
    ///
    /// @param field   the field at fault
    /// @param message the key of a message in the plugin's own message files
    void reject(String field, String message);

    /// Returns what persons have agreed to.
    Consents consents();
}
