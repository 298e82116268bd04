package io.relata.bench;

import java.time.Duration;
import java.util.Locale;

/// How much of the processors the server and the database take: less disturbed by other work on the machine than the
/// time that passes.
record Processor(ProcessHandle server, ProcessHandle database) {

    /// Processor time.
    record Time(Duration server, Duration database) {

        static final Time NONE = new Time(Duration.ZERO, Duration.ZERO);

        Time plus(Time other) {
            return new Time(server.plus(other.server), database.plus(other.database));
        }

        Time minus(Time other) {
            return new Time(server.minus(other.server), database.minus(other.database));
        }

        /// Returns how many milliseconds each of so many requests took.
        String each(double requests) {
            return String.format(
                    Locale.ROOT, "%.2f + %.2f", server.toNanos() / 1e6 / requests, database.toNanos() / 1e6 / requests);
        }
    }

    /// Returns what was spent so far; the connections must be the same ones all the time.
    Time spent() {
        return new Time(
                spent(server), database.descendants().map(Processor::spent).reduce(Duration.ZERO, Duration::plus));
    }

    private static Duration spent(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
