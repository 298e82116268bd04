package io.relata.core.imports;

import io.relata.core.imports.ColumnSource.Part;
import io.relata.core.imports.ColumnSource.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads `{product} – {account}` into its parts. A doubled brace is the brace itself.
final class TemplateParser {

    private final String text;
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();

    private TemplateParser(String text) {
        this.text = text;
    }

    /// Returns the template, or nothing when a brace has no partner.
    static Optional<Template> parse(String text) {
        return new TemplateParser(text).run();
    }

    private Optional<Template> run() {
        int position = 0;
        while (position < text.length()) {
            char next = text.charAt(position);
            if ((next == '{' || next == '}') && text.startsWith(String.valueOf(next), position + 1)) {
                literal.append(next);
                position += 2;
            } else if (next == '{') {
                int end = text.indexOf('}', position);
                if (end < 0) {
                    return Optional.empty();
                }
                flushLiteral();
                parts.add(new Part(true, text.substring(position + 1, end).strip()));
                position = end + 1;
            } else if (next == '}') {
                return Optional.empty();
            } else {
                literal.append(next);
                position++;
            }
        }
        flushLiteral();
        return Optional.of(new Template(parts));
    }

    private void flushLiteral() {
        if (!literal.isEmpty()) {
            parts.add(new Part(false, literal.toString()));
            literal.setLength(0);
        }
    }
}
