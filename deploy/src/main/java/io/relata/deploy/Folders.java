package io.relata.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// Copies and compares folders.
final class Folders {

    private Folders() {}

    /// Makes the target hold exactly what the source holds; files that did not change keep their time.
    static void mirror(Path source, Path target) throws IOException {
        Set<Path> wanted = new HashSet<>();
        if (Files.isDirectory(source)) {
            for (Path file : walk(source)) {
                Path relative = source.relativize(file);
                wanted.add(relative);
                copy(file, target.resolve(relative));
            }
        }
        if (Files.isDirectory(target)) {
            for (Path file : walk(target).reversed()) {
                if (!wanted.contains(target.relativize(file))) {
                    Files.delete(file);
                }
            }
        }
    }

    /// Changes when a file comes, goes, or gets another size or time.
    static String fingerprint(Path folder) throws IOException {
        long fingerprint = 0;
        for (Path file : walk(folder)) {
            if (Files.isRegularFile(file)) {
                fingerprint = 31 * fingerprint
                        + Objects.hash(
                                folder.relativize(file).toString(),
                                Files.size(file),
                                Files.getLastModifiedTime(file).toMillis());
            }
        }
        return Long.toHexString(fingerprint);
    }

    private static List<Path> walk(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted(Comparator.naturalOrder()).toList();
        }
    }

    private static void copy(Path file, Path target) throws IOException {
        if (Files.isDirectory(file)) {
            Files.createDirectories(target);
        } else if (!Files.exists(target)
                || Files.size(target) != Files.size(file)
                || !Files.getLastModifiedTime(target).equals(Files.getLastModifiedTime(file))) {
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }
}
