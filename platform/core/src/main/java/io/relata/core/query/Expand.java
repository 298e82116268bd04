package io.relata.core.query;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.RecordCollection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Fetch further records with each record.
public sealed interface Expand {

    /// Returns the name under which they are shown.
    String name();

    /// The record that a lookup points to.
    ///
    /// @param filter what it must match to be shown; `null` for nothing
    /// @param fields what to read of it
    record One(
            FieldDefinition lookup,
            EntityDefinition target,
            @Nullable Filter filter,
            List<FieldDefinition> fields,
            List<Expand> expands)
            implements Expand {

        public One {
            fields = List.copyOf(fields);
            expands = List.copyOf(expands);
        }

        /// Under which it is fetched: of a lookup to one of several entities, each apart.
        @Override
        public String name() {
            return lookup.polymorphic() ? lookup.name() + "/" + target.name() : lookup.name();
        }
    }

    /// The first of the records that point to it, or that others tie to it.
    ///
    /// @param members which of them, in which order, and what to read of them
    record Many(RecordCollection collection, Query members) implements Expand {

        @Override
        public String name() {
            return collection.name();
        }
    }
}
