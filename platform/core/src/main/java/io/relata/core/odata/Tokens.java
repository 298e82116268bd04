package io.relata.core.odata;

import io.relata.core.odata.Token.Kind;
import io.relata.core.problem.ProblemException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Cuts an option's text into tokens, one look ahead. It never goes back, so a text is read in the time it takes to
/// walk over it once.
final class Tokens {

    private static final Pattern UUID_FORM =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");
    private static final Pattern INSTANT_FORM =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,12})?)?([Zz]|[+-]\\d\\d:\\d\\d)");
    private static final Pattern DATE_FORM = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern TIME_FORM = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?");
    private static final Pattern DECIMAL_FORM = Pattern.compile("\\d+(\\.\\d+([eE][+-]?\\d+)?|[eE][+-]?\\d+)");
    private static final Pattern INTEGER_FORM = Pattern.compile("\\d+");
    private static final Pattern DURATION_FORM = Pattern.compile("duration'([^']*)'");
    private static final String SYMBOLS = "(),/:=;-*";

    private final QueryOption option;
    private final String text;
    private final Matcher matcher;
    private int position;
    private @Nullable Token ahead;

    Tokens(QueryOption option, String text) {
        this.option = option;
        this.text = text;
        this.matcher = UUID_FORM.matcher(text);
    }

    QueryOption option() {
        return option;
    }

    /// Returns the next token and leaves it there.
    Token peek() {
        if (ahead == null) {
            ahead = read(position);
        }
        return ahead;
    }

    /// Returns the next token and goes on behind it.
    Token next() {
        Token token = peek();
        position = token.end();
        ahead = null;
        return token;
    }

    boolean at(String symbol) {
        return peek().is(Kind.SYMBOL, symbol);
    }

    /// Goes on behind the symbol if it comes next.
    boolean skip(String symbol) {
        boolean found = at(symbol);
        if (found) {
            next();
        }
        return found;
    }

    /// Goes on behind the symbol, which must come next.
    Token require(String symbol) {
        if (!at(symbol)) {
            throw syntax();
        }
        return next();
    }

    /// Returns the next token, which must be of the kind, and goes on behind it.
    Token require(Kind kind) {
        if (peek().kind() != kind) {
            throw syntax();
        }
        return next();
    }

    /// Returns whether the next token is the word.
    boolean atName(String name) {
        return peek().is(Kind.NAME, name);
    }

    void requireName(String name) {
        if (!atName(name)) {
            throw syntax();
        }
        next();
    }

    void requireEnd() {
        if (peek().kind() != Kind.END) {
            throw syntax();
        }
    }

    /// Returns where the last token ended.
    int position() {
        return position;
    }

    /// Returns what has been read since the place.
    String since(int start) {
        return text.substring(start, position).strip();
    }

    /// Returns the text up to the next `;` or `)` that stands outside of double quotes, and goes on there.
    String rest() {
        int start = position;
        int end = start;
        boolean quoted = false;
        while (end < text.length() && (quoted || (text.charAt(end) != ';' && text.charAt(end) != ')'))) {
            if (text.charAt(end) == '"') {
                quoted = !quoted;
            } else if (text.charAt(end) == '\\') {
                end++;
            }
            end++;
        }
        end = Math.min(end, text.length());
        position = end;
        ahead = null;
        return text.substring(start, end);
    }

    /// Says that the next token makes no sense here.
    ProblemException syntax() {
        return at("query-syntax", peek());
    }

    /// Says what is wrong with a token.
    ProblemException at(String reason, Token token) {
        return at(reason, token.start());
    }

    /// @param start counted from 0
    ProblemException at(String reason, int start) {
        return Refusal.placed(reason, option, start + 1);
    }

    /// Says what is wrong with the name that the token is.
    ProblemException named(String reason, Token token) {
        return Refusal.named(reason, option, token.start() + 1, token.text());
    }

    private Token read(int from) {
        int start = from;
        while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        if (start == text.length()) {
            return new Token(Kind.END, "", start, start);
        }
        char first = text.charAt(start);
        if (first == '\'') {
            return quoted(start);
        }
        if (SYMBOLS.indexOf(first) >= 0) {
            return new Token(Kind.SYMBOL, String.valueOf(first), start, start + 1);
        }
        if (first >= '0' && first <= '9') {
            return number(start);
        }
        return word(start);
    }

    private Token quoted(int start) {
        StringBuilder value = new StringBuilder();
        int at = start + 1;
        while (at < text.length()) {
            char character = text.charAt(at);
            boolean doubled = character == '\'' && at + 1 < text.length() && text.charAt(at + 1) == '\'';
            if (character == '\'' && !doubled) {
                return new Token(Kind.TEXT, value.toString(), start, at + 1);
            }
            value.append(character);
            at += doubled ? 2 : 1;
        }
        throw at("query-syntax", start);
    }

    private Token number(int start) {
        Token token = null;
        if (matches(UUID_FORM, start)) {
            token = matched(Kind.UUID, start);
        } else if (matches(INSTANT_FORM, start)) {
            token = new Token(Kind.INSTANT, matcher.group().toUpperCase(Locale.ROOT), start, matcher.end());
        } else if (matches(DATE_FORM, start)) {
            token = matched(Kind.DATE, start);
        } else if (matches(TIME_FORM, start)) {
            token = new Token(Kind.TEXT, timeOfDay(matcher.group()), start, matcher.end());
        } else if (matches(DECIMAL_FORM, start)) {
            token = matched(Kind.DECIMAL, start);
        } else if (matches(INTEGER_FORM, start)) {
            token = matched(Kind.INTEGER, start);
        }
        if (token == null || (token.end() < text.length() && Character.isLetterOrDigit(text.charAt(token.end())))) {
            throw at("query-syntax", start);
        }
        return token;
    }

    /// Times of day are held as texts that are ordered as the times are.
    private static String timeOfDay(String time) {
        return time.length() == 5 ? time + ":00" : time;
    }

    private Token word(int start) {
        if (matches(UUID_FORM, start)) {
            return matched(Kind.UUID, start);
        }
        if (matches(DURATION_FORM, start)) {
            return new Token(Kind.DURATION, matcher.group(1), start, matcher.end());
        }
        return name(start);
    }

    /// Reads a name, or names with dots between them; the first may begin with `$` or `@`.
    private Token name(int start) {
        boolean marked = text.charAt(start) == '$' || text.charAt(start) == '@';
        int end = part(start + (marked ? 1 : 0));
        while (end < text.length() && text.charAt(end) == '.') {
            end = part(end + 1);
        }
        return new Token(Kind.NAME, text.substring(start, end), start, end);
    }

    private int part(int start) {
        int end = start;
        while (end < text.length() && isNamePart(text.charAt(end))) {
            end++;
        }
        boolean begins = end > start && !Character.isDigit(text.charAt(start));
        if (!begins) {
            throw at("query-syntax", start);
        }
        return end;
    }

    private static boolean isNamePart(char character) {
        return character == '_' || Character.isLetterOrDigit(character);
    }

    private boolean matches(Pattern form, int start) {
        return matcher.usePattern(form).region(start, text.length()).lookingAt();
    }

    private Token matched(Kind kind, int start) {
        return new Token(kind, matcher.group(), start, matcher.end());
    }
}
