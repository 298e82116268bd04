package io.relata.deploy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says what happens, and every few seconds what is waited for, so that nobody wonders whether it hangs.
public final class Progress implements AutoCloseable {

    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final Consumer<String> output;
    private final Map<String, Long> pending = new LinkedHashMap<>();
    private final Thread talker;
    private long lastLine = System.nanoTime();

    /// @param output takes one line at a time
    public Progress(Consumer<String> output) {
        this.output = output;
        talker = Thread.ofPlatform().daemon().start(this::keepTalking);
    }

    /// Prints a line.
    public synchronized void say(String line) {
        lastLine = System.nanoTime();
        output.accept(line);
    }

    /// Does something that takes a while; says when it is done and how long it took.
    public <T extends @Nullable Object> T during(String what, Callable<T> work) throws Exception {
        long started = System.nanoTime();
        begin(what, started);
        try {
            T result = work.call();
            end(what);
            say("  " + what + ": done in " + seconds(started));
            return result;
        } finally {
            end(what);
        }
    }

    private synchronized void begin(String what, long started) {
        pending.put(what, started);
    }

    private synchronized void end(String what) {
        pending.remove(what);
    }

    private void keepTalking() {
        try {
            while (true) {
                TimeUnit.SECONDS.sleep(1);
                breakSilence();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void breakSilence() {
        if (pending.isEmpty() || System.nanoTime() - lastLine < SILENCE.toNanos()) {
            return;
        }
        say("  ... "
                + pending.entrySet().stream()
                        .map(entry -> entry.getKey() + " (" + seconds(entry.getValue()) + ")")
                        .collect(Collectors.joining(", ")));
    }

    static String seconds(long sinceNanos) {
        long millis = (System.nanoTime() - sinceNanos) / 1_000_000;
        return millis < 10_000 ? "%.1f s".formatted(millis / 1000.0) : millis / 1000 + " s";
    }

    @Override
    public void close() {
        talker.interrupt();
    }
}
