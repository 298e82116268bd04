package io.relata.core.metadata;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One choice of a picklist field.
///
/// @param value  what is stored; never changes
/// @param color  a token of the design system, not a colour code
/// @param active whether new values may choose it
/// @param under  the values of the field it depends on beside which it can be chosen; empty for all
public record PicklistOption(
        String value, LocalizedText label, @Nullable String color, boolean active, List<String> under) {

    public PicklistOption {
        under = List.copyOf(under);
    }

    /// An option that depends on nothing.
    public PicklistOption(String value, LocalizedText label, @Nullable String color, boolean active) {
        this(value, label, color, active, List.of());
    }
}
