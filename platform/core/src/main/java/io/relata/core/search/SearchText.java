package io.relata.core.search;

import io.relata.core.metadata.FieldDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What of a record is searched, as one folded text of three lines, each of words between blanks: the name; the other
/// fields; and what else people may type for them (codes without their signs, phone numbers without blanks, pinyin).
///
/// The terms under which the index finds the record follow from this text alone, so that what is stored says what is
/// to be removed. Whoever changes how they follow has to empty the index.
final class SearchText {

    /// Before the digits of a phone number from its end: no word begins like this.
    static final char REVERSED = '^';

    /// Of the text of one record's fields, and of one file.
    private static final int MOST_TERMS = 5_000;

    private static final int MOST_TERMS_OF_FILE = 20_000;

    private static final int MOST_CHARACTERS = 200_000;

    private static final int LONGEST_READ_ALOUD = 24;
    private static final int SHORTEST_CODE_PART = 2;
    private static final int SHORTEST_CODE_END = 3;
    private static final int LONGEST_CODE = 24;
    private static final String BETWEEN_FIELDS = "| ";
    private static final char LINE = '\n';

    private final StringBuilder name = new StringBuilder(" ");
    private final StringBuilder others = new StringBuilder(" ");
    private final Set<String> derived = new LinkedHashSet<>();

    private SearchText() {}

    /// Returns the text of a record.
    ///
    /// @param values by field name
    static String of(SearchFields fields, Map<String, @Nullable Object> values) {
        SearchText text = new SearchText();
        text.name(fields.name(), values.get(fields.name().name()));
        for (FieldDefinition field : fields.others()) {
            text.other(field, values.get(field.name()));
        }
        return text.join();
    }

    /// Returns the text of a file.
    static String ofFile(String words) {
        SearchText text = new SearchText();
        text.add(text.others, words, false);
        return text.join();
    }

    private void name(FieldDefinition field, @Nullable Object value) {
        if (value instanceof String raw) {
            List<Token> tokens = add(name, raw, field.type().searchedByDigits());
            tokens.stream().filter(Token::run).forEach(token -> readAloud(token.text()));
        }
    }

    private void other(FieldDefinition field, @Nullable Object value) {
        String raw = field.type().searched(field, value);
        if (raw != null && others.length() < MOST_CHARACTERS) {
            if (others.length() > 1) {
                others.append(BETWEEN_FIELDS);
            }
            add(others, raw, field.type().searchedByDigits());
        }
    }

    private List<Token> add(StringBuilder line, String raw, boolean phone) {
        String text = raw.length() > MOST_CHARACTERS ? raw.substring(0, MOST_CHARACTERS) : raw;
        List<Token> tokens = Tokens.of(text);
        tokens.forEach(token -> line.append(token.text()).append(' '));
        derived.addAll(Tokens.compounds(text, tokens));
        tokens.forEach(this::codeParts);
        if (phone) {
            phone(tokens);
        }
        return tokens;
    }

    /// The beginning of a code or number is found as it stands; the rest from each change between letters and digits
    /// on,
    /// and, as people remember the end of a code or what stands in its middle, from each of its signs on.
    private void codeParts(Token token) {
        if (token.run() || !token.hasDigit()) {
            return;
        }
        String text = token.text();
        if (text.length() <= LONGEST_CODE && text.chars().allMatch(Character::isLetterOrDigit)) {
            for (int from = 1; text.length() - from >= SHORTEST_CODE_END; from++) {
                derived.add(text.substring(from));
            }
        }
        if (token.hasLetter()) {
            int from = 0;
            for (String stretch : Tokens.stretches(token.text())) {
                if (from > 0 && token.text().length() - from >= SHORTEST_CODE_PART) {
                    derived.add(token.text().substring(from));
                }
                from += stretch.length();
            }
        }
    }

    private void phone(List<Token> tokens) {
        StringBuilder digits = new StringBuilder();
        tokens.forEach(token -> token.text().chars().filter(Character::isDigit).forEach(c -> digits.append((char) c)));
        if (!digits.isEmpty()) {
            derived.add(Tokens.cut(digits.toString()));
            derived.add(Tokens.cut(REVERSED + digits.reverse().toString()));
        }
    }

    private void readAloud(String run) {
        if (run.codePointCount(0, run.length()) > LONGEST_READ_ALOUD) {
            return;
        }
        for (List<String> syllables : Pinyin.readings(run)) {
            for (int from = 0; from < syllables.size(); from++) {
                List<String> rest = syllables.subList(from, syllables.size());
                derived.add(Tokens.cut(String.join("", rest)));
                if (rest.size() > 1) {
                    StringBuilder initials = new StringBuilder();
                    rest.forEach(syllable -> initials.append(syllable.charAt(0)));
                    derived.add(initials.toString());
                }
            }
        }
    }

    private String join() {
        StringBuilder text = new StringBuilder(name).append(LINE).append(others).append(LINE);
        text.append(' ');
        derived.forEach(word -> text.append(word).append(' '));
        return text.toString();
    }

    /// Returns the terms under which the text is found: each word; of a run each pair of neighbours and the last
    /// character, so that one character finds the pairs that begin with it.
    ///
    /// @param source of the text, as in the index
    static Set<String> terms(String text, String source) {
        int most = source.equals(SearchIndex.FIELDS) ? MOST_TERMS : MOST_TERMS_OF_FILE;
        Set<String> terms = new LinkedHashSet<>();
        for (String word : words(text)) {
            if (terms.size() >= most) {
                break;
            }
            if (isRun(word)) {
                pairs(word, terms);
                terms.add(word.substring(word.offsetByCodePoints(word.length(), -1)));
            } else {
                terms.add(word);
            }
        }
        return terms;
    }

    /// Returns the words of the fields themselves that spelling can be compared with.
    static List<String> spelledWords(String text) {
        List<String> words = new ArrayList<>();
        int end = text.lastIndexOf(LINE);
        for (String word : words(text.substring(0, Math.max(end, 0)))) {
            if (Spelling.comparable(word)) {
                words.add(word);
            }
        }
        return words;
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean blank = i == text.length() || text.charAt(i) == ' ' || text.charAt(i) == LINE;
            if (blank && start >= 0) {
                String word = text.substring(start, i);
                if (!word.equals("|")) {
                    words.add(word);
                }
                start = -1;
            } else if (!blank && start < 0) {
                start = i;
            }
        }
        return words;
    }

    /// Adds the pairs of neighbours in a run.
    static void pairs(String run, Collection<String> pairs) {
        int from = 0;
        int middle = run.offsetByCodePoints(0, 1);
        while (middle < run.length()) {
            int end = run.offsetByCodePoints(middle, 1);
            pairs.add(run.substring(from, end));
            from = middle;
            middle = end;
        }
    }

    private static boolean isRun(String word) {
        return Tokens.inRun(word.codePointAt(0));
    }
}
