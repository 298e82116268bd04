package io.relata.core.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// One way in which a record may have a word that is looked for.
///
/// @param ranges where in the index such records are; each holds all of them, and perhaps others
/// @param proofs what all must stand in a record's text
/// @param exact  what all stand in it when the words are there as they were typed, not as beginnings only
record Form(List<Range> ranges, List<String> proofs, List<String> exact) {

    private static final Pattern UMLAUT = Pattern.compile("[äöüÄÖÜ]");
    private static final Pattern NUMBER = Pattern.compile("[+(]?\\d[\\d()./-]*");
    private static final int FEWEST_LAST_DIGITS = 4;

    /// Of a phone number, whose country and area are written or left out.
    private static final int MOST_LAST_DIGITS = 8;

    /// The other pairs of a run only prove what the first have found.
    private static final int MOST_PAIRS = 4;

    Form {
        ranges = List.copyOf(ranges);
        proofs = List.copyOf(proofs);
        exact = List.copyOf(exact);
    }

    /// A stretch of the index.
    ///
    /// @param prefix whether the term need only begin so
    record Range(String term, boolean prefix) {}

    /// Returns whether being in a range is proof enough.
    boolean sure() {
        return ranges.size() == 1;
    }

    /// Returns all ways to have the word or phrase; none when it has neither letter nor digit.
    static List<Form> of(String text) {
        List<Token> tokens = Tokens.of(text);
        List<Form> forms = new ArrayList<>();
        if (tokens.isEmpty()) {
            return forms;
        }
        boolean phrase = text.strip().chars().anyMatch(Character::isWhitespace);
        forms.add(phrase ? phrase(tokens) : all(tokens));
        if (!phrase) {
            Tokens.compounds(text, tokens).stream()
                    .filter(compound -> compound.length() == length(tokens))
                    .forEach(compound -> forms.add(beginning(compound)));
            lastDigits(text, forms);
        }
        if (tokens.size() == 1 && !tokens.getFirst().run()) {
            spelledOtherwise(text, tokens.getFirst(), forms);
        }
        return forms;
    }

    /// Returns the ways to have one of the words, instead of one that nothing has.
    static List<Form> ofAny(Set<String> words) {
        return words.stream().map(Form::beginning).toList();
    }

    private static int length(List<Token> tokens) {
        return tokens.stream().mapToInt(token -> token.text().length()).sum();
    }

    private static Form beginning(String word) {
        return new Form(List.of(new Range(word, true)), List.of(" " + word), List.of(" " + word + " "));
    }

    private static Form all(List<Token> tokens) {
        List<Range> ranges = new ArrayList<>();
        List<String> proofs = new ArrayList<>();
        List<String> exact = new ArrayList<>();
        for (Token token : tokens) {
            ranges(token, true, ranges);
            proofs.add(token.run() ? token.text() : " " + token.text());
            exact.add(" " + token.text() + " ");
        }
        return new Form(ranges, proofs, exact);
    }

    private static Form phrase(List<Token> tokens) {
        List<Range> ranges = new ArrayList<>();
        StringBuilder together = new StringBuilder(tokens.getFirst().run() ? "" : " ");
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean last = i == tokens.size() - 1;
            ranges(token, last, ranges);
            together.append(token.text()).append(last ? "" : " ");
        }
        String exact = (tokens.getFirst().run() ? " " : "") + together + " ";
        return new Form(ranges, List.of(together.toString()), List.of(exact));
    }

    private static void ranges(Token token, boolean prefix, List<Range> ranges) {
        String text = token.text();
        if (!token.run()) {
            ranges.add(new Range(text, prefix));
        } else if (text.codePointCount(0, text.length()) == 1) {
            ranges.add(new Range(text, true));
        } else {
            List<String> pairs = new ArrayList<>();
            SearchText.pairs(text, pairs);
            pairs.stream().limit(MOST_PAIRS).forEach(pair -> ranges.add(new Range(pair, false)));
        }
    }

    private static void lastDigits(String text, List<Form> forms) {
        String digits = text.replaceAll("\\D", "");
        if (NUMBER.matcher(text).matches() && digits.length() >= FEWEST_LAST_DIGITS) {
            if (length(Tokens.of(text)) == digits.length()) {
                forms.add(beginning(Tokens.cut(digits)));
            }
            int from = Math.max(0, digits.length() - MOST_LAST_DIGITS);
            String reversed =
                    new StringBuilder(digits.substring(from)).reverse().toString();
            forms.add(beginning(SearchText.REVERSED + reversed));
        }
    }

    /// `gtx500` for `GTX 500`, and `Mueller` for `Müller` in both directions.
    private static void spelledOtherwise(String text, Token token, List<Form> forms) {
        String word = token.text();
        List<String> stretches = Tokens.stretches(word);
        if (stretches.size() > 1) {
            List<Token> parts =
                    stretches.stream().map(part -> new Token(part, 0, 0, false)).toList();
            forms.add(phrase(parts));
        }
        if (UMLAUT.matcher(text).find()) {
            String spelled = UMLAUT.matcher(text)
                    .replaceAll(umlaut -> Folding.fold(umlaut.group().charAt(0)) + "e");
            Tokens.of(spelled).stream().limit(1).forEach(other -> forms.add(beginning(other.text())));
        }
        String without = word.replaceAll("(?<=[aou])e", "");
        if (!without.equals(word)) {
            forms.add(beginning(without));
        }
    }
}
