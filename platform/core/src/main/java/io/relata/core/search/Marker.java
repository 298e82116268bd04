package io.relata.core.search;

import io.relata.core.metadata.FieldDefinition;
import io.relata.core.search.SearchResult.Mark;
import io.relata.core.search.SearchResult.Snippet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Shows in the texts of a hit what was looked for.
final class Marker {

    private static final int BEFORE = 40;
    private static final int LONGEST = 160;
    private static final String CUT = "…";

    private final List<Set<String>> words = new ArrayList<>();

    Marker(SearchPlan plan) {
        for (List<Need> needs : plan.alternatives()) {
            for (Need need : needs) {
                if (!need.absent()) {
                    Set<String> parts = new LinkedHashSet<>();
                    need.forms()
                            .forEach(form -> form.proofs()
                                    .forEach(proof ->
                                            parts.addAll(List.of(proof.strip().split(" ")))));
                    words.add(parts);
                }
            }
        }
    }

    /// What stands in a text: where, and which of the words.
    record Marked(List<Mark> marks, Set<Integer> words) {

        boolean anyBeyond(Marked other) {
            Set<Integer> more = new HashSet<>(words);
            more.removeAll(other.words());
            return !more.isEmpty();
        }
    }

    /// Marks a text.
    ///
    /// @param name whether it names the record, so that it is read aloud too
    Marked mark(String text, boolean name) {
        List<Token> tokens = Tokens.of(text);
        BitSet marked = new BitSet(text.length());
        Set<Integer> found = new HashSet<>();
        for (int i = 0; i < words.size(); i++) {
            for (String part : words.get(i)) {
                if (markPart(text, tokens, part, name, marked)) {
                    found.add(i);
                }
            }
        }
        List<Mark> marks = new ArrayList<>();
        for (int start = marked.nextSetBit(0); start >= 0; start = marked.nextSetBit(marked.nextClearBit(start))) {
            marks.add(new Mark(start, marked.nextClearBit(start) - start));
        }
        return new Marked(marks, found);
    }

    private static boolean markPart(String text, List<Token> tokens, String part, boolean name, BitSet marked) {
        if (part.charAt(0) == SearchText.REVERSED) {
            return markLastDigits(
                    text, new StringBuilder(part.substring(1)).reverse().toString(), marked);
        }
        boolean found = false;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            found |= token.run() ? markRun(token, part, name, marked) : markWords(tokens, i, part, marked);
        }
        return found;
    }

    /// A part that goes on over several words is a code without its signs.
    private static boolean markWords(List<Token> tokens, int first, String part, BitSet marked) {
        Token token = tokens.get(first);
        if (token.text().startsWith(part)) {
            markWithin(token, 0, part.length(), marked);
            return true;
        }
        String rest = part;
        int at = first;
        while (at < tokens.size()
                && !tokens.get(at).run()
                && rest.startsWith(tokens.get(at).text())) {
            rest = rest.substring(tokens.get(at).text().length());
            at++;
        }
        boolean goesOn = at < tokens.size() && tokens.get(at).text().startsWith(rest);
        boolean reached = at > first && (rest.isEmpty() || goesOn);
        if (reached) {
            marked.set(token.start(), tokens.get(rest.isEmpty() ? at - 1 : at).end());
        }
        return reached;
    }

    private static boolean markRun(Token token, String part, boolean name, BitSet marked) {
        boolean found = false;
        for (int at = token.text().indexOf(part); at >= 0; at = token.text().indexOf(part, at + 1)) {
            markWithin(token, at, part.length(), marked);
            found = true;
        }
        return found || (name && markReadAloud(token, part, marked));
    }

    private static boolean markReadAloud(Token token, String part, BitSet marked) {
        for (List<String> syllables : Pinyin.readings(token.text())) {
            for (int from = 0; from < syllables.size(); from++) {
                int spoken = spoken(syllables, from, part);
                if (spoken > 0) {
                    markWithin(token, from, spoken, marked);
                    return true;
                }
            }
        }
        return false;
    }

    /// Returns how many syllables from there on the part stands for, whole or by their initials; 0 when for none.
    private static int spoken(List<String> syllables, int from, String part) {
        StringBuilder whole = new StringBuilder();
        StringBuilder initials = new StringBuilder();
        for (int i = from; i < syllables.size(); i++) {
            whole.append(syllables.get(i));
            initials.append(syllables.get(i).charAt(0));
            boolean severalInitials =
                    initials.length() > 1 && initials.toString().equals(part);
            if (whole.toString().startsWith(part) || severalInitials) {
                return i - from + 1;
            }
        }
        return 0;
    }

    /// Where folding changed the number of characters, the whole word is marked.
    private static void markWithin(Token token, int from, int length, BitSet marked) {
        boolean same = token.text().length() == token.end() - token.start();
        if (same) {
            marked.set(token.start() + from, token.start() + from + length);
        } else {
            marked.set(token.start(), token.end());
        }
    }

    private static boolean markLastDigits(String text, String digits, BitSet marked) {
        int at = digits.length() - 1;
        int end = -1;
        for (int i = text.length() - 1; i >= 0; i--) {
            if (Character.isDigit(text.charAt(i))) {
                if (text.charAt(i) != digits.charAt(at)) {
                    return false;
                }
                end = end < 0 ? i + 1 : end;
                if (at-- == 0) {
                    marked.set(i, end);
                    return true;
                }
            }
        }
        return false;
    }

    /// Cuts a long text around its first mark.
    static Snippet snippet(FieldDefinition field, String text, List<Mark> marks) {
        String flat = text.replaceAll("\\s", " ");
        int first = marks.isEmpty() ? 0 : marks.getFirst().start();
        int start = flat.length() <= LONGEST ? 0 : Math.max(0, first - BEFORE);
        start = start > 0 && Character.isLowSurrogate(flat.charAt(start)) ? start - 1 : start;
        int end = Math.min(flat.length(), start + LONGEST);
        end = end < flat.length() && Character.isLowSurrogate(flat.charAt(end)) ? end - 1 : end;
        String shown = (start > 0 ? CUT : "") + flat.substring(start, end) + (end < flat.length() ? CUT : "");
        int shift = (start > 0 ? CUT.length() : 0) - start;
        int last = end;
        return new Snippet(
                field,
                shown,
                marks.stream()
                        .filter(mark -> mark.start() + mark.length() <= last)
                        .map(mark -> new Mark(mark.start() + shift, mark.length()))
                        .toList());
    }
}
