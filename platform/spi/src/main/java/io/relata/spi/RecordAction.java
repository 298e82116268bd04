package io.relata.spi;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One record being acted on, as an [ActionHandler] sees it. Values have the Java types that [RecordChange] names; an
/// unknown name is an `IllegalArgumentException`: a mistake in the plugin, not in the input.
///
/// Not thread-safe; valid only during the call it is passed to.
public interface RecordAction {

    /// Returns the record's id.
    UUID id();

    /// Returns the value of the action's parameter; `null` when it was left out.
    @Nullable
    Object parameter(String name);

    /// Returns the value the field has, or has been set to.
    @Nullable
    Object value(String field);

    /// Sets the field, also one that only the system sets. The value is validated like a caller's own.
    void set(String field, @Nullable Object value);

    /// Refuses the action. All refusals are collected and answered together.
    ///
    /// @param name    the parameter or field at fault; `null` when it is no single one
    /// @param message the key of a message in the plugin's own message files
    void reject(@Nullable String name, String message);

    /// Returns what persons have agreed to.
    Consents consents();
}
