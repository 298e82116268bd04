package io.relata.core.expression;

import io.relata.core.expression.Mistake.Found;

/// CEL's ways to write a text: in single or double quotes, or in three of them; with `r` in front, without escapes.
final class StringLiteral {

    private final String text;
    private final int position;
    private final StringBuilder read = new StringBuilder();
    private int at;

    private StringLiteral(String text, int position) {
        this.text = text;
        this.position = position;
    }

    /// @param literal as it was written, quotes included
    static String read(String literal, int position) {
        boolean raw = literal.startsWith("r") || literal.startsWith("R");
        String quoted = raw ? literal.substring(1) : literal;
        boolean triple = quoted.length() >= 6 && (quoted.startsWith("\"\"\"") || quoted.startsWith("'''"));
        int quotes = triple ? 3 : 1;
        String text = quoted.substring(quotes, quoted.length() - quotes);
        String value = raw ? text : new StringLiteral(text, position).unescaped();
        boolean unstorable = value.codePoints().anyMatch(point -> point == 0 || (point >= 0xD800 && point <= 0xDFFF));
        if (unstorable) {
            throw Found.at(position, "expression-characters");
        }
        return value;
    }

    private String unescaped() {
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next != '\\') {
                read.append(next);
            } else {
                escape(text.charAt(at++));
            }
        }
        return read.toString();
    }

    private void escape(char letter) {
        switch (letter) {
            case 'n' -> read.append('\n');
            case 't' -> read.append('\t');
            case 'r' -> read.append('\r');
            case 'a' -> read.append('\u0007');
            case 'b' -> read.append('\b');
            case 'f' -> read.append('\f');
            case 'v' -> read.append('\u000b');
            case 'x', 'X' -> code(2, 16);
            case 'u' -> code(4, 16);
            case 'U' -> code(8, 16);
            case '0', '1', '2', '3' -> {
                at--;
                code(3, 8);
            }
            default -> read.append(letter);
        }
    }

    private void code(int digits, int radix) {
        int point = Integer.parseUnsignedInt(text.substring(at, at + digits), radix);
        if (!Character.isValidCodePoint(point)) {
            throw Found.at(position, "expression-characters");
        }
        read.appendCodePoint(point);
        at += digits;
    }
}
