package io.relata.core.metadata;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A way to look at an entity's records.
///
/// @param columns field names, in order
/// @param groupBy the picklist field that makes a board's columns
/// @param sum     the field summed per column of a board
/// @param filter  an OData filter expression
public record View(
        String key,
        LocalizedText label,
        Kind kind,
        List<String> columns,
        List<Sort> sort,
        @Nullable String groupBy,
        @Nullable String sum,
        @Nullable String filter) {

    public View {
        columns = List.copyOf(columns);
        sort = List.copyOf(sort);
    }

    /// How records are laid out.
    public enum Kind {
        LIST,
        BOARD
    }

    /// One level of sorting.
    public record Sort(String field, boolean descending) {}
}
