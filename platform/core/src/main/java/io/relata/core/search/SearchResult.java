package io.relata.core.search;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a search over entities found.
///
/// @param misspelt whether nothing has some word, so that words like it were looked for
/// @param complete whether the index of all entities is up to date; it is being made otherwise
/// @param groups   the entities with hits, the one with the best hit first
public record SearchResult(boolean misspelt, boolean complete, List<Group> groups) {

    public SearchResult {
        groups = List.copyOf(groups);
    }

    /// An entity's hits, the best first.
    ///
    /// @param count how many there are
    /// @param exact whether the count is; there are more otherwise
    /// @param next  behind which the next page begins; `null` when this was the last
    public record Group(
            EntityDefinition entity,
            int count,
            boolean exact,
            List<Hit> hits,
            @Nullable String next) {

        public Group {
            hits = List.copyOf(hits);
        }
    }

    /// A record that was found.
    ///
    /// @param marks   what of the name was looked for
    /// @param snippet where else it was found; `null` when the name says it all
    public record Hit(
            UUID id,
            String name,
            List<Mark> marks,
            @Nullable Snippet snippet) {

        public Hit {
            marks = List.copyOf(marks);
        }
    }

    /// A part of a field's text.
    public record Snippet(FieldDefinition field, String text, List<Mark> marks) {

        public Snippet {
            marks = List.copyOf(marks);
        }
    }

    /// A stretch of a text, counted in UTF-16 units.
    public record Mark(int start, int length) {}
}
