package io.relata.core.search;

import java.util.List;
import java.util.Optional;

/// What a person looks for: any of the alternatives, and of it every word.
public record Search(List<List<Word>> alternatives) {

    public Search {
        alternatives = alternatives.stream().map(List::copyOf).toList();
    }

    /// A word or phrase that must stand in some field, or in none.
    public record Word(String text, boolean absent) {}

    /// Returns what the text of a search box asks for; see [SearchParser].
    public static Optional<Search> parse(String text) {
        return SearchParser.parse(text);
    }
}
