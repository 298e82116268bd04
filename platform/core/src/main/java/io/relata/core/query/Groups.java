package io.relata.core.query;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer to an aggregation.
///
/// @param complete whether these are all groups; if not, the limit cut the rest off
public record Groups(List<Group> groups, boolean complete) {

    public Groups {
        groups = List.copyOf(groups);
    }

    /// One group: the values under the keys, then the figures, in the order of the question.
    public record Group(List<@Nullable Object> keys, List<@Nullable Object> figures) {

        public Group {
            keys = Collections.unmodifiableList(keys);
            figures = Collections.unmodifiableList(figures);
        }
    }
}
