package io.relata.core.odata;

import io.relata.core.query.Search;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what people type into a search box: words, "phrases", and OData's operators AND, OR and NOT.
///
/// Olingo's own reader takes words of letters only and phrases of ASCII only, so `GTX 500` and `"北京"` would fail.
/// Here nothing is an error: what is no operator is looked for as it stands.
final class SearchTerms {

    private static final Pattern TERM = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");
    private static final int MAX_WORDS = 20;

    private SearchTerms() {}

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
        if (count > MAX_WORDS) {
            throw Refusal.of("query-search-words", MAX_WORDS);
        }
        alternatives.removeIf(List::isEmpty);
        return alternatives.isEmpty() ? Optional.empty() : Optional.of(new Search(alternatives));
    }

    private static String unescaped(String phrase) {
        return ESCAPE.matcher(phrase).replaceAll("$1");
    }
}
