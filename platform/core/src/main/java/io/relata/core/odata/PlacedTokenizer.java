package io.relata.core.odata;

import org.apache.olingo.server.core.uri.parser.UriTokenizer;

/// A tokenizer that knows where it is, which its parent keeps to itself.
///
/// Tokens follow one another with nothing but whitespace between them, so the next one is found by its text.
final class PlacedTokenizer extends UriTokenizer {

    private final String text;
    private int start;
    private int end;
    private int savedStart;
    private int savedEnd;

    PlacedTokenizer(String text) {
        super(text);
        this.text = text;
    }

    @Override
    public boolean next(TokenKind kind) {
        boolean found = super.next(kind);
        if (found && kind != TokenKind.EOF) {
            String token = getText();
            start = Math.max(text.indexOf(token, end), end);
            end = start + token.length();
        }
        return found;
    }

    @Override
    public void saveState() {
        super.saveState();
        savedStart = start;
        savedEnd = end;
    }

    @Override
    public void returnToSavedState() {
        super.returnToSavedState();
        start = savedStart;
        end = savedEnd;
    }

    /// Returns where the last token begins, counted from 1.
    int start() {
        return start + 1;
    }

    /// Returns where the first character after the last token and whitespace stands, counted from 1.
    int end() {
        int next = end;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        return next + 1;
    }

    /// Returns the last token.
    String last() {
        return text.substring(start, end).strip();
    }
}
