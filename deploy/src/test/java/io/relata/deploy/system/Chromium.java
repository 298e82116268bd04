package io.relata.deploy.system;

import java.nio.file.Path;
import java.util.List;

/// Finds the machine's Chromium, or installs Debian's where that is possible.
final class Chromium {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private Chromium() {}

    /// Fonts come along, or Chinese would be drawn as boxes.
    static Path find() {
        return SystemPackages.program(NAMES, "chromium", "fonts-noto-cjk");
    }
}
