package io.relata.app.signin;

import io.relata.app.wiring.Settings;
import java.time.Duration;

/// Cookies as they must be: unreadable for scripts, not sent along by other sites, TLS only where there is TLS.
final class Cookies {

    private final String attributes;

    Cookies(Settings settings) {
        attributes = "; HttpOnly; SameSite=Lax" + (settings.secure() ? "; Secure" : "");
    }

    /// A cookie that lasts as long as the browser runs.
    String set(String name, String value, String path) {
        return name + "=" + value + "; Path=" + path + attributes;
    }

    String set(String name, String value, String path, Duration lifetime) {
        return name + "=" + value + "; Path=" + path + "; Max-Age=" + lifetime.toSeconds() + attributes;
    }

    String remove(String name, String path) {
        return set(name, "", path, Duration.ZERO);
    }
}
