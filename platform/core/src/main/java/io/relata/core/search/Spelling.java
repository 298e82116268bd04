package io.relata.core.search;

import java.util.LinkedHashSet;
import java.util.Set;

/// Which words may be misspellings of which: those that one letter more, less, other or in its neighbour's place makes
/// equal.
///
/// Two such words share a key when each is filed under itself and under itself less any one letter. Long words are
/// filed by their beginning alone, which keeps the keys few.
final class Spelling {

    private static final int SHORTEST = 4;
    private static final int LONGEST = 32;
    private static final int FILED = 7;

    /// From here on the beginning of a word, while the rest is not typed yet, may be misspelt as well.
    private static final int SHORTEST_BEGINNING = 6;

    private Spelling() {}

    /// Returns whether the word is of a sort that people misspell: letters only, neither short nor endless.
    static boolean comparable(String word) {
        return word.length() >= SHORTEST
                && word.length() <= LONGEST
                && word.chars().allMatch(Character::isLetter)
                && !Tokens.inRun(word.charAt(0));
    }

    /// Returns the key under which the word itself is filed.
    static String key(String word) {
        return word.length() <= FILED ? word : word.substring(0, FILED);
    }

    /// Returns all keys under which the word is filed, and asked for.
    static Set<String> keys(String word) {
        String filed = key(word);
        Set<String> keys = new LinkedHashSet<>();
        keys.add(filed);
        for (int i = 0; i < filed.length(); i++) {
            keys.add(filed.substring(0, i) + filed.substring(i + 1));
        }
        return keys;
    }

    /// Returns whether somebody who typed one of the words may have meant the other, or one that begins like it.
    static boolean near(String typed, String word) {
        if (oneEdit(typed, word)) {
            return true;
        }
        if (typed.length() < SHORTEST_BEGINNING) {
            return false;
        }
        for (int length = typed.length() - 1; length <= typed.length() + 1; length++) {
            if (length < word.length() && oneEdit(typed, word.substring(0, length))) {
                return true;
            }
        }
        return false;
    }

    private static boolean oneEdit(String one, String other) {
        int prefix = 0;
        int shorter = Math.min(one.length(), other.length());
        while (prefix < shorter && one.charAt(prefix) == other.charAt(prefix)) {
            prefix++;
        }
        int suffix = 0;
        while (suffix < shorter - prefix
                && one.charAt(one.length() - 1 - suffix) == other.charAt(other.length() - 1 - suffix)) {
            suffix++;
        }
        int restOfOne = one.length() - prefix - suffix;
        int restOfOther = other.length() - prefix - suffix;
        if (restOfOne <= 1 && restOfOther <= 1) {
            return true;
        }
        return restOfOne == 2
                && restOfOther == 2
                && one.charAt(prefix) == other.charAt(prefix + 1)
                && one.charAt(prefix + 1) == other.charAt(prefix);
    }
}
