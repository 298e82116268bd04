package io.relata.core.file.reading;

import java.io.IOException;
import java.io.Writer;

/// Takes a file's words, up to as many characters as are wanted; blanks follow each other no more than once.
final class Words extends Writer {

    private final Writer out;
    private int left;
    private boolean blank = true;

    Words(Writer out, int most) {
        this.out = out;
        this.left = most;
    }

    /// There are as many as are wanted.
    static final class EnoughException extends IOException {
        private static final long serialVersionUID = 1;
    }

    @Override
    public void write(char[] characters, int from, int length) throws IOException {
        for (int i = from; i < from + length; i++) {
            add(characters[i]);
        }
    }

    private void add(char character) throws IOException {
        boolean space = Character.isWhitespace(character) || Character.isISOControl(character);
        if (space && blank) {
            return;
        }
        if (left == 0) {
            throw new EnoughException();
        }
        left--;
        blank = space;
        out.write(space ? ' ' : character);
    }

    /// Ends a word.
    void space() throws IOException {
        add(' ');
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
