package io.relata.deploy.system;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds the machine's Chromium, or installs Debian's where that is possible.
final class Chromium {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private Chromium() {}

    static synchronized Path find() {
        return onPath().orElseGet(() -> {
            install();
            return onPath().orElseThrow(
                            () -> new IllegalStateException("Chromium was installed but is not on the path"));
        });
    }

    private static Optional<Path> onPath() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin");
        return Stream.of(path.split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Fonts come along, or Chinese would be drawn as boxes.
    private static void install() {
        run("apt-get", "update", "-qq");
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-cjk");
    }

    private static void run(String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
            builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
            if (builder.start().waitFor() != 0) {
                throw new IllegalStateException(
                        "The browser tests need Chromium; install it (Debian: apt install chromium fonts-noto-cjk). Failed: "
                                + String.join(" ", command));
            }
        } catch (IOException exception) {
            throw new IllegalStateException(
                    "The browser tests need Chromium, and it cannot be installed here", exception);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(exception);
        }
    }
}
