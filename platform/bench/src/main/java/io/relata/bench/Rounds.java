package io.relata.bench;

import java.util.Arrays;
import java.util.Locale;

/// Measures two ways to do the same in turns, so that a noisy machine disturbs both alike, and compares the medians.
record Rounds(int rounds, long nanosPerRound) {

    /// Something that is done again and again.
    @FunctionalInterface
    interface Work {
        void run(int round) throws Exception;
    }

    /// Prints a row of the table and returns how many times as long the first takes as the second.
    double compare(String name, String limit, Work product, Work hand) throws Exception {
        int repeat = repetitions(hand);
        int productRepeat = repetitions(product);
        double[] ours = new double[rounds];
        double[] theirs = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            ours[round] = time(product, productRepeat);
            theirs[round] = time(hand, repeat);
        }
        double our = median(ours);
        double their = median(theirs);
        System.out.printf(
                Locale.ROOT, "| %s | %.3f | %.3f | %.2f | %s |%n", name, our / 1e6, their / 1e6, our / their, limit);
        return our / their;
    }

    /// Also warms up: prepared statements become server-side after some executions.
    private int repetitions(Work work) throws Exception {
        time(work, 12);
        double once = time(work, 3);
        return (int) Math.clamp(nanosPerRound / Math.max(once, 1), 1, 20_000);
    }

    private static double time(Work work, int repeat) throws Exception {
        long begin = System.nanoTime();
        for (int i = 0; i < repeat; i++) {
            work.run(i);
        }
        return (System.nanoTime() - begin) / (double) repeat;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
