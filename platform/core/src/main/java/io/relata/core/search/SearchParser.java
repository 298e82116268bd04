package io.relata.core.search;

import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what people type into a search box: words, "phrases", and OData's operators AND, OR and NOT.
///
/// Olingo's own reader takes words of letters only and phrases of ASCII only, so `GTX 500` and `"北京"` would fail.
/// Here nothing is an error: what is no operator is looked for as it stands.
final class SearchParser {

    private static final Pattern TERM = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");
    private static final Pattern PHONE = Pattern.compile("[+(]?\\d[\\d()./-]*\\s[\\d\\s()./-]*");
    private static final int FEWEST_DIGITS = 5;
    private static final int MAX_WORDS = 20;

    private SearchParser() {}

    /// Returns the search; empty when nothing is looked for.
    static Optional<Search> parse(String text) {
        List<List<Search.Word>> alternatives = new ArrayList<>();
        List<Search.Word> words = new ArrayList<>();
        boolean absent = false;
        int count = 0;
        Matcher matcher = TERM.matcher(text);
        while (matcher.find()) {
            String phrase = matcher.group(1);
            if (phrase == null && matcher.group().equals("NOT")) {
                absent = true;
            } else if (phrase == null && matcher.group().equals("OR")) {
                alternatives.add(words);
                words = new ArrayList<>();
            } else if (phrase == null ? !matcher.group().equals("AND") : !phrase.isBlank()) {
                words.add(new Search.Word(phrase == null ? matcher.group() : unescaped(phrase), absent));
                absent = false;
                count++;
            }
        }
        alternatives.add(words);
        phoneNumber(text).ifPresent(number -> alternatives.add(List.of(number)));
        if (count > MAX_WORDS) {
            throw ProblemException.of(ProblemCode.INVALID_QUERY, "query-search-words", MAX_WORDS);
        }
        alternatives.removeIf(List::isEmpty);
        return alternatives.isEmpty() ? Optional.empty() : Optional.of(new Search(alternatives));
    }

    /// A phone number is written in groups, but not always in the same.
    private static Optional<Search.Word> phoneNumber(String text) {
        String digits = text.replaceAll("\\D", "");
        boolean grouped = PHONE.matcher(text).matches() && digits.length() >= FEWEST_DIGITS;
        return grouped ? Optional.of(new Search.Word(digits, false)) : Optional.empty();
    }

    private static String unescaped(String phrase) {
        return ESCAPE.matcher(phrase).replaceAll("$1");
    }
}
