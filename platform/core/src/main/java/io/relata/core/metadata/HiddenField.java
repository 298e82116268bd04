package io.relata.core.metadata;

import io.relata.core.metadata.type.Setting;
import java.util.Optional;

/// A place with values that no field shows.
///
/// @param field   what stands in the place; its name is the place's
/// @param of      the field that it belongs or belonged to
/// @param filling whether it is going to take the place of the one the field has: every write carries the field's value
///                over
/// @param left    whether the same values are in another place now, so that this one is to be cleared
public record HiddenField(FieldDefinition field, String of, boolean filling, boolean left) {

    /// Returns whether a formula's values stand there.
    boolean computed() {
        return field.settings().get(Setting.EXPRESSION) != null;
    }

    /// Returns the formula whose values the place is being filled with; empty when it is filled with the field's own.
    public Optional<Formula> formula() {
        return filling ? Optional.ofNullable(field.formula()) : Optional.empty();
    }
}
