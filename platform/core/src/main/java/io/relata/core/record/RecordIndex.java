package io.relata.core.record;

import io.relata.core.metadata.EntityDefinition;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is derived from records and written with them, in their transaction. Called once for each set of records, which
/// are locked.
public interface RecordIndex {

    /// Records were made, or came back.
    ///
    /// @param values of each record, by field name
    void added(WriteTransaction tx, EntityDefinition entity, Map<UUID, Map<String, @Nullable Object>> values);

    /// Records were changed.
    ///
    /// @param fields those of which some record's value differs now
    /// @param values all of each record, by field name
    void changed(
            WriteTransaction tx,
            EntityDefinition entity,
            Collection<String> fields,
            Map<UUID, Map<String, @Nullable Object>> values);

    /// Records were deleted.
    void removed(WriteTransaction tx, EntityDefinition entity, Collection<UUID> ids);
}
