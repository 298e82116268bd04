package io.relata.core.imports;

import java.util.List;

/// Where the text for a field comes from.
sealed interface ColumnSource {

    /// One cell of the row.
    record Cell(String column) implements ColumnSource {}

    /// The same text for every row.
    record Constant(String value) implements ColumnSource {}

    /// Several cells and the text between them, for example `{product} – {account}`.
    record Template(List<Part> parts) implements ColumnSource {

        public Template {
            parts = List.copyOf(parts);
        }
    }

    /// A cell or a piece of fixed text in a template.
    record Part(boolean cell, String text) {}
}
