package io.relata.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// How much memory a process and its children use.
final class Memory {

    private static final int KILO = 1024;

    private Memory() {}

    /// In megabytes; memory that the children share is counted once. Zero where the system does not say.
    static long megabytes(ProcessHandle process) {
        long kilobytes = value(process, "status", "VmRSS:")
                + process.descendants()
                        .mapToLong(child -> value(child, "smaps_rollup", "Pss:"))
                        .sum();
        return kilobytes / KILO;
    }

    private static long value(ProcessHandle process, String file, String key) {
        Path path = Path.of("/proc", Long.toString(process.pid()), file);
        try (Stream<String> lines = Files.lines(path, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }
}
