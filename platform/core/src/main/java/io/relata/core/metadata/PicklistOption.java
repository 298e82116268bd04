package io.relata.core.metadata;

import org.jspecify.annotations.Nullable;

/// One choice of a picklist field.
///
/// @param value  what is stored; never changes
/// @param color  a token of the design system, not a colour code
/// @param active whether new values may choose it
public record PicklistOption(
        String value, LocalizedText label, @Nullable String color, boolean active) {}
