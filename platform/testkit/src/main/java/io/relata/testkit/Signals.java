package io.relata.testkit;

import java.io.IOException;

/// Sends POSIX signals; Java itself knows only the two that PostgreSQL answers too slowly or too harshly.
final class Signals {

    private Signals() {}

    static void send(String signal, long pid) {
        try {
            // The shell's own kill: minimal systems have no program of that name.
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new PostgresException("Process " + pid + " cannot be signalled: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresException("Interrupted while stopping PostgreSQL.", e);
        }
    }
}
