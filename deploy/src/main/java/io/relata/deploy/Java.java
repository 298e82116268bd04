package io.relata.deploy;

import java.nio.file.Path;

/// The Java this launcher runs on, which runs the servers as well.
final class Java {

    private Java() {}

    static String command() {
        return Path.of(home(), "bin", "java").toString();
    }

    static String home() {
        return System.getProperty("java.home", "");
    }
}
