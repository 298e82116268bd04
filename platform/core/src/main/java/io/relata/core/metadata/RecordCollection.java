package io.relata.core.metadata;

/// Records that are seen from another under a name.
public sealed interface RecordCollection permits Relationship, LinkedCollection {

    /// Returns the name.
    String name();

    /// Returns the entity whose records they are.
    EntityDefinition from();
}
