package io.relata.deploy;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// `deploy/status`: says how each part does; the exit code is 0 only if all are healthy.
record StatusCommand(Options options, Path dist) {

    int run() {
        Home home = new Home(options.home());
        Optional<Parts> parts = DownCommand.partsOf(home, dist);
        if (parts.isEmpty()) {
            System.out.println("Relata was never started in " + home.root() + ".");
            return 1;
        }
        System.out.println(line("part", "process", "port", "health", "memory"));
        boolean allHealthy = true;
        for (Part part : parts.get().all()) {
            Optional<ProcessHandle> process = part.process();
            boolean healthy = process.isPresent() && part.healthy();
            allHealthy &= healthy;
            System.out.println(line(
                    part.name(),
                    process.map(handle -> String.valueOf(handle.pid())).orElse("-"),
                    String.valueOf(part.ports().getFirst()),
                    healthy ? "healthy" : process.isPresent() ? "not healthy" : "not running",
                    process.map(handle -> Memory.megabytes(handle) + " MB").orElse("-")));
        }
        return allHealthy ? 0 : 1;
    }

    private static String line(String part, String process, String port, String health, String memory) {
        return String.format(Locale.ROOT, "%-14s %-9s %-6s %-12s %s", part, process, port, health, memory);
    }
}
