package io.relata.core.metadata;

/// What a lookup makes between two entities: records of one point to records of the other.
///
/// @param from whose records point
public record Relationship(EntityDefinition from, FieldDefinition lookup) {

    /// Returns what becomes of the records that point when the one they point to is deleted.
    public DeleteBehaviour onDelete() {
        return lookup.onDelete();
    }
}
