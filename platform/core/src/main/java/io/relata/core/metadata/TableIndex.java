package io.relata.core.metadata;

/// An index of a record table that solutions decide on; the migrator makes it while others read and write.
public sealed interface TableIndex permits RecordIndex, SlotIndex {

    /// What the names of all such indexes match.
    String NAMES = "^record_.*_(x_[0-9a-f]{8}|[tndsu][0-9]{2})$";

    /// Returns the record table.
    String table();

    /// Returns the index's name: another one for whatever differs.
    String name();

    /// Returns the statement that makes it.
    String creation();
}
