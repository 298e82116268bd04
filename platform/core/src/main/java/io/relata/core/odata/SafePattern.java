package io.relata.core.odata;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Regular expressions that ECMAScript, which OData names, and PostgreSQL read alike, and that PostgreSQL answers in
/// the
/// time that the text is long: without references back, and short.
final class SafePattern {

    private static final int MAX_LENGTH = 200;

    /// Groups are plain or `(?:`; a backslash stands before a sign, or makes one of the classes that both know.
    private static final Pattern FORM =
            Pattern.compile("(?:\\\\(?:[dDwWsS]|[^\\p{Alnum}])|\\((?!\\?)|\\(\\?:|[^\\\\(])*+");

    /// PostgreSQL counts at most so far, and a large count is a large machine.
    private static final Pattern COUNTS = Pattern.compile("\\{(?!\\d{1,2}(,\\d{0,2})?\\})");

    /// Classes by name and equivalence are PostgreSQL's own.
    private static final Pattern OWN = Pattern.compile("\\[[.:=]|&&");

    private SafePattern() {}

    static boolean accepts(String pattern) {
        if (pattern.length() > MAX_LENGTH
                || !FORM.matcher(pattern).matches()
                || COUNTS.matcher(pattern.replaceAll("\\\\.", "")).find()
                || OWN.matcher(pattern).find()) {
            return false;
        }
        try {
            return !Pattern.compile(pattern).pattern().isEmpty();
        } catch (PatternSyntaxException exception) {
            return false;
        }
    }
}
