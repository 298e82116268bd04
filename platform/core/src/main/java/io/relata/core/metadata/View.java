package io.relata.core.metadata;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A way to look at an entity's records.
///
/// @param columns field names, in order
/// @param groupBy the picklist field that makes a board's columns; of a calendar the day, of a chart what a bar has in
///                common
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
        BOARD,
        CALENDAR,
        CHART;

        /// The kind's name in definitions and in the API.
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Kind> of(String code) {
            return Arrays.stream(values())
                    .filter(kind -> kind.code().equals(code))
                    .findAny();
        }
    }

    /// One level of sorting.
    public record Sort(String field, boolean descending) {}
}
