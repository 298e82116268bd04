package io.relata.core.search;

/// A word of a text, or a run of characters of a script that writes no spaces between words.
///
/// @param text  folded
/// @param start where it begins in the text as it stands
/// @param end   behind its last character
/// @param run   whether it is such a run
record Token(String text, int start, int end, boolean run) {

    /// Longer words are cut; whoever looks for one is cut alike.
    static final int LONGEST = 48;

    boolean hasLetter() {
        return text.codePoints().anyMatch(Character::isLetter);
    }

    boolean hasDigit() {
        return text.codePoints().anyMatch(Character::isDigit);
    }
}
