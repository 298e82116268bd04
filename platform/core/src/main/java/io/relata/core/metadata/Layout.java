package io.relata.core.metadata;

import java.util.List;

/// Where the fields stand on the record page and in the form.
public record Layout(List<Section> sections) {

    public Layout {
        sections = List.copyOf(sections);
    }

    /// A titled group of fields.
    public record Section(LocalizedText label, List<String> fields) {

        public Section {
            fields = List.copyOf(fields);
        }
    }
}
