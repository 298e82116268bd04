package io.relata.core.search;

import com.ibm.icu.text.Transliterator;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What people do not distinguish when they search: case, accents, widths, and traditional from simplified Chinese.
final class Folding {

    private static final int ASCII = 128;

    /// Letters that Unicode does not take apart.
    private static final Map<Integer, String> WHOLE = Map.ofEntries(
            Map.entry((int) 'ß', "ss"),
            Map.entry((int) 'ẞ', "ss"),
            Map.entry((int) 'æ', "ae"),
            Map.entry((int) 'Æ', "ae"),
            Map.entry((int) 'œ', "oe"),
            Map.entry((int) 'Œ', "oe"),
            Map.entry((int) 'ø', "o"),
            Map.entry((int) 'Ø', "o"),
            Map.entry((int) 'đ', "d"),
            Map.entry((int) 'Đ', "d"),
            Map.entry((int) 'ð', "d"),
            Map.entry((int) 'Ð', "d"),
            Map.entry((int) 'þ', "th"),
            Map.entry((int) 'Þ', "th"),
            Map.entry((int) 'ł', "l"),
            Map.entry((int) 'Ł', "l"),
            Map.entry((int) 'ı', "i"));

    private static final Transliterator SIMPLIFIED = Transliterator.getInstance("Traditional-Simplified");

    /// Bounded by the number of characters there are.
    private static final Map<Integer, String> KNOWN = new ConcurrentHashMap<>();

    private Folding() {}

    /// Returns the folded form of a character; empty for an accent that stands for itself.
    static String fold(int character) {
        if (character < ASCII) {
            return Character.toString(Character.toLowerCase(character));
        }
        return KNOWN.computeIfAbsent(character, Folding::folded);
    }

    private static String folded(int character) {
        String whole = WHOLE.get(character);
        if (whole != null) {
            return whole;
        }
        String text = Character.toString(character);
        if (Character.UnicodeScript.of(character) == Character.UnicodeScript.HAN) {
            return SIMPLIFIED.transliterate(Normalizer.normalize(text, Normalizer.Form.NFKC));
        }
        StringBuilder folded = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFKD)
                .codePoints()
                .filter(Folding::isWordPart)
                .forEach(part -> folded.append(WHOLE.getOrDefault(part, Character.toString(part))));
        return folded.toString().toLowerCase(Locale.ROOT);
    }

    /// Returns whether the character is part of a word, or a sign that stands for one.
    static boolean isWordPart(int character) {
        return Character.isLetterOrDigit(character) || Character.getType(character) == Character.OTHER_SYMBOL;
    }

    static boolean isMark(int character) {
        int type = Character.getType(character);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }
}
