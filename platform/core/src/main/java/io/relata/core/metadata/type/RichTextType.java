package io.relata.core.metadata.type;

import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.type.Parsed.Wrong;
import io.relata.spi.CallContext;

/// Formatted text, as HTML that is harmless to whoever looks at it.
final class RichTextType extends LongTextType {

    /// Cleaning makes nothing much longer; a text that is far too long is not even looked at.
    private static final int LONGEST_INPUT = 500_000;

    RichTextType() {
        super("richText", 50_000, 100_000);
    }

    @Override
    public Parsed parse(FieldDefinition field, Object input, Form form) {
        Parsed parsed = Texts.parse(input);
        if (!(parsed instanceof Parsed.Value text)) {
            return parsed;
        }
        String html = (String) text.value();
        return html.length() > LONGEST_INPUT
                ? Wrong.of("too-long", field.maxLength())
                : new Parsed.Value(Html.clean(html));
    }

    @Override
    public Object example(FieldDefinition field, String text) {
        String html = "<p><b>" + text + "</b></p>";
        return Texts.length(html) > field.maxLength() ? "" : html;
    }

    @Override
    public String display(FieldDefinition field, Object value, CallContext context) {
        return Html.plain((String) value);
    }
}
