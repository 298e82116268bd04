package io.relata.core.expression;

/// What computing may cost: steps, and characters of text made on the way. Every computation has one, so that no
/// expression, however it came to be, takes the machine. Used by one thread.
public final class Budget {

    /// Some ten milliseconds of work.
    private static final int STEPS = 200_000;

    private static final int CHARACTERS = 2_000_000;

    private int steps = STEPS;
    private int characters = CHARACTERS;

    /// Says that there is nothing left.
    public static final class Exhausted extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Exhausted() {
            super("The expression takes too much work", null, false, false);
        }
    }

    void step() {
        steps(1);
    }

    void steps(int count) {
        steps -= count;
        if (steps < 0) {
            throw new Exhausted();
        }
    }

    String text(String made) {
        characters -= made.length();
        if (characters < 0) {
            throw new Exhausted();
        }
        return made;
    }
}
