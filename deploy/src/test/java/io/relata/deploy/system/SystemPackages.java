package io.relata.deploy.system;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Programs of the machine that tests need, installed from Debian's packages where they are missing.
final class SystemPackages {

    private SystemPackages() {}

    /// Returns the first of the programs that there is; installs the packages if there is none.
    ///
    /// @throws IllegalStateException if they cannot be installed
    static synchronized Path program(List<String> names, String... packages) {
        return onPath(names).orElseGet(() -> {
            install(packages);
            return onPath(names)
                    .orElseThrow(() -> new IllegalStateException("Installed, but not on the path: " + names));
        });
    }

    private static Optional<Path> onPath(List<String> names) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin");
        return Stream.of(path.split(File.pathSeparator))
                .flatMap(folder -> names.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void install(String... packages) {
        run(List.of("apt-get", "update", "-qq"), packages);
        List<String> command = new ArrayList<>(List.of("apt-get", "install", "-y", "-qq", "--no-install-recommends"));
        command.addAll(List.of(packages));
        run(command, packages);
    }

    private static void run(List<String> command, String... packages) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
            builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
            if (builder.start().waitFor() != 0) {
                throw missing(null, packages);
            }
        } catch (IOException exception) {
            throw missing(exception, packages);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(exception);
        }
    }

    private static IllegalStateException missing(@Nullable Exception cause, String... packages) {
        return new IllegalStateException(
                "The tests need these packages, and they cannot be installed here (Debian: apt install "
                        + String.join(" ", packages) + ")",
                cause);
    }
}
