package io.relata.core.search;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Takes texts apart into words.
final class Tokens {

    private static final Set<UnicodeScript> WITHOUT_SPACES = Set.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    /// What may stand within a code, an address or a name.
    private static final String JOINERS = "-_./@+#&:'’*\\~=|";

    private static final int ASCII = 128;

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final StringBuilder current = new StringBuilder();
    private int start;
    private boolean run;

    private Tokens(String text) {
        this.text = text;
    }

    /// Returns the words in the order in which they stand.
    static List<Token> of(String text) {
        return new Tokens(text).read();
    }

    private List<Token> read() {
        int at = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            int next = at + Character.charCount(character);
            if (Folding.isWordPart(character)) {
                add(character, at);
            } else if (!Folding.isMark(character) || current.isEmpty()) {
                end(at);
            }
            at = next;
        }
        end(text.length());
        return tokens;
    }

    private void add(int character, int at) {
        boolean inRun = inRun(character);
        if (!current.isEmpty() && inRun != run) {
            end(at);
        }
        if (current.isEmpty()) {
            start = at;
            run = inRun;
        }
        current.append(Folding.fold(character));
    }

    /// Returns whether the character belongs to a script that writes no spaces between words.
    static boolean inRun(int character) {
        return character >= ASCII && WITHOUT_SPACES.contains(UnicodeScript.of(character));
    }

    private void end(int at) {
        if (!current.isEmpty()) {
            String word = current.toString();
            tokens.add(new Token(run ? word : cut(word), start, at, run));
            current.setLength(0);
        }
    }

    static String cut(String word) {
        return word.codePointCount(0, word.length()) <= Token.LONGEST
                ? word
                : word.substring(0, word.offsetByCodePoints(0, Token.LONGEST));
    }

    /// Returns the groups of two or more words that only signs of a code, an address or a name stand between, each
    /// group as one word: `GTX-500` is `gtx500` too.
    static List<String> compounds(String text, List<Token> tokens) {
        List<String> compounds = new ArrayList<>();
        StringBuilder group = new StringBuilder();
        int members = 0;
        for (int i = 0; i < tokens.size(); i++) {
            if (i > 0 && !joined(text, tokens.get(i - 1), tokens.get(i))) {
                if (members > 1) {
                    compounds.add(cut(group.toString()));
                }
                group.setLength(0);
                members = 0;
            }
            group.append(tokens.get(i).text());
            members++;
        }
        if (members > 1) {
            compounds.add(cut(group.toString()));
        }
        return compounds;
    }

    private static boolean joined(String text, Token one, Token next) {
        return !one.run()
                && !next.run()
                && next.start() - one.end() == 1
                && JOINERS.indexOf(text.charAt(one.end())) >= 0;
    }

    /// Returns the stretches of letters and of digits that a word like `gtx500` consists of; one when it has no such.
    static List<String> stretches(String word) {
        List<String> stretches = new ArrayList<>();
        int from = 0;
        for (int i = 1; i < word.length(); i++) {
            if (Character.isDigit(word.charAt(i)) != Character.isDigit(word.charAt(i - 1))) {
                stretches.add(word.substring(from, i));
                from = i;
            }
        }
        stretches.add(word.substring(from));
        return stretches;
    }
}
