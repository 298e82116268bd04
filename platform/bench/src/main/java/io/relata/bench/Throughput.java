package io.relata.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/// Counts how often something can be done per second by a fixed number of callers at once.
final class Throughput {

    private final int callers;
    private final Duration round;

    Throughput(int callers, Duration round) {
        this.callers = callers;
        this.round = round;
    }

    /// Runs one round and returns operations per second.
    ///
    /// @param caller makes what caller number n does again and again
    double measure(IntFunction<Callable<?>> caller) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            long begin = System.nanoTime();
            long end = begin + round.toNanos();
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                Callable<?> operation = caller.apply(i);
                counts.add(threads.submit(() -> countUntil(end, operation)));
            }
            long total = 0;
            for (Future<Long> count : counts) {
                total += count.get();
            }
            return total * 1e9 / (System.nanoTime() - begin);
        }
    }

    private static long countUntil(long end, Callable<?> operation) throws Exception {
        long count = 0;
        while (System.nanoTime() < end) {
            operation.call();
            count++;
        }
        return count;
    }
}
