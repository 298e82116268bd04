package io.relata.core.file.reading;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.swing.text.html.HTML;
import javax.swing.text.html.HTMLEditorKit;
import javax.swing.text.html.parser.ParserDelegator;

/// What a page says to its reader, without its scripts and styles.
final class HtmlText extends HTMLEditorKit.ParserCallback {

    private final Words words;
    private int hidden;

    private HtmlText(Words words) {
        this.words = words;
    }

    static void read(InputStream content, Words words) throws IOException {
        try {
            new ParserDelegator()
                    .parse(new InputStreamReader(content, StandardCharsets.UTF_8), new HtmlText(words), true);
        } catch (UncheckedIOException exception) {
            throw exception.getCause();
        }
    }

    @Override
    public void handleText(char[] data, int pos) {
        if (hidden == 0) {
            try {
                words.write(data, 0, data.length);
                words.space();
            } catch (IOException exception) {
                throw new UncheckedIOException(exception);
            }
        }
    }

    @Override
    public void handleStartTag(HTML.Tag tag, javax.swing.text.MutableAttributeSet attributes, int pos) {
        if (hides(tag)) {
            hidden++;
        }
    }

    @Override
    public void handleEndTag(HTML.Tag tag, int pos) {
        if (hides(tag) && hidden > 0) {
            hidden--;
        }
    }

    private static boolean hides(HTML.Tag tag) {
        return tag.equals(HTML.Tag.SCRIPT) || tag.equals(HTML.Tag.STYLE);
    }
}
