package io.relata.core.query;

import java.util.List;

/// Words a person looks for in the searchable fields: any of the alternatives, and of it every word.
public record Search(List<List<Word>> alternatives) {

    public Search {
        alternatives = alternatives.stream().map(List::copyOf).toList();
    }

    /// A word or phrase that must stand in some field, or in none.
    public record Word(String text, boolean absent) {}
}
