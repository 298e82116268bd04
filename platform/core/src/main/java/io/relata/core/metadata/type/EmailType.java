package io.relata.core.metadata.type;

import java.util.regex.Pattern;

/// An e-mail address.
final class EmailType extends PatternType {

    private static final Pattern SHAPE = Pattern.compile("[^\\s@<>\",;:()\\[\\]]{1,64}@[^\\s@<>\",;:()\\[\\]]{1,255}");

    EmailType() {
        super("email", 254, 320, "name@example.com");
    }

    @Override
    boolean hasShape(String text) {
        int at = text.indexOf('@');
        int dot = text.lastIndexOf('.');
        return SHAPE.matcher(text).matches() && dot > at + 1 && dot < text.length() - 1;
    }

    @Override
    public String format() {
        return "email";
    }
}
