package io.relata.core.expression;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/// A pattern for a whole text: characters, `.`, sets such as `[A-Z0-9]` or `\d`, groups, `|`, and `?`, `*`, `+`,
/// `{n}`, `{n,m}`. There is nothing else, so that Java, SQL and the browser agree, and whether a text fits is found
/// out in one walk over it: no pattern makes the time explode.
final class Pattern {

    static final int LONGEST = 200;

    private final List<Step> steps;
    private final String portable;

    /// One instruction of the machine that walks over a text.
    private sealed interface Step {

        /// Takes a character that lies in one of the ranges (pairs of first and last), or in none.
        record Take(List<Integer> ranges, boolean others) implements Step {

            boolean takes(int character) {
                for (int i = 0; i < ranges.size(); i += 2) {
                    if (character >= ranges.get(i) && character <= ranges.get(i + 1)) {
                        return !others;
                    }
                }
                return others;
            }
        }

        record Split(int one, int other) implements Step {}

        record Done() implements Step {}
    }

    /// What speaks against a pattern.
    static final class Unusable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int at;

        Unusable(int at) {
            super("at " + at, null, false, false);
            this.at = at;
        }

        /// Returns the character of the pattern, counted from 1.
        int at() {
            return at;
        }
    }

    private Pattern(List<Step> steps, String portable) {
        this.steps = List.copyOf(steps);
        this.portable = portable;
    }

    /// @throws Unusable when the text is no pattern
    static Pattern of(String text) {
        PatternReader.Part part = PatternReader.read(text);
        List<Step> steps = new ArrayList<>();
        append(part, steps);
        steps.add(new Step.Done());
        return new Pattern(steps, part.portable());
    }

    private static void append(PatternReader.Part part, List<Step> steps) {
        switch (part) {
            case PatternReader.Part.Set set -> steps.add(new Step.Take(set.ranges(), set.others()));
            case PatternReader.Part.Row row -> row.parts().forEach(one -> append(one, steps));
            case PatternReader.Part.Either either -> appendEither(either.parts(), steps);
            case PatternReader.Part.Repeat repeat -> {
                for (int i = 0; i < repeat.least(); i++) {
                    append(repeat.part(), steps);
                }
                appendOptional(repeat.part(), repeat.most() - repeat.least(), steps);
            }
        }
        if (steps.size() > PatternReader.MOST_STEPS) {
            throw new Unusable(1);
        }
    }

    private static void appendEither(List<PatternReader.Part> parts, List<Step> steps) {
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            int split = steps.size();
            if (!last) {
                steps.add(new Step.Done());
            }
            append(parts.get(i), steps);
            if (!last) {
                ends.add(steps.size());
                steps.add(new Step.Done());
                steps.set(split, new Step.Split(split + 1, steps.size()));
            }
        }
        ends.forEach(end -> steps.set(end, new Step.Split(steps.size(), steps.size())));
    }

    /// @param times how often at most; less than zero: without end
    private static void appendOptional(PatternReader.Part part, int times, List<Step> steps) {
        if (times < 0) {
            int split = steps.size();
            steps.add(new Step.Done());
            append(part, steps);
            steps.add(new Step.Split(split, split));
            steps.set(split, new Step.Split(split + 1, steps.size()));
            return;
        }
        List<Integer> splits = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            splits.add(steps.size());
            steps.add(new Step.Done());
            append(part, steps);
        }
        splits.forEach(split -> steps.set(split, new Step.Split(split + 1, steps.size())));
    }

    /// Returns the pattern in a form that PostgreSQL and browsers understand alike.
    String portable() {
        return portable;
    }

    /// Returns the steps for another machine: `[first, last, …]` takes a character of these ranges, `{"not": […]}` one
    /// of
    /// none of them, `{"or": [one, other]}` goes on at both places, and `{}` is the end.
    List<Object> written() {
        List<Object> written = new ArrayList<>();
        for (Step step : steps) {
            switch (step) {
                case Step.Take take -> written.add(take.others() ? Map.of("not", take.ranges()) : take.ranges());
                case Step.Split split -> written.add(Map.of("or", List.of(split.one(), split.other())));
                case Step.Done done -> written.add(Map.of());
            }
        }
        return written;
    }

    /// Returns how many steps the machine has.
    int size() {
        return steps.size();
    }

    boolean matches(String text) {
        BitSet now = new BitSet();
        reach(0, now);
        for (int i = 0; i < text.length() && !now.isEmpty(); ) {
            int character = text.codePointAt(i);
            BitSet next = new BitSet();
            for (int at = now.nextSetBit(0); at >= 0; at = now.nextSetBit(at + 1)) {
                if (steps.get(at) instanceof Step.Take take && take.takes(character)) {
                    reach(at + 1, next);
                }
            }
            now = next;
            i += Character.charCount(character);
        }
        return now.get(steps.size() - 1);
    }

    /// Marks what can be reached without a character.
    private void reach(int start, BitSet marked) {
        BitSet waiting = new BitSet();
        waiting.set(start);
        for (int at = start; at >= 0; at = waiting.nextSetBit(0)) {
            waiting.clear(at);
            if (marked.get(at)) {
                continue;
            }
            marked.set(at);
            if (steps.get(at) instanceof Step.Split split) {
                waiting.set(split.one());
                waiting.set(split.other());
            }
        }
    }
}
