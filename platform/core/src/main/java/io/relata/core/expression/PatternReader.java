package io.relata.core.expression;

import java.util.ArrayList;
import java.util.List;

/// Reads a [Pattern]'s text.
final class PatternReader {

    static final int MOST_STEPS = 500;

    private static final int MOST_TIMES = 255;
    private static final int DEEPEST = 20;
    private static final String SPECIAL = "\\.[]{}()*+?|^$-/";

    private final int[] text;
    private int at;
    private int depth;

    private PatternReader(String text) {
        this.text = text.codePoints().toArray();
    }

    /// A part of a pattern.
    sealed interface Part {

        /// Returns the part as other machines write it: every character as its code, so that none has a meaning.
        String portable();

        /// One character of the ranges (pairs of first and last), or of none of them.
        record Set(List<Integer> ranges, boolean others) implements Part {

            @Override
            public String portable() {
                StringBuilder set = new StringBuilder(others ? "[^" : "[");
                for (int i = 0; i < ranges.size(); i += 2) {
                    set.append(code(ranges.get(i))).append('-').append(code(ranges.get(i + 1)));
                }
                return ranges.isEmpty() ? "[\\s\\S]" : set.append(']').toString();
            }

            private static String code(int character) {
                return "\\u%04x".formatted(character);
            }
        }

        record Row(List<Part> parts) implements Part {

            @Override
            public String portable() {
                StringBuilder row = new StringBuilder();
                parts.forEach(part -> row.append(part.portable()));
                return row.toString();
            }
        }

        record Either(List<Part> parts) implements Part {

            @Override
            public String portable() {
                return "(?:"
                        + String.join("|", parts.stream().map(Part::portable).toList()) + ")";
            }
        }

        /// A part several times.
        ///
        /// @param most less than the least: without end
        record Repeat(Part part, int least, int most) implements Part {

            @Override
            public String portable() {
                String times = most < least ? "{" + least + ",}" : "{" + least + "," + most + "}";
                return "(?:" + part.portable() + ")" + times;
            }
        }
    }

    static Part read(String text) {
        PatternReader reader = new PatternReader(text);
        if (reader.text.length > Pattern.LONGEST) {
            throw new Pattern.Unusable(Pattern.LONGEST);
        }
        Part part = reader.either();
        if (reader.at < reader.text.length) {
            throw reader.unusable();
        }
        return part;
    }

    private Pattern.Unusable unusable() {
        return new Pattern.Unusable(at + 1);
    }

    private boolean sees(char character) {
        return at < text.length && text[at] == character;
    }

    private boolean takes(char character) {
        boolean seen = sees(character);
        at += seen ? 1 : 0;
        return seen;
    }

    private int next() {
        if (at >= text.length) {
            throw unusable();
        }
        return text[at++];
    }

    private Part either() {
        if (++depth > DEEPEST) {
            throw unusable();
        }
        List<Part> parts = new ArrayList<>(List.of(row()));
        while (takes('|')) {
            parts.add(row());
        }
        depth--;
        return parts.size() == 1 ? parts.getFirst() : new Part.Either(parts);
    }

    private Part row() {
        List<Part> parts = new ArrayList<>();
        while (at < text.length && !sees('|') && !sees(')')) {
            parts.add(repeated(one()));
        }
        return new Part.Row(parts);
    }

    private Part repeated(Part part) {
        if (takes('*')) {
            return new Part.Repeat(part, 0, -1);
        }
        if (takes('+')) {
            return new Part.Repeat(part, 1, 0);
        }
        if (takes('?')) {
            return new Part.Repeat(part, 0, 1);
        }
        if (!takes('{')) {
            return part;
        }
        int least = number();
        int most = takes(',') ? (sees('}') ? least - 1 : number()) : least;
        if (!takes('}') || most < least - 1 || (most < least && text[at - 2] != ',')) {
            throw unusable();
        }
        return new Part.Repeat(part, least, most);
    }

    private int number() {
        int start = at;
        int number = 0;
        while (at < text.length && text[at] >= '0' && text[at] <= '9' && number <= MOST_TIMES) {
            number = number * 10 + text[at++] - '0';
        }
        if (at == start || number > MOST_TIMES) {
            throw unusable();
        }
        return number;
    }

    private Part one() {
        if (takes('(')) {
            if (sees('?')) {
                throw unusable();
            }
            Part part = either();
            if (!takes(')')) {
                throw unusable();
            }
            return part;
        }
        if (takes('[')) {
            return set();
        }
        if (takes('.')) {
            return new Part.Set(List.of(), true);
        }
        if (takes('\\')) {
            return escaped();
        }
        if ("]{}*+?^$".indexOf(text[at]) >= 0) {
            throw unusable();
        }
        int character = next();
        return new Part.Set(bounded(character, character), false);
    }

    private Part.Set escaped() {
        int character = next();
        return switch (character) {
            case 'd' -> new Part.Set(digits(), false);
            case 'D' -> new Part.Set(digits(), true);
            case 'w' -> new Part.Set(letters(), false);
            case 'W' -> new Part.Set(letters(), true);
            case 's' -> new Part.Set(blanks(), false);
            case 'S' -> new Part.Set(blanks(), true);
            default -> new Part.Set(literal(character), false);
        };
    }

    private List<Integer> literal(int character) {
        if (SPECIAL.indexOf(character) < 0) {
            at--;
            throw unusable();
        }
        return List.of(character, character);
    }

    private static List<Integer> digits() {
        return List.of((int) '0', (int) '9');
    }

    private static List<Integer> letters() {
        return List.of((int) '0', (int) '9', (int) 'A', (int) 'Z', (int) '_', (int) '_', (int) 'a', (int) 'z');
    }

    private static List<Integer> blanks() {
        return List.of((int) '\t', (int) '\r', (int) ' ', (int) ' ', 0xa0, 0xa0, 0x3000, 0x3000);
    }

    private Part set() {
        boolean others = takes('^');
        List<Integer> ranges = new ArrayList<>();
        while (!sees(']')) {
            int first = next();
            if (first == '\\') {
                Part.Set escaped = escaped();
                if (escaped.others()) {
                    throw unusable();
                }
                ranges.addAll(escaped.ranges());
                continue;
            }
            if (first == '[') {
                throw unusable();
            }
            int last = sees('-') && at + 1 < text.length && text[at + 1] != ']' ? rangeEnd() : first;
            if (last < first) {
                throw unusable();
            }
            ranges.addAll(bounded(first, last));
        }
        at++;
        if (ranges.isEmpty()) {
            throw unusable();
        }
        return new Part.Set(ranges, others);
    }

    private int rangeEnd() {
        at++;
        int last = next();
        if (last == '\\' || last == '[') {
            throw unusable();
        }
        return last;
    }

    /// Beyond the first plane the machines do not write characters alike.
    private List<Integer> bounded(int first, int last) {
        if (last > 0xFFFF) {
            throw unusable();
        }
        return List.of(first, last);
    }
}
