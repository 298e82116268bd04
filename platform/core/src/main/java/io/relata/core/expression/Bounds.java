package io.relata.core.expression;

import io.relata.core.expression.Mistake.Found;
import io.relata.core.expression.Type.Numeric;
import io.relata.core.expression.Type.Text;

/// How large what is computed can become, known before anything is: too large is refused.
final class Bounds {

    /// Digits after the point that a division gives.
    static final int QUOTIENT_SCALE = 10;

    private static final int MOST_DIGITS = 600;
    private static final int MOST_CHARACTERS = 500_000;
    static final int MOST_WEIGHT = 2_000;

    private Bounds() {}

    static <T extends Node> T within(int position, T node) {
        if (node.weight() > MOST_WEIGHT) {
            throw Found.at(position, "expression-too-big", MOST_WEIGHT);
        }
        if (node.type() instanceof Numeric number && Math.max(number.whole(), number.scale()) > MOST_DIGITS) {
            throw Found.at(position, "expression-number-too-big");
        }
        if (node.type() instanceof Text text && text.most() > MOST_CHARACTERS) {
            throw Found.at(position, "expression-text-too-long", MOST_CHARACTERS);
        }
        return node;
    }

    static Numeric sum(Numeric one, Numeric other) {
        return new Numeric(Math.max(one.whole(), other.whole()) + 1, Math.max(one.scale(), other.scale()));
    }

    static Numeric product(Numeric one, Numeric other) {
        return new Numeric(one.whole() + other.whole(), one.scale() + other.scale());
    }

    static Numeric quotient(Numeric one, Numeric other) {
        return new Numeric(one.whole() + other.scale() + 1, QUOTIENT_SCALE);
    }

    static Numeric remainder(Numeric one, Numeric other) {
        return new Numeric(Math.min(one.whole(), other.whole()), Math.max(one.scale(), other.scale()));
    }

    static Text joined(Text one, Text other) {
        return new Text(capped((long) one.most() + other.most()));
    }

    static Text replaced(Text text, Text with) {
        return new Text(capped((long) text.most() * Math.max(1, with.most())));
    }

    private static int capped(long most) {
        return (int) Math.min(most, Integer.MAX_VALUE);
    }
}
