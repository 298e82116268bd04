package io.relata.core.metadata;

/// A place with values that no field shows.
///
/// @param field   what stands in the place; its name is the place's
/// @param of      the field that it belongs or belonged to
/// @param filling whether it is going to take the place of the one the field has: every write carries the field's value
///                over
/// @param left    whether the same values are in another place now, so that this one is to be cleared
public record HiddenField(FieldDefinition field, String of, boolean filling, boolean left) {}
