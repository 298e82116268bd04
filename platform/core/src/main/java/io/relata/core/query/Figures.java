package io.relata.core.query;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows as they came out.
///
/// @param rows     the values of each row in the order of the columns
/// @param complete whether these are all rows; if not, the limit cut the rest off
public record Figures(List<Rows.Column> columns, List<List<@Nullable Object>> rows, boolean complete) {

    public Figures {
        columns = List.copyOf(columns);
        rows = rows.stream().map(Collections::unmodifiableList).toList();
    }
}
